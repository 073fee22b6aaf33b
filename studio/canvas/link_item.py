"""A wire on the canvas, and the pill with the shape of what flows through it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QStaticText
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsRectItem, QStyleOptionGraphicsItem, QWidget

from engine.spec import Link
from studio.canvas.look import Detail, Look, laid_out
from studio.canvas.points_item import PointsItem
from studio.canvas.words import tensor_text
from studio.theme import TYPE, mono

PILL_HEIGHT = 20.0
PILL_PADDING = 8.0
LEAN = 14.0


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
        self.selected = False
        self.hovered = False
        self.pill = PillItem(look)
        self.pill.setParentItem(self)
        self.points = PointsItem(self, look)
        self.points.place(link.via)
        self._look = look
        self.setZValue(0)
        self.restyle()

    def route(self, path: QPainterPath, side: int) -> None:
        """Take another way, around boxes on one side or straight."""
        self.setPath(path)
        self.pill.setPos(path.pointAtPercent(0.5))
        self.pill.lean(side)

    def show_tensor(self, facts: dict[str, Any], tone: str) -> None:
        """Show what flows, and whether it is what the target cannot take."""
        self.pill.show_tensor(facts)
        if tone != self.tone:
            self.tone = tone
            self.restyle()

    def set_selected(self, on: bool) -> None:
        self.selected = on
        self.restyle()

    def set_hovered(self, on: bool) -> None:
        self.hovered = on
        self.pill.show_whole(on)
        self.restyle()

    def restyle(self) -> None:
        """Take up selection, tone, theme and level of detail."""
        self.setPen(self._look.wire(tone=self.tone, selected=self.selected, hovered=self.hovered))
        self.setZValue(1 if self.selected or self.hovered else 0)
        self.points.show_while(self.selected or self.hovered)
        self.pill.refresh()


class PillItem(QGraphicsRectItem):
    """A shape in a small pill around its own middle, hidden where it could not be read."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._facts: dict[str, Any] = {}
        self._whole = False
        self._side = 0
        self._text: QStaticText | None = None
        self._lead = QStaticText()
        self._lead_width = 0.0
        self.setPen(QPen(Qt.PenStyle.NoPen))
        self.refresh()

    @property
    def words(self) -> str:
        """What is written, empty while nothing is known."""
        whole = self._whole or self._look.whole_shapes
        return tensor_text(self._facts, batch=True, dtype=whole) if self._facts else ""

    def show_tensor(self, facts: dict[str, Any]) -> None:
        if facts != self._facts:
            self._facts = facts
            self.refresh()

    def show_whole(self, on: bool) -> None:
        """Write the dtype as well, though it be the usual one."""
        if on != self._whole:
            self._whole = on
            self.refresh()

    def lean(self, side: int) -> None:
        """Stand to one side of the wire, away from the boxes that it goes around."""
        if side != self._side:
            self._side = side
            self.refresh()

    def refresh(self) -> None:
        """Lay out the words again."""
        self.setVisible(bool(self._facts) and self._look.detail is Detail.NEAR)
        batch, times, rest = self.words.partition(" × ")
        named = bool(times) and not batch.isdigit()
        self._lead = laid_out(f"{batch}{times}" if named else "", mono(TYPE.caption))
        self._text = laid_out(rest if named else self.words, mono(TYPE.caption))
        self._lead_width = QFontMetricsF(mono(TYPE.caption)).horizontalAdvance(self._lead.text())
        width = self._lead_width + self._text.size().width() + 2 * PILL_PADDING
        self.setRect(QRectF(self._side * (width / 2 - LEAN) - width / 2, -PILL_HEIGHT / 2, width, PILL_HEIGHT))
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors = self._look.colors
        assert self._text is not None
        painter.setPen(QPen(QColor(colors.border), 1))
        painter.setBrush(QColor(colors.canvas))
        box = self.rect().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setFont(mono(TYPE.caption))
        painter.setPen(QColor(colors.disabled if self._look.stale else colors.muted))
        top, left = -self._text.size().height() / 2, self.rect().left() + PILL_PADDING
        painter.drawStaticText(QPointF(left + self._lead_width, top), self._text)
        painter.setPen(QColor(colors.disabled))  # the batch is on every wire: it is said, and does not shout
        painter.drawStaticText(QPointF(left, top), self._lead)
