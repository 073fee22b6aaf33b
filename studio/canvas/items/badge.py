"""What became of a node between two networks: a sign and a word on the upper edge of its box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter, QPen

from studio.canvas.look import Detail, Look, laid_out, strong
from studio.theme import TYPE

if TYPE_CHECKING:
    from studio.canvas.facts.face import Marks

HEIGHT, PADDING, LEFT = 18.0, 7.0, 8.0
AFAR = 30.0
"""The size of a sign that is read from afar."""


def paint_badge(painter: QPainter, marks: Marks, box: QSizeF, look: Look) -> None:
    """Paint the badge of a box whose upper left corner is the origin; from afar the sign alone, at its right end."""
    afar = look.detail is Detail.MIDDLE
    face = strong(TYPE.afar if afar else TYPE.caption)
    words = laid_out(marks.sign if afar else f"{marks.sign} {marks.badge}".rstrip(), face)
    size = words.size()
    if afar:
        place = QRectF(box.width() - AFAR - LEFT, (box.height() - AFAR) / 2, AFAR, AFAR)
    else:
        place = QRectF(LEFT, -HEIGHT / 2, size.width() + 2 * PADDING, HEIGHT)
    tone, soft = (QColor(color) for color in look.colors.tone(marks.tone))
    painter.setPen(QPen(tone, 1))
    painter.setBrush(soft)
    painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
    painter.setFont(face)
    painter.setPen(tone)
    painter.drawStaticText(place.center() - QPointF(size.width() / 2, size.height() / 2), words)
