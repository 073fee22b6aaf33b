"""A template as a card: picture, title, sentence, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap, QTextLayout
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from engine.spec import Layer
from studio.gallery.sketch import paint_sketch, sketched
from studio.gallery.templates import Template
from studio.theme import RADIUS, SPACE, TYPE, Colors, colors_of, font

LEAST, PICTURE, SENTENCE = 244, 112, 4
"""Least width and height of the picture, in pixels; lines of the sentence."""
LEADING = 17


class TemplateCard(QAbstractButton):
    """One template; clicked, or by Return or Space, it is chosen.

    Args:
        template: what it shows.
        layers: the kinds of layer, for their colors.
    """

    def __init__(self, template: Template, layers: Mapping[str, type[Layer]], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.template = template
        self._sketch = sketched(template.project, layers)
        self._pictures: dict[tuple[int, bool, float], QPixmap] = {}
        self.setText(template.title)
        self.setAccessibleName(f"{template.title}. {template.sentence} {', '.join(template.facts)}.")
        self.setToolTip(template.sentence)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = TYPE.title + SPACE.s + SENTENCE * LEADING + SPACE.s + TYPE.caption
        return QSize(LEAST, PICTURE + words + 3 * SPACE.m)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_body(painter, colors)
        painter.drawPixmap(0, 0, self._picture(colors))
        self._paint_words(painter, colors)
        painter.end()

    def _picture(self, colors: Colors) -> QPixmap:
        """The sketch, painted once for each width, theme and screen: icons take their time."""
        ratio = self.devicePixelRatioF()
        key = self.width(), colors.dark, ratio
        if key not in self._pictures:
            made = self._pictures[key] = QPixmap(round(self.width() * ratio), round(PICTURE * ratio))
            made.setDevicePixelRatio(ratio)
            made.fill(Qt.GlobalColor.transparent)
            painter = QPainter(made)
            box = QRectF(SPACE.m, SPACE.s, self.width() - 2 * SPACE.m, PICTURE - 2 * SPACE.s)
            paint_sketch(painter, box, self._sketch, colors)
            painter.end()
        return self._pictures[key]

    def _paint_body(self, painter: QPainter, colors: Colors) -> None:
        lively = self.hasFocus() or self.underMouse()
        edge = colors.focus if self.hasFocus() else colors.border_strong if lively else colors.border
        width = 2.0 if self.hasFocus() else 1.0
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.hover if self.isDown() else colors.raised))
        painter.drawRoundedRect(box, RADIUS.l, RADIUS.l)
        painter.save()
        painter.setClipRect(QRectF(0, 0, self.width(), PICTURE))
        painter.setBrush(QColor(colors.canvas))
        painter.drawRoundedRect(box, RADIUS.l, RADIUS.l)
        painter.restore()
        painter.setPen(QPen(QColor(colors.border), 1))
        painter.drawLine(QPointF(box.left(), PICTURE), QPointF(box.right(), PICTURE))
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, RADIUS.l, RADIUS.l)

    def _paint_words(self, painter: QPainter, colors: Colors) -> None:
        left, room, top = float(SPACE.m), self.width() - 2.0 * SPACE.m, PICTURE + float(SPACE.m)
        title = font(TYPE.title, weight=QFont.Weight.DemiBold)
        painter.setFont(title)
        painter.setPen(QColor(colors.text))
        words = QFontMetricsF(title).elidedText(self.template.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(left, top + TYPE.title - 2), words)
        painter.setFont(font(TYPE.small))
        painter.setPen(QColor(colors.muted))
        line = top + TYPE.title + SPACE.s + TYPE.small - 2
        for number, text in enumerate(lines(self.template.sentence, font(TYPE.small), room, most=SENTENCE)):
            painter.drawText(QPointF(left, line + number * LEADING), text)
        painter.setFont(font(TYPE.caption))
        painter.setPen(QColor(colors.faint))
        painter.drawText(QPointF(left, self.height() - float(SPACE.m)), "  ·  ".join(self.template.facts))


def lines(text: str, face: QFont, width: float, *, most: int) -> list[str]:
    """A text broken into lines of a width; what does not fit into so many is cut off with an ellipsis."""
    layout = QTextLayout(text, face)
    found: list[str] = []
    layout.beginLayout()
    while len(found) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        rest = text[line.textStart() :]
        cut = QFontMetricsF(face).elidedText(rest, Qt.TextElideMode.ElideRight, width)
        found.append(cut if len(found) == most - 1 else rest[: line.textLength()].rstrip())
    layout.endLayout()
    return found
