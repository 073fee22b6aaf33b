"""The paper below the boxes."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from studio.theme import Colors

PITCH = 24
CLOSEST = 18  # pixels between dots on the screen


def pitch_at(zoom: float) -> float:
    """Canvas units between dots, doubled as often as needed for them not to crowd."""
    doublings = max(0, math.ceil(math.log2(CLOSEST / (PITCH * zoom))))
    return float(PITCH * 2**doublings)


def paint_grid(painter: QPainter, area: QRectF, colors: Colors, zoom: float) -> None:
    """Fill an area with the canvas color and dots."""
    painter.fillRect(area, QColor(colors.canvas))
    pitch = pitch_at(zoom)
    pen = QPen(QColor(colors.grid), 2.0 if zoom < 1.5 else 2.5)
    pen.setCosmetic(True)
    painter.setPen(pen)
    columns = range(math.floor(area.left() / pitch), math.ceil(area.right() / pitch) + 1)
    rows = range(math.floor(area.top() / pitch), math.ceil(area.bottom() / pitch) + 1)
    painter.drawPoints([QPointF(column * pitch, row * pitch) for column in columns for row in rows])
