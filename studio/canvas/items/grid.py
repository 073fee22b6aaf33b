"""The paper below the boxes."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from studio.theme import Colors

PITCH = 24
CLOSEST = 18  # pixels between dots on the screen


def pitch_at(zoom: float) -> float:
    """Canvas units between dots, doubled as often as needed for them not to crowd."""
    doublings = max(0, math.ceil(math.log2(CLOSEST / (PITCH * zoom))))
    return float(PITCH * 2**doublings)


def paint_grid(painter: QPainter, area: QRectF, colors: Colors, zoom: float) -> None:
    """Fill an area with the canvas color and dots, which lie on whole pixels and keep their size on the screen.

    A row of dots is a picture that is laid down once for each row: five thousand dots cost what fifty pictures do.
    """
    painter.fillRect(area, QColor(colors.canvas))
    placed, ratio = painter.worldTransform(), painter.device().devicePixelRatioF()
    pitch, shown = pitch_at(zoom), placed.mapRect(area)
    columns = range(math.floor(area.left() / pitch), math.ceil(area.right() / pitch) + 1)
    rows = range(math.floor(area.top() / pitch), math.ceil(area.bottom() / pitch) + 1)
    size = round((2 if zoom < 1.5 else 2.5) * ratio)
    dots = [round((column * pitch * zoom + placed.dx() - shown.left()) * ratio) for column in columns]
    strip = _strip(QSize(math.ceil(shown.width() * ratio) + size, size), dots, colors.grid)
    strip.setDevicePixelRatio(ratio)
    painter.save()
    painter.resetTransform()
    for row in rows:
        painter.drawPixmap(QPointF(shown.left(), round((row * pitch * zoom + placed.dy()) * ratio) / ratio), strip)
    painter.restore()


def _strip(size: QSize, dots: list[int], color: str) -> QPixmap:
    """A row of dots, in device pixels."""
    strip = QPixmap(size)
    strip.fill(Qt.GlobalColor.transparent)
    painter = QPainter(strip)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawRects([QRect(dot, 0, size.height(), size.height()) for dot in dots])
    painter.end()
    return strip
