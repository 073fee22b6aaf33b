"""`netloom runs`: the runs of a workspace."""

from __future__ import annotations

from dataclasses import asdict
from math import isfinite
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from engine.cli.saying import console, duration, number, say_json
from engine.runs import RunFolder, Summary, Workspace
from engine.track import Record

TONES = {"finished": "green", "failed": "red", "interrupted": "red", "running": "cyan", "paused": "yellow"}


def list_runs(workspace: Path | None, *, json: bool = False) -> int:
    """Print every run, the newest first."""
    home = Workspace(workspace) if workspace else Workspace.default()
    found = [(run, run.summary()) for run in home.all_runs()]
    if json:
        for run, summary in found:
            say_json(row(run, summary))
    elif found:
        console.print(table(found))
    else:
        console.print(escape(f"There are no runs in '{home.path}' yet. `netloom train FILE` makes one."))
    return 0


def row(run: RunFolder, summary: Summary) -> dict[str, Any]:
    """A run for a program."""
    facts = {name: _plain(value) for name, value in asdict(summary).items()}
    return {"run": run.id, "folder": str(run.path), "seconds": summary.seconds, **facts, "mlflow": Record.read(run).run}


def table(found: list[tuple[RunFolder, Summary]]) -> Table:
    """The runs for a person."""
    made = Table("run", "state", "epochs", "best", "took")
    made.columns[0].no_wrap = True  # the id is there to be copied
    for run, one in found:
        made.add_row(
            run.id,
            f"[{TONES.get(one.state, 'default')}]{one.state}[/]",
            f"{one.epoch}/{one.epochs}" if one.epochs else "",
            f"{one.watch} {number(one.best[one.watch])}" if one.watch in one.best else "",
            duration(one.seconds) if one.seconds else "",
        )
    return made


def _plain(value: Any) -> Any:
    """JSON has no word for a number that is none."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and not isfinite(value) else value
