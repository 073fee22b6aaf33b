"""`netloom doctor`, as a person or a program reads it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from rich.markup import escape

from engine.cli.saying import console, say_json
from engine.doctor import examine
from engine.runs import Workspace

MARKS = {"fine": "[green]✓[/]", "warning": "[yellow]![/]", "error": "[red]✗[/]"}


def show_doctor(workspace: Path | None, *, json: bool = False) -> int:
    """Print every finding as it comes; return 1 when something keeps Netloom from working."""
    worst = "fine"
    for one in examine(Workspace(workspace) if workspace else Workspace.default()):
        worst = "error" if "error" in (one.state, worst) else worst
        if json:
            say_json(asdict(one))
            continue
        console.print(f"{MARKS[one.state]} {escape(f'{one.name}: {one.text}')}")
        if one.mend:
            console.print(escape(f"  → {one.mend}"))
    return 1 if worst == "error" else 0
