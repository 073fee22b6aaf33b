"""Choosing what lies in a rectangle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsRectItem

from studio.canvas.look import faded
from studio.canvas.tools.tool import Tool

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Band(Tool):
    """A rubber band from the press to the pointer; with `adding` it adds to what was chosen.

    Args:
        canvas: where it happens.
        press: where it began.
        adding: whether Shift was held.
    """

    def __init__(self, canvas: Canvas, press: QPointF, *, adding: bool) -> None:
        super().__init__(canvas, press)
        self._before = (canvas.selection.nodes, canvas.selection.links)
        self._kept = self._before[0] if adding else ()
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
        self.canvas.selection.set({*self._kept, *self.canvas.network.nodes_in(box)})

    def finish(self) -> None:
        self.canvas.network.removeItem(self._item)
        if not self.dragged:
            self.canvas.selection.set(self._kept)

    def cancel(self) -> None:
        self.canvas.network.removeItem(self._item)
        self.canvas.selection.set(*self._before)
