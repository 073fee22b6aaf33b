"""A run as one side of a comparison: its color, its name, and how good it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from studio.theme import SPACE, colors_of
from studio.widgets import Elided, Label, row

DOT = 10


class Side(QWidget):
    """A dot in the run's color, its name as far as there is room, and its score, which is always whole."""

    def __init__(self) -> None:
        super().__init__()
        self._dot, self.name, self.score = QLabel(), Elided("", "muted"), Label("", "strong")
        line = row(self, gap=SPACE.s)
        line.addWidget(self._dot)
        line.addWidget(self.name, 1)
        line.addWidget(self.score)

    def show_side(self, name: str, score: str, *, series: int | None = None) -> None:
        """Show them; `series` is a place in the theme's cycle of colors, or none."""
        colors = colors_of(self).series
        self._dot.setVisible(series is not None)
        if series is not None:
            self._dot.setPixmap(dot(colors[series % len(colors)]))
        self.name.setText(name)
        self.score.setText(score)


def dot(color: str) -> QPixmap:
    """A round spot."""
    picture = QPixmap(DOT, DOT)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawEllipse(1, 1, DOT - 2, DOT - 2)
    painter.end()
    return picture
