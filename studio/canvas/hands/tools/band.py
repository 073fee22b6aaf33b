"""Choosing what lies in a rectangle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsRectItem

from studio.canvas.hands.tools.tool import Tool
from studio.canvas.look import faded

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Band(Tool):
    """A rubber band from the press to the pointer: it chooses the boxes it touches and the frames it encloses.

    With Shift it adds them to what was chosen; with Ctrl it takes away those that were and adds the others.

    Args:
        canvas: where it happens.
        press: where it began.
        keys: what was held.
    """

    def __init__(self, canvas: Canvas, press: QPointF, *, keys: Qt.KeyboardModifier) -> None:
        super().__init__(canvas, press)
        selection = canvas.selection
        self._before = (selection.nodes, selection.links, selection.frames)
        self._toggling = bool(keys & Qt.KeyboardModifier.ControlModifier)
        keeping = self._toggling or bool(keys & Qt.KeyboardModifier.ShiftModifier)
        self._kept = (
            (frozenset(selection.nodes), frozenset(selection.frames)) if keeping else (frozenset(), frozenset())
        )
        accent = QColor(canvas.look.colors.accent)
        self._item = QGraphicsRectItem()
        pen = QPen(accent, 1)
        pen.setCosmetic(True)
        self._item.setPen(pen)
        self._item.setBrush(faded(accent, 0.12))
        self._item.setZValue(20)
        self._item.hide()
        canvas.network.addItem(self._item)

    def drag(self) -> None:
        start = self.canvas.mapToScene(self.press.toPoint())
        box = QRectF(start, self.spot).normalized()
        self._item.setRect(box)
        self._item.show()
        scene = self.canvas.network
        frames = {name for name, item in scene.frames.items() if box.contains(item.box)}
        self._choose(frozenset(scene.nodes_in(box)), frozenset(frames))

    def _choose(self, nodes: frozenset[str], frames: frozenset[str]) -> None:
        kept_nodes, kept_frames = self._kept
        if self._toggling:
            self.canvas.selection.set(kept_nodes ^ nodes, (), kept_frames ^ frames)
        else:
            self.canvas.selection.set(kept_nodes | nodes, (), kept_frames | frames)

    def finish(self) -> None:
        self.canvas.network.removeItem(self._item)
        if not self.dragged:
            self._choose(frozenset(), frozenset())

    def cancel(self) -> None:
        self.canvas.network.removeItem(self._item)
        self.canvas.selection.set(*self._before)
