"""How the canvas looks at this moment: colors, level of detail, and the pens and pictures that all items share."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPen, QPixmap, QStaticText, QTextOption

from studio import icons
from studio.theme import TYPE, Colors, font

NEAR, MIDDLE = 0.55, 0.26
GONE = "removed"
"""The tone of what is there no longer: it is dashed and pale."""


class Detail(Enum):
    """How much is drawn: everything, names alone, or blocks of color that cost no Python at all."""

    NEAR = "near"
    MIDDLE = "middle"
    FAR = "far"

    @classmethod
    def at(cls, zoom: float) -> Detail:
        """The detail that can be read at a zoom."""
        if zoom >= NEAR:
            return cls.NEAR
        return cls.MIDDLE if zoom >= MIDDLE else cls.FAR


def _nothing() -> None:
    """Nobody is to be told."""


class Look:
    """What every item of a scene is painted with; changed in one place, then the items repaint.

    Args:
        colors: the theme's tokens.
    """

    def __init__(self, colors: Colors) -> None:
        self.colors = colors
        self.detail = Detail.NEAR
        self.stale = False
        """Whether what is known is of an older state of the network."""
        self.whole_shapes = False
        """Whether shapes are written with their batch."""
        self.zoom = 1.0
        """Pixels per canvas unit."""
        self.ratio = 1.0
        """Device pixels per canvas unit."""
        self.painted_ratio = 1.0
        """Device pixels per canvas unit that pictures are painted in: `ratio`, once the zoom rests."""
        self.moving = False
        """Whether one zooms or pans at this moment."""
        self.restyled: Callable[[], object] = _nothing
        """Told when an item is chosen, lit or marked: from afar others draw it."""
        self.age = 0
        """Counts the changes of what is not said elsewhere, such as the theme."""

    @property
    def stamp(self) -> tuple[object, ...]:
        """The state that a picture was painted in: with another one it has to be painted anew."""
        return self.age, self.detail, self.whole_shapes, self.stale, self.painted_ratio

    def category(self, name: str) -> QColor:
        """The color of a category; unknown layers have none."""
        return QColor(self.colors.category(name) if name else self.colors.faint)

    def body(self, *, muted: bool = False) -> QBrush:
        """What fills a box."""
        raised = QColor(self.colors.raised)
        return QBrush(mixed(raised, QColor(self.colors.canvas), 0.35) if muted else raised)

    def block(self, category: str, tone: str, *, muted: bool = False) -> str:
        """The color of a box seen from afar: its category's, or that of its problem."""
        if tone:
            return str(self.colors.tone(tone)[0])
        return str(mixed(self.category(category), QColor(self.colors.canvas), 0.25 if muted else 0.75).name())

    def edge(self, tone: str, *, selected: bool, hovered: bool, dashed: bool) -> QPen:
        """The outline of a box; that of one that takes no part is dashed."""
        if selected:
            return QPen(QColor(self.colors.accent), 2.0)
        if tone:
            line = Qt.PenStyle.DashLine if tone == GONE else Qt.PenStyle.SolidLine
            return QPen(QColor(self.colors.tone(tone)[0]), 1.5, line)
        pen = QPen(QColor(self.colors.faint if hovered else self.colors.border_strong), 1.0)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        return pen

    def searched(self, pen: QPen) -> QPen:
        """The outline of a box at which a search tries something."""
        made = QPen(pen)
        made.setColor(mixed(QColor(self.colors.accent), QColor(self.colors.border_strong), 0.7))
        made.setWidthF(1.25)
        return made

    def wire(self, *, tone: str, lit: bool) -> QPen:
        """The stroke of a link: lit while it is chosen or the pointer is over it, dashed where it is gone."""
        colors = self.colors
        color = colors.accent if lit else colors.tone(tone)[0] if tone else colors.faint
        return _stroke(color, 2.5 if lit else 1.75, dashed=tone == GONE)

    def icon(self, name: str, color: QColor, size: int = 16) -> QPixmap:
        """An icon, as sharp as the zoom needs."""
        ratio = self.painted_ratio
        return _icon(name, color.name(), size, 1.0 if ratio <= 1 else 2.0 if ratio <= 2 else 4.0)


@cache
def _stroke(color: str, width: float, *, dashed: bool) -> QPen:
    pen = QPen(QColor(color), width)
    if dashed:
        pen.setStyle(Qt.PenStyle.DashLine)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


@cache
def _icon(name: str, color: str, size: int, ratio: float) -> QPixmap:
    return icons.pixmap(name, size, color=color, ratio=ratio)


def mixed(color: QColor, other: QColor, share: float) -> QColor:
    """A color with `share` of the first and the rest of the other."""
    parts = ((color.redF(), other.redF()), (color.greenF(), other.greenF()), (color.blueF(), other.blueF()))
    return QColor.fromRgbF(*(share * one + (1 - share) * two for one, two in parts))


def faded(color: QColor, alpha: float) -> QColor:
    """The color, let through to what lies behind it."""
    made = QColor(color)
    made.setAlphaF(alpha)
    return made


def strong(pixels: int) -> QFont:
    """The text font, for titles."""
    return font(pixels, weight=QFont.Weight.DemiBold)


def laid_out(text: str, face: QFont, width: float = 1e6) -> QStaticText:
    """Text prepared for painting many times, cut off where there is no room."""
    made = QStaticText(QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, width))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    made.prepare(font=face)
    return made


def wrapped(text: str, width: float) -> QStaticText:
    """Text in lines, broken between words, and inside one only where it is longer than a line."""
    made = QStaticText(text.replace("\n", "\u2028"))  # a line break that a plain QStaticText knows
    made.setTextFormat(Qt.TextFormat.PlainText)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setTextOption(option)
    made.setTextWidth(width)
    made.prepare(font=font(TYPE.small))
    return made
