"""A category's icon on its color."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio import icons
from studio.canvas.look import faded
from studio.theme import RADIUS, colors_of

SIDE = 36


class CategoryTile(QWidget):
    """The tile that the canvas shows on a box, a little larger."""

    def __init__(self) -> None:
        super().__init__()
        self._category, self._icon = "", "layers"
        self.setFixedSize(QSize(SIDE, SIDE))

    def show_category(self, category: str, icon: str) -> None:
        if (category, icon) != (self._category, self._icon):
            self._category, self._icon = category, icon
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = colors_of(self)
        color = colors.category(self._category) if self._category else colors.faint
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(QColor(color), 0.18 if colors.dark else 0.12))
        painter.drawRoundedRect(QRectF(0, 0, SIDE, SIDE), RADIUS.tile, RADIUS.tile)
        icons.paint(painter, QRectF(8, 8, SIDE - 16, SIDE - 16), self._icon, color)
        painter.end()
