"""The card beside the pointer: what the thing under it is. It never takes the mouse."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio.theme import RADIUS, SPACE, TYPE, Colors, colors_of, font, mono

LINE = 18
NAME, VALUE, NOTE = 190, 170, 300
"""Pixels that names, values and the note take at most."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a card says.

    Args:
        title: what the thing is.
        state: a word beside it.
        tone: the word's color, see `Colors.tone`.
        rows: names and values; an empty name is a line between groups.
        note: a sentence below.
    """

    title: str
    state: str = ""
    tone: str = "neutral"
    rows: tuple[tuple[str, str], ...] = ()
    note: str = ""


class Card(QWidget):
    """Lies over its parent, on the side of the pointer that has room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.told: Told | None = None
        self.hide()

    def tell(self, told: Told, at: QPoint) -> None:
        """Say this beside a point of the parent."""
        self.told, size = told, self._size(told)
        parent = self.parentWidget()
        assert parent is not None
        room = parent.rect()
        right = at.x() + SPACE.l
        left = right if right + size.width() < room.right() else at.x() - SPACE.l - size.width()
        top = min(max(at.y() - size.height() // 2, SPACE.xs), max(room.bottom() - size.height() - SPACE.xs, 0))
        self.setGeometry(QRect(QPoint(max(left, 0), top), size))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.told is None:
            return
        painter, colors = QPainter(self), colors_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colors.border_strong))
        painter.setBrush(QColor(colors.overlay))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS.m, RADIUS.m)
        line = QRect(SPACE.m, SPACE.s, self.width() - 2 * SPACE.m, LINE)
        self._paint_title(painter, line, self.told, colors)
        line.translate(0, LINE + 2)
        for name, value in self.told.rows:
            line = self._paint_row(painter, line, name, value)
        if self.told.note:
            painter.setFont(font(TYPE.small))
            painter.setPen(QColor(colors.muted))
            place = QRect(line.left(), line.top() + 3, line.width(), self.height() - line.top() - SPACE.s)
            painter.drawText(place, Qt.TextFlag.TextWordWrap, self.told.note)

    def _paint_title(self, painter: QPainter, line: QRect, told: Told, colors: Colors) -> None:
        painter.setFont(_strong())
        painter.setPen(QColor(colors.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, told.title)
        if told.state:
            ink, ground = colors.tone(told.tone)
            painter.setFont(font(TYPE.caption))
            wide = painter.fontMetrics().horizontalAdvance(told.state) + 2 * SPACE.s
            pill = QRectF(line.right() - wide + 1, line.top() + 1, wide, LINE - 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            painter.setPen(QColor(ink))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, told.state)

    def _paint_row(self, painter: QPainter, line: QRect, name: str, value: str) -> QRect:
        colors = colors_of(self)
        if not name:
            painter.setPen(QColor(colors.border))
            painter.drawLine(line.left(), line.top() + 4, line.right(), line.top() + 4)
            return line.translated(0, 9)
        painter.setFont(mono(TYPE.small))
        shown = painter.fontMetrics().elidedText(value, Qt.TextElideMode.ElideMiddle, VALUE)
        wide = painter.fontMetrics().horizontalAdvance(shown)
        painter.setPen(QColor(colors.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
        painter.setFont(font(TYPE.small))
        painter.setPen(QColor(colors.muted))
        room = line.width() - wide - SPACE.m
        fitted = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, fitted)
        return line.translated(0, LINE)

    def _size(self, told: Told) -> QSize:
        words, figures, strong = QFontMetrics(font(TYPE.small)), QFontMetrics(mono(TYPE.small)), QFontMetrics(_strong())
        wide = strong.horizontalAdvance(told.title) + (words.horizontalAdvance(told.state) + SPACE.xxl)
        for name, value in told.rows:
            row = min(words.horizontalAdvance(name), NAME) + min(figures.horizontalAdvance(value), VALUE) + SPACE.xl
            wide = max(wide, row)
        if told.note:
            wide = max(wide, min(words.horizontalAdvance(told.note) + 2, NOTE))
        high = LINE + 2 + sum(LINE if name else 9 for name, _ in told.rows)
        if told.note:
            high += 3 + words.boundingRect(0, 0, wide, 400, Qt.TextFlag.TextWordWrap, told.note).height()
        return QSize(wide + 2 * SPACE.m, high + 2 * SPACE.s)


def _strong() -> QFont:
    return font(TYPE.small, weight=QFont.Weight.DemiBold)
