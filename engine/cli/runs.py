"""`netloom runs`: the runs of a workspace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from engine.cli.listing import Run, Wanted, chosen, value
from engine.cli.saying import console, duration, number, say_json
from engine.runs import Workspace
from engine.runs.query import Asked

EVERY = Wanted()
TONES = {"finished": "green", "failed": "red", "interrupted": "red", "running": "cyan", "paused": "yellow"}


def list_runs(workspace: Path | None, wanted: Wanted = EVERY, *, json: bool = False) -> int:
    """Print the runs that are wanted, the newest first where no order is; raise ValueError for what none has."""
    home = Workspace(workspace) if workspace else Workspace.default()
    found = chosen(home, wanted)
    if json:
        for run in found:
            say_json(_picked(run, wanted.columns) if wanted.columns else row(run, home))
    elif found:
        console.print(columns(found, wanted.columns) if wanted.columns else table(found))
    elif wanted.filter:
        console.print("No run matches.")
    else:
        console.print(escape(f"There are no runs in '{home.path}' yet. `netloom train FILE` makes one."))
    return 0


def row(run: Asked, home: Workspace) -> dict[str, Any]:
    """A run for a program."""
    listed = run.run
    assert isinstance(listed, Run), "it was listed here"
    facts = {name: _plain(one) for name, one in asdict(listed.summary).items()}
    where = {"run": listed.id, "folder": str(home.runs / listed.id), "seconds": listed.summary.seconds}
    return {**where, **facts, "mlflow": listed.known.tracked}


def table(found: Sequence[Asked]) -> Table:
    """The runs for a person."""
    made = Table("run", "state", "epochs", "best", "took")
    made.columns[0].no_wrap = True  # the id is there to be copied
    for run in found:
        one = run.run.summary
        made.add_row(
            run.run.id,
            _state(run.run.state),
            f"{one.epoch}/{one.epochs}" if one.epochs else "",
            f"{one.watch} {number(one.best[one.watch])}" if one.watch in one.best else "",
            duration(one.seconds) if one.seconds else "",
        )
    return made


def columns(found: Sequence[Asked], names: Sequence[str]) -> Table:
    """The runs with what stands under some names."""
    made = Table("run", *map(escape, names))
    made.columns[0].no_wrap = True
    for run in found:
        made.add_row(run.run.id, *(_cell(name, value(run, name)) for name in names))
    return made


def _cell(name: str, found: Any) -> str:
    if name.casefold() in WRITERS and found is not None:
        return WRITERS[name.casefold()](found)
    if isinstance(found, bool):
        return "yes" if found else "no"
    return number(found) if isinstance(found, float) else "" if found is None else escape(str(found))


def _state(state: str) -> str:
    return f"[{TONES.get(state, 'default')}]{state}[/]"


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds).astimezone():%Y-%m-%d %H:%M}"


WRITERS: dict[str, Callable[[Any], str]] = {"state": _state, "duration": duration, "created": _moment}


def _picked(run: Asked, names: Sequence[str]) -> dict[str, Any]:
    return {"run": run.run.id, **{name: _plain(value(run, name)) for name in names}}


def _plain(value: Any) -> Any:
    """JSON has no word for a number that is none."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and not isfinite(value) else value
