"""Aligning and distributing what is chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studio.actions import Action
from studio.canvas.layout.lining import Places, aligned, distributed
from studio.widgets import Memory

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

    from studio.canvas.canvas import Canvas

SNAP = "canvas/snap"
LINES = (
    ("left", "Left edges", "Shift+A"),
    ("center", "Centers", "Shift+C"),
    ("right", "Right edges", "Shift+D"),
    ("top", "Upper edges", "Shift+W"),
    ("middle", "Middles", "Shift+X"),
    ("bottom", "Lower edges", "Shift+S"),
)


class Lining:
    """Declares alignment, distribution, and whether a drag is drawn to its neighbors.

    Args:
        canvas: whose boxes are lined up.
        memory: keeps whether neighbors draw what is dragged; none keeps nothing.
    """

    def __init__(self, canvas: Canvas, memory: Memory | None = None) -> None:
        self._canvas = canvas
        self._memory = memory
        if memory is not None:
            canvas.snapping = memory.get(SNAP, True) is not False

    def actions(self) -> tuple[Action, ...]:
        """All of them, for the window's list."""
        act = partial(Action, group="Network", owner=self._canvas, section="canvas")
        line = partial(act, submenu="Align", enabled=lambda: self._count() > 1)
        aligning = tuple(
            line(id=f"network.align_{name}", text=text, phrase=f"Align {text.lower()}", handler=handler, shortcut=keys)
            for name, text, keys in LINES
            for handler in (partial(self.align, name),)
        )
        gaps = partial(act, submenu="Align", enabled=lambda: self._count() > 2)
        return (
            *aligning,
            gaps(
                id="network.distribute_across",
                text="Equal gaps across",
                handler=partial(self.distribute, down=False),
                shortcut="Shift+H",
            ),
            gaps(
                id="network.distribute_down",
                text="Equal gaps down",
                handler=partial(self.distribute, down=True),
                shortcut="Shift+V",
            ),
            act(
                id="network.snap",
                text="Snap to neighbors",
                handler=self.snap,
                checked=lambda: self._canvas.snapping,
                shortcut="G",
            ),
        )

    def align(self, line: str) -> None:
        """Put the chosen boxes on one line."""
        self._put("Align", aligned(self._boxes(), line))

    def distribute(self, *, down: bool) -> None:
        """Give the chosen boxes equal gaps."""
        self._put("Distribute", distributed(self._boxes(), down=down))

    def snap(self) -> None:
        """Draw what is dragged to what stands beside it, or leave that."""
        self._canvas.snapping = not self._canvas.snapping
        if self._memory is not None:
            self._memory.set(SNAP, self._canvas.snapping)

    def _put(self, text: str, places: Places) -> None:
        self._canvas.editing.commit(text, self._canvas.graph.move(places))

    def _boxes(self) -> dict[str, QRectF]:
        return {name: self._canvas.network.nodes[name].rect for name in self._canvas.selection.nodes}

    def _count(self) -> int:
        return len(self._canvas.selection.nodes)
