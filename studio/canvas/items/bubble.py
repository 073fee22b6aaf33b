"""The card beside a box that says in words what is wrong with it, with a button that mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF, QStaticText
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem, QStyleOptionGraphicsItem, QWidget

from studio.canvas.facts.face import Marks
from studio.canvas.look import Look, strong, wrapped
from studio.theme import RADIUS, TYPE, font

if TYPE_CHECKING:
    from studio.canvas.items.node import NodeItem

WIDTH = 248.0
PADDING = 10.0
ICON = 16.0
GAP = 8.0
POINTER = GAP + 6.0


class Bubble(QGraphicsRectItem):
    """A card whose pointer touches its origin, to the right of it.

    Args:
        owner: the box it speaks of.
        look: shared by all items of the scene.
    """

    def __init__(self, owner: NodeItem, node: str, look: Look) -> None:
        super().__init__()
        self.node = node
        self._owner = owner
        self.marks = Marks()
        self._look = look
        self._words = QStaticText()
        self.setPen(QPen(Qt.PenStyle.NoPen))
        self.setZValue(10)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)  # words are read at every zoom

    def show_marks(self, marks: Marks) -> None:
        """Say this."""
        self.marks = marks
        self._words = wrapped(marks.message, WIDTH - PADDING - ICON - 6 - PADDING)
        words, mend = self._words_box(), self._mend_box()
        height = max(words.bottom(), mend.bottom()) + PADDING
        self.setRect(QRectF(0, -18, WIDTH + POINTER, height + 18))
        self.update()

    def follow(self) -> None:
        """Stand beside the box, wherever it is now."""
        box = self._owner.rect
        self.setPos(box.right(), box.center().y())

    def mend_hit(self, place: QPointF) -> bool:
        """Whether a point of the canvas is on the button."""
        return self.marks.mend is not None and self._mend_box().contains(self._inside(place))

    def hit(self, place: QPointF) -> bool:
        """Whether a point of the canvas is on the card."""
        return self.rect().contains(self._inside(place))

    def _inside(self, place: QPointF) -> QPointF:
        return (place - self.scenePos()) * self._look.zoom

    def mend_place(self) -> QPointF:
        """The middle of the button, on the canvas."""
        return self.scenePos() + self._mend_box().center() / self._look.zoom

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors = self._look.colors
        tone, soft = (QColor(color) for color in colors.tone(self.marks.tone or "error"))
        card = self.rect().adjusted(POINTER + 0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(tone, 1))
        painter.setBrush(soft)
        painter.drawRoundedRect(card, RADIUS.m, RADIUS.m)
        self._paint_pointer(painter, tone, soft)
        name = self.marks.tone if self.marks.tone in {"", "warning", "error"} else "info"
        picture = self._look.icon(name or "error", tone, round(ICON))
        place = QRectF(POINTER + PADDING, self.rect().top() + PADDING, ICON, ICON)
        painter.drawPixmap(place, picture, QRectF(picture.rect()))
        painter.setFont(font(TYPE.small))
        painter.setPen(QColor(colors.text))
        painter.drawStaticText(self._words_box().topLeft(), self._words)
        if self.marks.mend is not None:
            self._paint_mend(painter, self.marks.mend.text)

    def _paint_pointer(self, painter: QPainter, tone: QColor, soft: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF([QPointF(POINTER + 1, -5), QPointF(GAP + 1, 0), QPointF(POINTER + 1, 5)]))
        painter.setPen(QPen(tone, 1))
        painter.setBrush(soft)
        painter.drawPolyline(QPolygonF([QPointF(POINTER + 0.5, -5), QPointF(GAP + 0.5, 0), QPointF(POINTER + 0.5, 5)]))

    def _paint_mend(self, painter: QPainter, text: str) -> None:
        box = self._mend_box()
        painter.setPen(QPen(QColor(self._look.colors.border_strong), 1))
        painter.setBrush(QColor(self._look.colors.raised))
        painter.drawRoundedRect(box, RADIUS.s, RADIUS.s)
        painter.setFont(strong(TYPE.small))
        painter.setPen(QColor(self._look.colors.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _words_box(self) -> QRectF:
        left = POINTER + PADDING + ICON + 6
        return QRectF(QPointF(left, -18 + PADDING), self._words.size())

    def _mend_box(self) -> QRectF:
        words = self._words_box()
        if self.marks.mend is None:
            return QRectF(words.left(), words.bottom(), 0, 0)
        width = QFontMetricsF(strong(TYPE.small)).horizontalAdvance(self.marks.mend.text) + 20
        return QRectF(words.left(), words.bottom() + 8, min(width, WIDTH - ICON - 2 * PADDING), 24)
