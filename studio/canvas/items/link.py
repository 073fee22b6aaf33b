"""A wire on the canvas, and the pill with the shape of what flows through it."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from engine.spec import Link
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
    """A wire, painted by Qt alone.

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
        self.pill = PillItem(self, look)
        self.points = PointsItem(self, look)
        self.points.place(link.via)
        self._look = look
        self.restyle()

    def route(self, path: QPainterPath, side: int, nearer: int = 0) -> None:
        """Take another way, around boxes on one side or straight.

        The pill stands in the middle (0), or nearer to the start (-1) or the end (1), where it has more room.
        """
        self.setPath(path)
        share = min(PILL_FROM_END / max(path.length(), 1.0), 0.5)
        middle = path.pointAtPercent((0.5, 1 - share, share)[nearer])
        if nearer:  # a wire that turns aside at once would have it on the box
            below, above = path.pointAtPercent(0).y() + PILL_CLEAR, path.pointAtPercent(1).y() - PILL_CLEAR
            middle.setY(max(middle.y(), below) if nearer < 0 else min(middle.y(), above))
        self.pill.put(middle, 0 if nearer else side)

    def show_tensor(self, facts: dict[str, Any], tone: str) -> None:
        """Show what flows, and whether it is what the target cannot take."""
        self.pill.show_tensor(facts)
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
        self.pill.show_whole(on)
        self.restyle()

    def restyle(self) -> None:
        """Take up selection, tone, theme and level of detail."""
        pen = self._look.wire(tone=self.tone, selected=self.selected, hovered=self.hovered)
        self.color = pen.color().name()
        self.setPen(pen)
        self._look.restyled()
        self.setZValue(1 if self.selected or self.hovered else 0)
        self.points.show_while(self.selected or self.hovered)

    def refresh(self) -> None:
        """Take up another theme."""
        self.restyle()
        self.pill.refresh()


class PillItem(Sprite):
    """A shape in a small pill around its own middle, without a picture where it could not be read.

    Args:
        wire: what it stands on.
        look: shared by all items of the scene.
    """

    def __init__(self, wire: QGraphicsItem, look: Look) -> None:
        super().__init__(wire, look)
        self._facts: dict[str, Any] = {}
        self._whole = False
        self._side = 0
        self._middle = QPointF()
        self._words: str | None = None
        self.setVisible(False)

    @property
    def shown(self) -> bool:
        """Whether anything is known to be written."""
        return bool(self._facts)

    @property
    def words(self) -> str:
        """What is written, empty while nothing is known."""
        if self._words is None:
            whole = self._whole or self.look.whole_shapes
            self._words = tensor_text(self._facts, batch=True, dtype=whole) if self._facts else ""
        return self._words

    def show_tensor(self, facts: dict[str, Any]) -> None:
        if facts != self._facts:
            self._facts = facts
            self.setVisible(bool(facts))
            self.refresh()

    def show_whole(self, on: bool) -> None:
        """Write the dtype as well, though it be the usual one."""
        if on != self._whole:
            self._whole = on
            self.refresh()

    def put(self, middle: QPointF, side: int) -> None:
        """Stand at this point of the wire, or to one side of it, away from the boxes that it goes around."""
        self._middle, self._side = middle, side
        self._fit()

    def refresh(self) -> None:
        """Lay out the words again."""
        self._words = None
        self._fit()
        self.touch()

    def prepare(self) -> None:
        self._words = None
        self._fit()

    def _fit(self) -> None:
        width = text_width(self.words) + 2 * PILL_PADDING
        left = self._middle.x() + self._side * (width / 2 - LEAN) - width / 2
        self.area = QRectF(left, self._middle.y() - PILL_HEIGHT / 2, width, PILL_HEIGHT)
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
