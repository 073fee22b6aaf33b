"""`netloom demo`: the first example trained in a workspace of its own, seen in the window or in pictures of it."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from rich.markup import escape

from engine import track
from engine.cli.saying import console, errors, number
from engine.cli.telling import Words
from engine.cli.tracked import await_tracking
from engine.cli.unseen import run_window
from engine.cli.window import open_window
from engine.doctor import has_screen
from engine.runs import RunFolder, Tail, Workspace, alive, holder

LONGEST = 3600.0
"""Seconds after which the window is given up."""


def run_demo(example: Path, *, shots: Path | None, workspace: Path | None) -> int:
    """Open the window on the example and train it; without a screen, do the same unseen and keep pictures."""
    home = (Workspace(workspace) if workspace else Workspace.default("demo")).prepare()
    lock = home.window().path
    if alive(lock):
        raise ValueError(f"The workspace '{home.path}' is open already (by {holder(lock)}). Close that window first.")
    arguments = [str(example), "--workspace", str(home.path), "--train"]
    if shots is None and has_screen():
        console.print(escape(f"Opening the window on '{example.name}' and training it, in {home.path}"))
        return open_window(arguments)
    pictures = (shots or home.path / "shots").absolute()
    reason = "There is no screen here, so the" if not has_screen() else "The"
    console.print(escape(f"{reason} window works unseen; pictures of its pages go to {pictures}"))
    return _unseen(home, [*arguments, "--shots", str(pictures), "--quit-when-done"], pictures)


class Watch:
    """Tells of the run that appears in a workspace, while another process trains it."""

    def __init__(self, home: Workspace) -> None:
        self.run: RunFolder | None = None
        self._home = home
        self._before = {run.id for run in home.all_runs()}
        self._tail: Tail | None = None
        self._teller: Words | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._teller is not None:
            self._teller.__exit__()

    def look(self) -> None:
        """Tell what is new."""
        if self._tail is None or self._teller is None:
            self.run = next((one for one in self._home.all_runs() if one.id not in self._before), None)
            if self.run is None:
                return
            self._tail, self._teller = self.run.tail(), Words(self.run)
        for event in self._tail.read():
            self._teller.tell(event)


def _unseen(home: Workspace, arguments: list[str], pictures: Path) -> int:
    with Watch(home) as watch:
        status, said = run_window(arguments, within=LONGEST, meanwhile=watch.look)
    run = watch.run
    if run is None:
        errors.print(f"The window trained nothing. {said}")
        return 1
    track.start(home)
    shown = _show(home, run, pictures)
    if status and shown == 0:
        errors.print(f"The window ended with an error. {said}")
    return shown or status


def _show(home: Workspace, run: RunFolder, pictures: Path) -> int:
    """Say how the run went and where everything is."""
    summary = run.summary()
    for name, value in summary.last.items():
        if name.startswith("test/"):
            console.print(escape(f"{name.replace('/', ' ')}: {number(value)}"))
    console.print(escape(f"run id: {run.id} ({summary.state}, {summary.epoch} epochs)"))
    for picture in sorted(pictures.glob("*.png")):
        console.print(escape(f"picture: {picture}"))
    console.print(escape(await_tracking(home, run, within=60).sentence()))
    console.print(escape(f"To see it in the window: netloom --workspace {home.path}"))
    if summary.state != "finished":
        errors.print(summary.message or f"The run {summary.state}.")
        return 1
    return 0
