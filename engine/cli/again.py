"""`netloom again`: a run once more, as it was or for more epochs."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from math import isfinite
from typing import Any

from rich.markup import escape
from rich.table import Table

from engine.cli.saying import console, number, say_json
from engine.cli.train import Order, check_device, train_here
from engine.runs import RunFolder
from engine.runs.again import go_on, repeat
from engine.runs.equality import Match, matches
from engine.runs.repeated import keep


def train_again(name: str, *, epochs: int, order: Order) -> int:
    """Train a run once more; return the exit status. One whose numbers are not equal has not failed."""
    home = order.home
    run = home.find_run(name)
    device = order.device or run.summary().device or "auto"
    check_device(device)
    order = replace(order, device=device)
    if epochs:
        return train_here(home, go_on(home, run, device=device, epochs=epochs), order=order)
    made = repeat(home, run, device=device)
    status = train_here(home, made, order=order)
    if status == 0:
        found = matches(made, run)
        with suppress(OSError):  # it is told all the same
            keep(made, run, found)
        _tell(found, run, order)
    return status


def _tell(found: list[Match], run: RunFolder, order: Order) -> None:
    same = bool(found) and all(one.same for one in found)
    if order.json:
        say_json({"type": "equality", "origin": run.id, "equal": same, "metrics": [_plain(one) for one in found]})
        return
    if not same:
        console.print(table(found))
    words = "Every number is equal, bit for bit, to those of" if same else "Not every number is equal to those of"
    console.print(escape(f"{words} {run.id}."))


def table(found: list[Match]) -> Table:
    """Metric by metric, for a person."""
    made = Table("metric", "now", "before", "equal", "largest difference")
    for one in found:
        counted = f"{one.equal:,} of {one.compared:,} {'steps' if one.every_step else 'values'}"
        made.add_row(escape(one.name), number(one.one), number(one.other), counted, number(one.largest))
    return made


def _plain(one: Match) -> dict[str, Any]:
    facts = {name: getattr(one, name) for name in ("name", "every_step", "compared", "equal", "first", "largest")}
    return {name: None if isinstance(value, float) and not isfinite(value) else value for name, value in facts.items()}
