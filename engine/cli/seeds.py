"""`netloom train --seeds N`: one project over several seeds in turn, and what they say together."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from engine.cli.saying import console, number, say_json
from engine.cli.train import STATUS, Order, train_here, trainable
from engine.runs import RunFolder, Spread, spread
from engine.runs.seeds import new_group, over_seeds, seeds_from


def train_seeds(file: Path, *, settings: Sequence[str], count: int, order: Order) -> int:
    """Train a project file with so many seeds, from its own on; return the exit status.

    A run that fails is told and the next one begins; one that is stopped ends it.
    """
    project = trainable(file, settings, device=order.device)
    seeds = seeds_from(project.training.seed, count)
    home, group, folder = order.home, new_group(project), file.absolute().parent
    runs: list[RunFolder] = []
    status = 0
    for name, seeded in over_seeds(project, seeds):
        runs.append(home.new_run(seeded, device=order.device, folder=folder, name=name, group=group))
        if not order.json:
            console.rule(escape(f"{name} ({len(runs)} of {count})"))
        ended = train_here(home, runs[-1], order=order)
        status = max(status, ended)
        if ended == STATUS["stopped"]:
            break
    found = spreads(runs)
    if order.json:
        metrics = {name: _plain(one) for name, one in found.items()}
        say_json({"type": "group", "group": group, "runs": [run.id for run in runs], "metrics": metrics})
    else:
        console.print(table(found))
        console.print(escape(f"Group: {group}"))
    return status


def spreads(runs: Sequence[RunFolder]) -> dict[str, Spread]:
    """Each metric over the runs that finished: at their best epoch, and of the test split where there is one."""
    ends = [summary for run in runs if (summary := run.summary()).state == "finished"]
    values = [{**one.best, **{name: value for name, value in one.last.items() if name not in one.best}} for one in ends]
    names = dict.fromkeys(name for one in values for name in one)
    return {name: spread(one[name] for one in values if name in one) for name in names}


def table(found: dict[str, Spread]) -> Table:
    """The spreads for a person."""
    made = Table("metric", "mean", "95 % interval", "least", "most", "seeds")
    for name, one in found.items():
        interval = f"{number(one.low)} to {number(one.high)}" if one.n > 1 else "needs two seeds"
        count = f"{one.n}" + (f" ({one.left_out} no number)" if one.left_out else "")
        made.add_row(escape(name), number(one.mean), interval, number(one.least), number(one.most), count)
    return made


def _plain(one: Spread) -> dict[str, Any]:
    """JSON has no word for a number that is none."""
    names = ("n", "mean", "low", "high", "least", "most", "left_out")
    return {name: value if isfinite(value := getattr(one, name)) else None for name in names}
