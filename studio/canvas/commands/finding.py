"""Finding on the canvas."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studio.actions import Action
from studio.canvas.search.find_bar import FindBar

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Finding:
    """Declares what opens the bar and goes from match to match.

    Args:
        canvas: where one looks.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.bar = FindBar(canvas)

    def actions(self) -> tuple[Action, ...]:
        """All of them, for the window's list."""
        act = partial(Action, group="Edit", owner=self._canvas, section="find")
        sought = partial(act, enabled=lambda: bool(self.bar.line.text().strip()))
        return (
            act(
                id="edit.find",
                text="Find…",
                phrase="Find on the canvas…",
                handler=self.bar.open,
                shortcut="Ctrl+F",
                icon="search",
            ),
            sought(id="edit.find_next", text="Next match", handler=partial(self.bar.step, 1), shortcut="F3"),
            sought(id="edit.find_last", text="Previous match", handler=partial(self.bar.step, -1), shortcut="Shift+F3"),
        )
