"""Lines and marks in pixels, painted as fast as Qt's raster engine can."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from studio.curves import Sketch
from studio.curves.buffer import Floats

FINE = 300
"""Points up to which a path is stroked with a broad pen; beyond, stroking would cost more than a frame."""
MARK = 4.0


def stroke(painter: QPainter, drawn: Sketch, color: QColor, *, broad: float) -> None:
    """Paint a sketch; lines are `broad` pixels wide where that costs little."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(pen(color, 1))
    if len(drawn.columns):
        painter.drawLines(*_lines(drawn.columns).drawargs())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for path in drawn.paths:
        stroke_path(painter, path, color, broad)


def stroke_path(painter: QPainter, path: Floats, color: QColor, broad: float) -> None:
    """Paint a line through points, float64 (points, 2)."""
    if len(path) == 1:
        painter.setPen(pen(color, max(broad, 1.5) * 2))
        painter.drawPoint(QPointF(*path[0].tolist()))
    elif len(path) <= FINE and broad > 1:
        painter.setPen(pen(color, broad))
        painter.drawPolyline(polygon(path))
    else:  # a pen one pixel wide has a fast way of its own: three side by side are one of two pixels
        painter.setPen(pen(color, 1))
        for offset in (-0.45, 0.0, 0.45) if broad > 1 else (0.0,):
            painter.drawPolyline(polygon(path + offset))


def fill(painter: QPainter, area: Floats, color: QColor) -> None:
    """Fill a closed area, float64 (points, 2)."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(polygon(area))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def dots(painter: QPainter, drawn: Sketch, color: QColor, radius: float) -> None:
    """Mark the points of paths that have few."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for across, down in (point for path in drawn.paths if len(path) <= FINE for point in path.tolist()):
        painter.drawEllipse(QPointF(across, down), radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def odd_marks(painter: QPainter, marks: Floats, color: QColor, *, height: float, ratio: float) -> None:
    """A cross at the bottom for what is no number, a triangle at the edge that an infinite value left through.

    Args:
        painter: in pixels of the plot.
        marks: places across in pixels and the values, float64 (marks, 2).
        color: the curve's.
        height: of the plot, in pixels.
        ratio: the screen's pixels per pixel.
    """
    size = MARK * ratio
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for across, value in marks.tolist():
        up = value > 0
        middle = 2 * size if up else height - 2 * size
        if np.isnan(value):
            painter.setPen(pen(color, 1.6 * ratio))
            painter.drawLine(QPointF(across - size, middle - size), QPointF(across + size, middle + size))
            painter.drawLine(QPointF(across - size, middle + size), QPointF(across + size, middle - size))
            continue
        tip = middle - size if up else middle + size
        foot = middle + size if up else middle - size
        path = QPainterPath()
        path.addPolygon(QPolygonF([QPointF(across, tip), QPointF(across - size, foot), QPointF(across + size, foot)]))
        painter.fillPath(path, color)


def pen(color: QColor, width: float) -> QPen:
    """A round pen whose width is in pixels, whatever the scale."""
    made = QPen(color, width)
    made.setCosmetic(True)
    made.setCapStyle(Qt.PenCapStyle.RoundCap)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return made


def polygon(path: Floats) -> Any:
    """Points as Qt draws them, not copied one by one."""
    return pyqtgraph.functions.arrayToQPolygonF(path[:, 0], path[:, 1])


def _lines(columns: Floats) -> Any:
    lines = PrimitiveArray(QLineF, 4)
    lines.resize(len(columns))
    lines.ndarray()[:] = columns
    return lines
