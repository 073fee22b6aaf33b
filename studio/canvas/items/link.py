"""A wire on the canvas, and the pill with the shape of what flows through it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from engine.spec import Link, Position
from studio.canvas.facts.words import tensor_text
from studio.canvas.items.points import PointsItem
from studio.canvas.items.sprite import Sprite
from studio.canvas.look import Look
from studio.theme import TYPE, mono

PILL_HEIGHT = 20.0
PILL_PADDING = 8.0
LEAN = 14.0
PILL_FROM_END = 19.0
"""How far from a port the middle of a pill stands at least."""
PILL_CLEAR = 18.0
"""How far above or below a port it stands at least."""
PILL_ROOM = 160.0
"""How far from its wire a pill may reach."""


class LinkItem(QGraphicsPathItem):
    """A wire, painted by Qt alone. Its pill and its points are made when they are first to be seen.

    Args:
        link: which link it stands for.
        look: shared by all items of the scene.
    """

    def __init__(self, link: Link, look: Look) -> None:
        super().__init__()
        self.link = link
        self.tone = ""
        self.color = ""
        self.selected = False
        self.hovered = False
        self.lifted = False
        """Whether a hand has taken it off, so that it is not to be seen."""
        self.labeled = True
        """Whether its pill says the shape; of several wires that carry the same tensor one does."""
        self.tensor: Mapping[str, Any] = {}
        """What is known of what flows."""
        self._look = look
        self._side = self._nearer = 0
        self._pill: PillItem | None = None
        self._points: PointsItem | None = None
        self.restyle()

    @property
    def pill(self) -> PillItem:
        """What says the shape."""
        if self._pill is None:
            self._pill = PillItem(self, self._look)
        return self._pill

    @property
    def pictured(self) -> PillItem | None:
        """The pill, if it was ever in sight."""
        return self._pill

    @property
    def points(self) -> PointsItem:
        """The dots that it is led through."""
        if self._points is None:
            self._points = PointsItem(self, self._look)
            self._points.place(self.link.via)
        return self._points

    def route(self, path: QPainterPath, side: int, nearer: int = 0) -> None:
        """Take another way, around boxes on one side or straight.

        The pill stands in the middle (0), or nearer to the start (-1) or the end (1), where it has more room.
        """
        self.setPath(path)
        self._side, self._nearer = side, nearer
        if self._pill is not None:
            self._pill.fit()

    def show_points(self, via: Sequence[Position]) -> None:
        """Have its dots at these points, as it is led or as a gesture would lead it."""
        if via or self._points is not None:
            self.points.place(via)

    def pill_place(self) -> tuple[QPointF, int]:
        """The point of the wire that its pill stands at, and to which side of it."""
        path, nearer = self.path(), self._nearer
        share = min(PILL_FROM_END / max(path.length(), 1.0), 0.5)
        middle = path.pointAtPercent((0.5, 1 - share, share)[nearer])
        if nearer:  # a wire that turns aside at once would have it on the box
            below, above = path.pointAtPercent(0).y() + PILL_CLEAR, path.pointAtPercent(1).y() - PILL_CLEAR
            middle.setY(max(middle.y(), below) if nearer < 0 else min(middle.y(), above))
        return middle, 0 if nearer else self._side

    def show_tensor(self, facts: Mapping[str, Any], tone: str) -> None:
        """Show what flows, and whether it is what the target cannot take."""
        if facts != self.tensor:
            self.tensor = facts
            if self._pill is not None:
                self._pill.refresh()
        if tone != self.tone:
            self.tone = tone
            self.restyle()

    def lift(self, on: bool) -> None:
        """Take the wire off, or put it back, as long as a hand draws it elsewhere."""
        self.lifted = on
        self.setVisible(not on)

    def set_selected(self, on: bool) -> None:
        self.selected = on
        self.restyle()

    def set_hovered(self, on: bool) -> None:
        self.hovered = on
        if self._pill is not None:
            self._pill.refresh()  # with the dtype, though it be the usual one
        self.restyle()

    def restyle(self) -> None:
        """Take up selection, tone, theme and level of detail."""
        lit = self.selected or self.hovered
        pen = self._look.wire(tone=self.tone, lit=lit)
        self.color = pen.color().name()
        self.setPen(pen)
        self._look.restyled()
        self.setZValue(float(lit))
        if self._points is not None or (lit and self.link.via):
            self.points.show_while(lit)

    def refresh(self) -> None:
        """Take up another theme."""
        self.restyle()
        if self._pill is not None:
            self._pill.refresh()


class PillItem(Sprite):
    """A shape in a small pill on its wire, without a picture where it could not be read.

    Args:
        wire: what it stands on.
        look: shared by all items of the scene.
    """

    def __init__(self, wire: LinkItem, look: Look) -> None:
        super().__init__(wire, look)
        self._wire = wire
        self._words: str | None = None
        self.refresh()

    @property
    def words(self) -> str:
        """What is written, empty while nothing is known."""
        if self._words is None:
            tensor, whole = self._wire.tensor, self._wire.hovered or self.look.whole_shapes
            self._words = tensor_text(tensor, batch=True, dtype=whole) if tensor else ""
        return self._words

    def refresh(self) -> None:
        """Lay out the words again."""
        self._words = None
        self.setVisible(bool(self._wire.tensor))
        self.fit()
        self.touch()

    def prepare(self) -> None:
        self._words = None
        self.fit()

    def fit(self) -> None:
        """Stand where the wire runs now, or to one side of it, away from the boxes that it goes around."""
        middle, side = self._wire.pill_place()
        width = text_width(self.words) + 2 * PILL_PADDING
        left = middle.x() + side * (width / 2 - LEAN) - width / 2
        self.area = QRectF(left, middle.y() - PILL_HEIGHT / 2, width, PILL_HEIGHT)
        self.setPos(self.area.topLeft())

    def appearance(self) -> Hashable:
        return self.words

    def paint_on(self, painter: QPainter) -> None:
        colors = self.look.colors
        painter.setPen(QPen(QColor(colors.border), 1))
        painter.setBrush(QColor(colors.canvas))
        box = self.area.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setFont(mono(TYPE.caption))
        batch, times, rest = self.words.partition(" × ")
        named = bool(times) and not batch.isdigit()
        lead, words = (f"{batch}{times}", rest) if named else ("", self.words)
        left = self.area.adjusted(PILL_PADDING, 0, 0, 0)
        painter.setPen(QColor(colors.disabled))  # the batch is on every wire: it is said, and does not shout
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, lead)
        painter.setPen(QColor(colors.disabled if self.look.stale else colors.muted))
        painter.drawText(left.adjusted(text_width(lead), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)


@lru_cache(maxsize=4096)
def text_width(words: str) -> float:
    """How wide words in a pill are."""
    return QFontMetricsF(mono(TYPE.caption)).horizontalAdvance(words)
