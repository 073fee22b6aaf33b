"""That a search tries something at a node: dice on the upper edge of its box, with a word where it may be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter, QPen

from studio.canvas.look import Detail, Look, laid_out, strong
from studio.theme import TYPE

if TYPE_CHECKING:
    from studio.canvas.facts.face import Face

ICON = "dice"
HEIGHT, SIDE, PADDING, GAP = 18.0, 12.0, 4.0, 8.0
AFAR = 26.0
"""The size of dice that are seen from afar."""


def paint_dice(painter: QPainter, face: Face, box: QSizeF, look: Look, *, right: float) -> None:
    """Paint the dice of a box whose upper left corner is the origin, at the left of what its corner has already.

    Args:
        painter: of the box.
        face: what the box shows.
        box: its size.
        look: how the canvas looks.
        right: where there is room, from the left edge.
    """
    accent = QColor(look.colors.accent)
    if look.detail is Detail.MIDDLE:
        _paint_icon(painter, QPointF(box.width() - AFAR / 2 - GAP, box.height() / 2), AFAR, accent, look)
        return
    words = laid_out("optional" if face.optional else "", strong(TYPE.caption))
    wide = SIDE + 2 * PADDING + (words.size().width() + PADDING if face.optional else 0.0)
    pill = QRectF(right - wide, -HEIGHT / 2, wide, HEIGHT)
    painter.setPen(QPen(accent, 1))
    painter.setBrush(QColor(look.colors.accent_soft))
    painter.drawRoundedRect(pill, HEIGHT / 2, HEIGHT / 2)
    _paint_icon(painter, QPointF(pill.left() + PADDING + SIDE / 2, 0), SIDE, accent, look)
    if face.optional:
        painter.setFont(strong(TYPE.caption))
        painter.setPen(accent)
        painter.drawStaticText(QPointF(pill.left() + 2 * PADDING + SIDE, -words.size().height() / 2), words)


def _paint_icon(painter: QPainter, middle: QPointF, side: float, color: QColor, look: Look) -> None:
    place = QRectF(0, 0, side, side)
    place.moveCenter(middle)
    picture = look.icon(ICON, color, round(side))
    painter.drawPixmap(place, picture, QRectF(picture.rect()))
