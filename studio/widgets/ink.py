"""Words and pills as cells are painted with them: laid out once, and kept as long as they are needed."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QStaticText, QTransform

from studio.theme import SPACE, TYPE, font, mono

PILL = 18
KEPT = 6000
"""Texts that stay laid out: several screens of them."""
Side = Literal["left", "right", "center"]


class _Laid(NamedTuple):
    text: QStaticText
    width: float
    height: float


class Ink:
    """Writes in the fonts `text`, `strong`, `number`, `caption` and `small`."""

    def __init__(self) -> None:
        bold = QFont.Weight.DemiBold
        made = {
            "text": font(),
            "strong": font(weight=bold),
            "number": mono(TYPE.small),
            "caption": font(TYPE.caption, weight=bold),
            "small": font(TYPE.caption),
        }
        self._fonts = {name: (one, QFontMetricsF(one)) for name, one in made.items()}
        self._laid: dict[tuple[str, str], _Laid] = {}
        self._cut: dict[tuple[str, str, float], str] = {}

    def width(self, text: str, kind: str) -> float:
        """How wide a text is."""
        return self._lay(text, kind).width

    def write(self, painter: QPainter, room: QRectF, text: str, *, style: tuple[str, str], side: Side = "left") -> None:
        """Write a text in one line in a font and color, cut at its end where room is short."""
        kind, color = style
        laid = self._lay(text, kind)
        if laid.width > room.width():
            laid = self._lay(self._shortened(text, kind, room.width()), kind)
        left = room.left()
        if side != "left":
            left += (room.width() - laid.width) / (1 if side == "right" else 2)
        painter.setFont(self._fonts[kind][0])
        painter.setPen(ink(color))
        painter.drawStaticText(QPointF(left, room.top() + (room.height() - laid.height) / 2), laid.text)

    def pill(self, painter: QPainter, room: QRectF, text: str, *, tone: tuple[str, str]) -> float:
        """A word in a pill at the left of a room, in a foreground and a background; return how wide it is."""
        width = min(self.width(text, "caption") + 2 * SPACE.s, room.width())
        pill = QRectF(room.left(), room.center().y() - PILL / 2, width, PILL)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(tone[1]))
        painter.drawRoundedRect(pill, PILL / 2, PILL / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        inside = pill.adjusted(SPACE.xs, 0, -SPACE.xs, 0)
        self.write(painter, inside, text, style=("caption", tone[0]), side="center")
        return width

    def _lay(self, text: str, kind: str) -> _Laid:
        found = self._laid.get((text, kind))
        if found is None:
            if len(self._laid) >= KEPT:
                self._laid.clear()
            made = QStaticText(text)
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            made.prepare(QTransform(), self._fonts[kind][0])
            size = made.size()
            found = self._laid[text, kind] = _Laid(made, size.width(), size.height())
        return found

    def _shortened(self, text: str, kind: str, width: float) -> str:
        found = self._cut.get((text, kind, width))
        if found is None:
            if len(self._cut) >= KEPT:
                self._cut.clear()
            cut = self._fonts[kind][1].elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0))
            found = self._cut[text, kind, width] = cut
        return found


@lru_cache(maxsize=256)
def ink(color: str) -> QColor:
    """A token as Qt's color, made once."""
    return QColor(color)
