"""Writing on runs: names, stars, tags, words and colors, each change with an undo of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence

from engine.runs import Notes

if TYPE_CHECKING:
    from studio.context import Studio

MOST = 100
"""Changes that can be undone."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was written on some runs before, and after."""

    what: str
    before: Mapping[str, Notes]
    after: Mapping[str, Notes]


class Noting(QObject):
    """Changes the notes of runs, and takes changes back.

    Args:
        studio: the window's parts.
    """

    def __init__(self, studio: Studio, parent: QObject) -> None:
        super().__init__(parent)
        self._studio = studio
        self._done: list[Change] = []
        self._undone: list[Change] = []

    def change(self, what: str, runs: Iterable[str], change: Callable[[Notes], Notes]) -> None:
        """Write anew what is on runs; `what` names it for people, such as `Star`."""
        live = self._studio.live
        before = {run: live.notes(run) for run in runs}
        after = {run: changed for run, notes in before.items() if (changed := change(notes)) != notes}
        made = Change(what, {run: before[run] for run in after}, after)
        if after and self._write(after):
            self._done = [*self._done, made][-MOST:]
            self._undone.clear()
        self._studio.actions.refresh()

    def star(self, runs: Iterable[str]) -> None:
        """Give a star to runs; where all have one, take it from them."""
        runs = list(runs)
        starred = not all(self._studio.live.notes(run).starred for run in runs)
        self.change("Star" if starred else "Unstar", runs, lambda notes: replace(notes, starred=starred))

    def paint(self, runs: Iterable[str], color: int | None) -> None:
        """Give runs a color; none gives them one of their own again."""
        self.change("Color", runs, lambda notes: replace(notes, color=color))

    def name(self, run: str, name: str) -> None:
        """Call a run so; empty, or as its project is called, leaves it that name."""
        own = "" if name == self._studio.live.summary(run).name else name
        self.change("Rename", [run], lambda notes: replace(notes, name=own))

    def describe(self, run: str, text: str) -> None:
        """Write some words on a run."""
        self.change("Note", [run], lambda notes: replace(notes, text=text))

    def tag(self, runs: Iterable[str], *, added: Iterable[str] = (), removed: Iterable[str] = ()) -> None:
        """Give tags to runs and take others away."""
        added, gone = tuple(added), set(removed)

        def tagged(notes: Notes) -> Notes:
            kept = (one for one in notes.tags if one not in gone)
            return replace(notes, tags=tuple(dict.fromkeys((*kept, *added))))

        self.change("Tags", runs, tagged)

    def common_tags(self, runs: Iterable[str]) -> tuple[str, ...]:
        """The tags that all of these have."""
        every = [self._studio.live.notes(run).tags for run in runs]
        return tuple(one for one in (every[0] if every else ()) if all(one in tags for tags in every))

    def undoable(self) -> str:
        """What would be taken back, empty for nothing."""
        return self._done[-1].what if self._done else ""

    def redoable(self) -> str:
        """What would be done again."""
        return self._undone[-1].what if self._undone else ""

    def undo(self) -> None:
        """Take the last change back."""
        if self._done and self._write(self._done[-1].before):
            self._undone.append(self._done.pop())
        self._studio.actions.refresh()

    def redo(self) -> None:
        """Do what was taken back last once more."""
        if self._undone and self._write(self._undone[-1].after):
            self._done.append(self._undone.pop())
        self._studio.actions.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While the table has the focus, Ctrl+Z is its own: it must not undo an edit that nobody sees."""
        if not isinstance(event, QKeyEvent):
            return False
        undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        if not (event.matches(undo) or event.matches(redo)):
            return False
        if event.type() is QEvent.Type.KeyPress:
            (self.undo if event.matches(undo) else self.redo)()
        event.accept()
        return True

    def _write(self, notes: Mapping[str, Notes]) -> bool:
        live = self._studio.live
        try:
            for run, one in notes.items():
                if run in live.runs:
                    live.note(run, one)
        except OSError as error:
            text = f"It could not be written down: {error.strerror or error}."
            self._studio.messages.post(text, tone="error", key="runs")
            return False
        return True
