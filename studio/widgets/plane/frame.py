"""What stands around the area of a plane: grid, ticks, titles, and the lane of what has no value."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from studio.theme import SPACE, TYPE, Colors, font
from studio.widgets.plane.axis import Axis
from studio.widgets.plane.sight import Sight

LEFT, BELOW, TOP, RIGHT, LANE, NOTE = 66, 42, 12, 18, 26, 12
NAMES = 190
"""Pixels for words at the left at most."""
APART, BESIDE = 40, 84
"""Pixels between two ticks at least, up and across."""
MIDDLE = Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Both axes of a plane.

    Args:
        x: below.
        y: at the left.
        lane: what is written at the lane below the area, for what has no value; empty is no lane.
        note: a few words above the area, at its right.
        small: whether there are no names at the axes, as in small multiples.
    """

    x: Axis
    y: Axis
    lane: str = ""
    note: str = ""
    small: bool = False

    def area(self, size: QSizeF) -> QRectF:
        """Where things stand on a widget of that size."""
        left = self._left()
        below = (BELOW - (16 if self.small else 0)) + (LANE if self.lane else 0)
        top = TOP + (NOTE if self.note else 0)
        return QRectF(left, top, max(size.width() - left - RIGHT, 40.0), max(size.height() - top - below, 40.0))

    def sight(self, size: QSizeF, *, ratio: float = 1.0, vector: bool = False) -> Sight:
        """All there is, on a widget of that size."""
        area = self.area(size)
        lane = area.bottom() + LANE / 2 + 2 if self.lane else float("nan")
        ends = {"left": self.x.low, "right": self.x.high, "bottom": self.y.low, "top": self.y.high}
        return Sight(area=area, **ends, lane=lane, vector=vector, ratio=ratio)

    def _left(self) -> float:
        if not self.y.words:
            return LEFT - (14 if self.small else 0)
        metrics = QFontMetricsF(font(TYPE.caption))
        widest = max(metrics.horizontalAdvance(word) for word in self.y.words)
        return min(widest, NAMES) + SPACE.l + (0 if not self.y.title or self.small else 16)


def paint_frame(painter: QPainter, frame: Frame, sight: Sight, colors: Colors) -> None:
    """Everything around the area, and the grid in it."""
    painter.setFont(font(TYPE.caption))
    _paint_down(painter, frame, sight, colors)
    _paint_across(painter, frame, sight, colors)
    area = sight.area
    painter.setPen(QPen(QColor(colors.border_strong), 1))
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    if frame.lane:
        _paint_lane(painter, frame, sight, colors)
    if frame.note:
        painter.setFont(font(TYPE.caption))
        painter.setPen(QColor(colors.muted))
        above = QRectF(area.left(), 3, area.width(), 16)
        painter.drawText(above, Qt.AlignmentFlag.AlignRight | MIDDLE, elided(painter, frame.note, area.width()))
    if not frame.small:
        _paint_titles(painter, frame, sight, colors)


def elided(painter: QPainter, words: str, room: float) -> str:
    """Words that fit, with their middle left out: names are told apart by their ends."""
    return painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, int(room))


def _paint_down(painter: QPainter, frame: Frame, sight: Sight, colors: Colors) -> None:
    area = sight.area
    apart = 18 if frame.y.words else APART
    for unit, words in frame.y.ticks(sight.bottom, sight.top, max(2, int(area.height() // apart))):
        down = float(sight.down(unit))
        painter.setPen(QPen(QColor(colors.grid), 1))
        painter.drawLine(QPointF(area.left(), down), QPointF(area.right(), down))
        painter.setPen(QColor(colors.muted if frame.y.words else colors.faint))
        titled = 16 if frame.y.title and not frame.small else 0
        room = QRectF(titled + 2, down - 8, area.left() - titled - 2 - SPACE.s, 16)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | MIDDLE, elided(painter, words, room.width()))


def _paint_across(painter: QPainter, frame: Frame, sight: Sight, colors: Colors) -> None:
    area = sight.area
    under = area.bottom() + (LANE if frame.lane else 0)
    most = max(2, int(area.width() // (BESIDE if not frame.small else 64)))
    marks = frame.x.ticks(sight.left, sight.right, most)
    room = area.width() / max(len(marks), 1) - 6 if frame.x.words else BESIDE
    for unit, words in marks:
        across = float(sight.across(unit))
        painter.setPen(QPen(QColor(colors.grid), 1))
        painter.drawLine(QPointF(across, area.top()), QPointF(across, under))
        painter.setPen(QColor(colors.faint))
        place = QRectF(across - room / 2, under + 4, room, 16)
        painter.drawText(place, CENTER, elided(painter, words, room))


def _paint_lane(painter: QPainter, frame: Frame, sight: Sight, colors: Colors) -> None:
    painter.setPen(QColor(colors.faint))
    room = QRectF(2, sight.lane - 8, sight.area.left() - 2 - SPACE.s, 16)
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | MIDDLE, elided(painter, frame.lane, room.width()))
    painter.setPen(QPen(QColor(colors.grid), 1, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(sight.area.left(), sight.lane), QPointF(sight.area.right(), sight.lane))


def _paint_titles(painter: QPainter, frame: Frame, sight: Sight, colors: Colors) -> None:
    area = sight.area
    painter.setFont(font(TYPE.small, weight=QFont.Weight.Medium))
    painter.setPen(QColor(colors.muted))
    under = area.bottom() + (LANE if frame.lane else 0) + 21
    below = QRectF(area.left(), under, area.width(), 18)
    painter.drawText(below, CENTER, _fitted(painter, frame.x, area.width()))
    if frame.y.title:
        painter.save()
        painter.translate(10, area.center().y())
        painter.rotate(-90)
        beside = QRectF(-area.height() / 2, -9, area.height(), 18)
        painter.drawText(beside, CENTER, _fitted(painter, frame.y, area.height()))
        painter.restore()


def _fitted(painter: QPainter, axis: Axis, room: float) -> str:
    """An axis' title; without what it says in brackets where there is no room for that."""
    titles = [f"{one} · log" if axis.log and one else one for one in (axis.title, axis.title.partition(" (")[0])]
    fitting = (one for one in titles if painter.fontMetrics().horizontalAdvance(one) <= room)
    return next(fitting, elided(painter, titles[-1], room))
