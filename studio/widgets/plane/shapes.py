"""Shapes of points: what a thing is can be told without its color."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

Shape: TypeAlias = Literal["disc", "ring", "down", "cross", "square", "dash", "star"]
SHAPES: tuple[Shape, ...] = ("disc", "ring", "down", "cross", "square", "dash", "star")
_CORNERS: dict[str, Sequence[tuple[float, float]]] = {
    "down": ((-0.95, -0.7), (0.95, -0.7), (0, 0.95)),
    "star": (
        *((0, -1.5), (0.37, -0.5), (1.43, -0.46), (0.6, 0.2), (0.88, 1.21)),
        *((0, 0.63), (-0.88, 1.21), (-0.6, 0.2), (-1.43, -0.46), (-0.37, -0.5)),
    ),
}


def paint_shape(painter: QPainter, shape: Shape, center: QPointF, radius: float, ink: QColor) -> None:
    """One point; shapes that are open at the inside say that a thing is not whole."""
    pen = QPen(ink, max(1.3, radius * 0.42))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(Qt.PenStyle.NoPen if shape in {"disc", "star"} else pen)
    painter.setBrush(ink if shape in {"disc", "star"} else Qt.BrushStyle.NoBrush)
    x, y, part = center.x(), center.y(), radius * 0.8
    match shape:
        case "disc" | "ring":
            painter.drawEllipse(center, radius, radius)
        case "cross":
            painter.drawLine(QPointF(x - part, y - part), QPointF(x + part, y + part))
            painter.drawLine(QPointF(x - part, y + part), QPointF(x + part, y - part))
        case "square":
            painter.drawRect(QRectF(x - part, y - part, 2 * part, 2 * part))
        case "dash":
            painter.drawLine(QPointF(x - radius, y), QPointF(x + radius, y))
        case _:
            painter.drawPolygon(QPolygonF([QPointF(x + a * radius, y + b * radius) for a, b in _CORNERS[shape]]))


@lru_cache(maxsize=1024)
def stamp(shape: Shape, radius: float, ink: int, ratio: float) -> QImage:
    """A point as a picture, in a color as `QColor.rgba` says it; its middle is the point's."""
    side = stamp_side(radius)
    image = QImage(round(side * ratio), round(side * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_shape(painter, shape, QPointF(side / 2, side / 2), radius, QColor.fromRgba(ink))
    painter.end()
    return image


def stamp_side(radius: float) -> int:
    """Pixels across a stamp."""
    return 2 * int(radius * 1.6 + 2) + 1
