"""Words and pills as cells are painted with them; the fonts are measured once."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from studio.theme import SPACE, TYPE, font, mono

PILL = 18
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Ink:
    """Writes in the fonts `text`, `strong`, `number` and `caption`."""

    def __init__(self) -> None:
        bold = QFont.Weight.DemiBold
        made = {
            "text": font(),
            "strong": font(weight=bold),
            "number": mono(TYPE.small),
            "caption": font(TYPE.caption, weight=bold),
        }
        self._fonts = {name: (one, QFontMetricsF(one)) for name, one in made.items()}

    def width(self, text: str, kind: str) -> float:
        """How wide a text is."""
        return self._fonts[kind][1].horizontalAdvance(text)

    def write(self, painter: QPainter, room: QRectF, text: str, *, style: tuple[str, str], side: Any = LEFT) -> None:
        """Write a text in one line in a font and color, cut at its end where room is short."""
        font, measure = self._fonts[style[0]]
        if measure.horizontalAdvance(text) > room.width():
            text = measure.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(font)
        painter.setPen(QColor(style[1]))
        painter.drawText(room, side, text)

    def pill(self, painter: QPainter, room: QRectF, text: str, *, tone: tuple[str, str]) -> float:
        """A word in a pill at the left of a room, in a foreground and a background; return how wide it is."""
        width = min(self.width(text, "caption") + 2 * SPACE.s, room.width())
        pill = QRectF(room.left(), room.center().y() - PILL / 2, width, PILL)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone[1]))
        painter.drawRoundedRect(pill, PILL / 2, PILL / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        inside = pill.adjusted(SPACE.xs, 0, -SPACE.xs, 0)
        self.write(painter, inside, text, style=("caption", tone[0]), side=Qt.AlignmentFlag.AlignCenter)
        return width
