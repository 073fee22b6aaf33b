"""A run's watched metric as a small curve: where its points lie, and how it is painted."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

MOST = 600
"""Pictures that are kept."""
DOT = 2.5


def points(values: Sequence[float], room: QRectF) -> list[QPointF | None]:
    """Where each value lies in a rectangle, lowest to highest from bottom to top; None for what is no number."""
    known = [value for value in values if math.isfinite(value)]
    if not known:
        return [None] * len(values)
    low, high = min(known), max(known)
    across = room.width() / max(len(values) - 1, 1)

    def place(at: int, value: float) -> QPointF | None:
        if not math.isfinite(value):
            return None
        height = (value - low) / (high - low) if high > low else 0.5
        return QPointF(room.left() + at * across, room.bottom() - height * room.height())

    return [place(at, value) for at, value in enumerate(values)]


def pieces(placed: Sequence[QPointF | None]) -> list[list[QPointF]]:
    """The stretches between the gaps."""
    found: list[list[QPointF]] = [[]]
    for point in placed:
        if point is None:
            found.append([])
        else:
            found[-1].append(point)
    return [piece for piece in found if piece]


def best_place(values: Sequence[float], goal: str) -> int | None:
    """Where the best of the values stands, the first of equal ones; None where there is no number."""
    known = [value for value in values if math.isfinite(value)]
    return values.index((min if goal == "min" else max)(known)) if known else None


class Sparklines:
    """Paints trends; a picture is painted once and kept until the trend is another."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], QPixmap] = {}

    def paint(self, painter: QPainter, room: QRectF, trend: Sequence[float], *, goal: str, color: str) -> None:
        """Draw a trend into a part of a cell."""
        ratio = painter.device().devicePixelRatioF()
        key = (tuple(trend), goal, color, room.width(), room.height(), ratio)
        picture = self._kept.get(key)
        if picture is None:
            if len(self._kept) >= MOST:
                self._kept.clear()
            picture = self._kept[key] = _canvas(room, ratio)
            _draw(picture, trend, best=best_place(trend, goal), color=color)
        painter.drawPixmap(room.topLeft(), picture)


def _canvas(room: QRectF, ratio: float) -> QPixmap:
    made = QPixmap(round(room.width() * ratio), round(room.height() * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    return made


def _draw(picture: QPixmap, trend: Sequence[float], *, best: int | None, color: str) -> None:
    size = picture.deviceIndependentSize()
    placed = points(trend, QRectF(0, 0, size.width(), size.height()).adjusted(DOT + 1, DOT + 1, -DOT - 1, -DOT - 1))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(color), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    for piece in pieces(placed):
        painter.drawPolyline(QPolygonF(piece))
    if best is not None and (at := placed[best]) is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        painter.drawEllipse(at, DOT, DOT)
    painter.end()
