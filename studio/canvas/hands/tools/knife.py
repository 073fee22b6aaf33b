"""Cutting wires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from engine.spec import Link
from studio.canvas.hands.tools.tool import Tool

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Knife(Tool):
    """Draw a line over wires: those that it crosses light up, and are removed when the button is let go.

    Args:
        canvas: where it happens.
        press: where it began.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: Canvas, press: QPointF) -> None:
        super().__init__(canvas, press)
        self._line = QPainterPath(self.spot)
        self._crossed: set[Link] = set()
        self._item = QGraphicsPathItem()
        pen = QPen(QColor(canvas.look.colors.error), 1.5, Qt.PenStyle.DashLine)
        pen.setCosmetic(True)
        self._item.setPen(pen)
        self._item.setZValue(20)
        canvas.network.addItem(self._item)

    def drag(self) -> None:
        self._line.lineTo(self.spot)
        self._item.setPath(self._line)
        crossed = set(self._crossing())
        for link in crossed ^ self._crossed:
            self.canvas.network.links[link].set_hovered(link in crossed)
        self._crossed = crossed
        count = len(crossed)
        words = "" if not count else "Release to cut this wire" if count == 1 else f"Release to cut {count} wires"
        self.canvas.hint.say(words, self.place.toPoint())

    def _crossing(self) -> list[Link]:
        blade = QPainterPathStroker()
        blade.setWidth(self.canvas.reach(1.0))
        area = blade.createStroke(self._line)
        box = area.boundingRect().adjusted(-1, -1, 1, 1)  # a straight wire has a rectangle without width
        links = self.canvas.network.links
        near = (
            link for link, item in links.items() if box.intersects(item.path().boundingRect().adjusted(-1, -1, 1, 1))
        )
        return [link for link in near if _thin(links[link].path()).intersects(area)]

    def finish(self) -> None:
        crossed = self._crossed
        self.cancel()
        if crossed:
            self.canvas.editing.cut(crossed)

    def cancel(self) -> None:
        for link in self._crossed & self.canvas.network.links.keys():
            self.canvas.network.links[link].set_hovered(False)
        self._crossed = set()
        self.canvas.network.removeItem(self._item)
        self.canvas.hint.say("", self.place.toPoint())


def _thin(path: QPainterPath) -> QPainterPath:
    """A wire as an area: an open curve would be closed by a straight line when it is intersected."""
    stroker = QPainterPathStroker()
    stroker.setWidth(0.5)
    return stroker.createStroke(path)
