"""The points that a wire is led through, shown as dots that can be taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from engine.spec import Position
from studio.canvas.look import Detail, Look

RADIUS = 5.0


class PointsItem(QGraphicsPathItem):
    """Dots on a wire, painted by Qt alone; they show while the wire is chosen or the pointer is over it.

    Args:
        wire: the item that they belong to.
        look: shared by all items of the scene.
    """

    def __init__(self, wire: QGraphicsItem, look: Look) -> None:
        super().__init__(wire)
        self._look = look
        self._places: tuple[QPointF, ...] = ()
        self._chosen = QGraphicsPathItem(self)
        self._point: int | None = None
        self._shown = False
        self.setVisible(False)

    def place(self, places: Sequence[Position]) -> None:
        """Stand at these points of the canvas."""
        self._places = tuple(QPointF(*place) for place in places)
        self._draw()

    def choose(self, point: int | None) -> None:
        """Fill the dot that was taken."""
        self._point = point
        self._draw()

    def show_while(self, shown: bool) -> None:
        """Show the dots, where there are any and they can be told apart."""
        self._shown = shown
        self._draw()

    def _draw(self) -> None:
        visible = self._shown and bool(self._places) and self._look.detail is not Detail.FAR
        self.setVisible(visible)
        if not visible:
            return
        accent, canvas = QColor(self._look.colors.accent), QColor(self._look.colors.canvas)
        self.setPath(_dots(self._places))
        self.setPen(QPen(accent, 2))
        self.setBrush(canvas)
        taken = self._places[self._point : self._point + 1] if self._point is not None else ()
        self._chosen.setPath(_dots(taken))
        self._chosen.setPen(QPen(Qt.PenStyle.NoPen))
        self._chosen.setBrush(accent)


def _dots(places: Sequence[QPointF]) -> QPainterPath:
    path = QPainterPath()
    for place in places:
        path.addEllipse(place, RADIUS, RADIUS)
    return path
