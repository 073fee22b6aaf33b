"""Copies: to the clipboard as text, from it, and beside the original."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication

from engine.spec import Graph
from studio.actions import Action
from studio.canvas.editing import clipboard, edits
from studio.canvas.layout.geometry import GRID, snapped
from studio.canvas.standing import standing

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

PASTE_SHIFT = (4.0 * GRID, 4.0 * GRID)


class Copying:
    """Declares cut, copy, paste and duplicate.

    Args:
        canvas: whose layers are copied.
        tell: shows a sentence to the person.
    """

    def __init__(self, canvas: Canvas, tell: Callable[[str], object]) -> None:
        self._canvas = canvas
        self._tell = tell
        self._pasted = 0

    def actions(self) -> tuple[Action, ...]:
        """All of them, for the window's list."""
        act = partial(Action, group="Edit", owner=self._canvas, section="copy")
        own = partial(act, enabled=self._some)
        return (
            own(id="edit.cut", text="Cut", handler=self.cut, shortcut="Ctrl+X"),
            own(id="edit.copy", text="Copy", handler=self.copy, shortcut="Ctrl+C", icon="copy"),
            act(id="edit.paste", text="Paste", handler=self.paste, shortcut="Ctrl+V", icon="paste"),
            own(id="edit.duplicate", text="Duplicate", handler=self.duplicate, shortcut="Ctrl+D", icon="duplicate"),
        )

    def _some(self) -> bool:
        return bool(self._canvas.selection.nodes or self._canvas.selection.frames)

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(clipboard.to_text(self._chosen()))
        self._pasted = 0

    def cut(self) -> None:
        """Copy, and delete with the wires: what is pasted back finds its place as it was."""
        self.copy()
        self._canvas.editing.delete(self._canvas.selection, text="Cut")

    def paste(self) -> None:
        """Add what the clipboard holds; a sentence says so when that is no network."""
        try:
            part = clipboard.from_text(QGuiApplication.clipboard().text())
        except ValueError as error:
            self._tell(str(error))
            return
        self._pasted += 1
        self._put("Paste", part, self._shift(part.graph, self._pasted))

    def duplicate(self) -> None:
        self._put("Duplicate", self._chosen(), PASTE_SHIFT)

    def _chosen(self) -> clipboard.Part:
        """What is chosen, and what stands in the chosen frames."""
        canvas = self._canvas
        nodes, frames = standing(canvas.network, canvas.selection.nodes, canvas.selection.frames)
        return clipboard.Part(edits.part(canvas.graph, nodes, frames), canvas.document.project)

    def _put(self, text: str, part: clipboard.Part, shift: tuple[float, float]) -> None:
        canvas = self._canvas
        before = {frame.id for frame in canvas.graph.frames}
        made = canvas.editing.insert_part(text, part, shift)
        frames = [frame.id for frame in canvas.graph.frames if frame.id not in before]
        if made or frames:
            canvas.selection.set(made, (), frames)
            canvas.camera.reveal(canvas.network.bounds(made))

    def _shift(self, part: Graph, times: int) -> tuple[float, float]:
        """Beside the original while that is in sight, else into the middle of what is."""
        first = QPointF(*(part.nodes or part.frames)[0].position)
        aside = QPointF(*PASTE_SHIFT) * times
        sight = self._canvas.camera.sight()
        if not sight.contains(first + aside):
            aside = sight.center() - first
        place = snapped(aside)
        return (place.x(), place.y())
