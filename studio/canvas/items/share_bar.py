"""The bar at the foot of a box: how much of the network's cost is this layer's."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

HEIGHT = 3.0
LEAST = 3.0
"""Pixels of the smallest share that is shown at all: what is there is seen."""


def share_box(room: QRectF, share: float) -> QRectF:
    """The filled part of the bar that lies in a room, from its left; empty for no share."""
    wide = max(room.width() * min(share, 1.0), LEAST) if share > 0 else 0.0
    return QRectF(room.left(), room.top(), wide, room.height())


def paint_share(painter: QPainter, room: QRectF, share: float, *, color: QColor, rest: QColor) -> None:
    """Paint a bar in a room of the canvas; nothing where there is no share."""
    if share <= 0:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    for box, filled in ((room, rest), (share_box(room, share), color)):
        painter.setBrush(filled)
        painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
