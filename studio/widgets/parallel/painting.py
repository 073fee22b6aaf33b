"""Painting axes, their ticks and titles, and brushes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPen

from studio.theme import RADIUS, TYPE, Colors, font, mono
from studio.widgets.parallel.brushes import Brushes, said
from studio.widgets.parallel.frame import SIDE, Frame
from studio.widgets.ramp import ramp
from studio.widgets.scale import Dimension

TICK = 46
"""Pixels between two ticks at least."""
WORD = 18
"""And between two words: each of them means something else."""
BRUSH = 14


@dataclass(frozen=True, kw_only=True)
class Look:
    """An axis as it is painted."""

    dimension: Dimension
    across: float
    colored: bool = False
    """Whether lines have their colors by it."""
    focused: bool = False
    held: bool = False
    """Whether it is being dragged."""


def paint_axis(painter: QPainter, frame: Frame, look: Look, colors: Colors) -> None:
    """One axis with its title and ticks."""
    _paint_title(painter, frame, look, colors)
    _paint_line(painter, frame, look, colors)
    _paint_ticks(painter, frame, look, colors)


def paint_brushes(painter: QPainter, frame: Frame, look: Look, brushes: Brushes, colors: Colors) -> None:
    """What is brushed on an axis."""
    for one in brushes.of(look.dimension.key):
        place = QRectF(look.across - BRUSH / 2, frame.down(one[1]), BRUSH, frame.down(one[0]) - frame.down(one[1]))
        veil = QColor(colors.accent)
        veil.setAlpha(70)
        painter.setPen(QPen(QColor(colors.accent), 1.5))
        painter.setBrush(veil)
        painter.drawRoundedRect(place.adjusted(0, -1, 0, 1), RADIUS.s / 2, RADIUS.s / 2)


def _paint_title(painter: QPainter, frame: Frame, look: Look, colors: Colors) -> None:
    room = min(frame.step - 10, 220.0) if frame.axes > 1 else 220.0
    painter.setFont(font(TYPE.small, weight=font().Weight.DemiBold))
    painter.setPen(QColor(colors.accent if look.focused or look.held else colors.text))
    words = painter.fontMetrics().elidedText(look.dimension.title, Qt.TextElideMode.ElideMiddle, int(room))
    width = painter.fontMetrics().horizontalAdvance(words) + 4
    left = min(max(look.across - width / 2, 2.0), frame.width - width - 2)
    painter.drawText(QRectF(left, 2, width, 18), Qt.AlignmentFlag.AlignCenter, words)
    painter.setFont(font(TYPE.caption))
    painter.setPen(QColor(colors.faint))
    notes = [word for word, on in (("log", look.dimension.log), ("flipped", look.dimension.flipped)) if on]
    place = QRectF(look.across - SIDE, 17, 2 * SIDE, 18)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, " · ".join(notes))


def _paint_line(painter: QPainter, frame: Frame, look: Look, colors: Colors) -> None:
    if look.colored:
        bar = QRectF(look.across - 2.5, frame.top, 5, frame.bottom - frame.top)
        gradient = QLinearGradient(bar.bottomLeft(), bar.topLeft())
        stops = ramp(colors, 8)
        for at, color in enumerate(stops):
            gradient.setColorAt(1 - at / 7 if look.dimension.flipped else at / 7, color)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(bar, 2, 2)
        return
    painter.setPen(QPen(QColor(colors.accent if look.focused or look.held else colors.border_strong), 1.5))
    painter.drawLine(QPointF(look.across, frame.top), QPointF(look.across, frame.bottom))


def _paint_ticks(painter: QPainter, frame: Frame, look: Look, colors: Colors) -> None:
    painter.setFont(mono(TYPE.caption))
    room = min(frame.step * 0.45, 96.0) if frame.axes > 1 else 120.0
    last = look.across > frame.width - SIDE - 1
    apart = WORD if look.dimension.words else TICK
    for place, words in look.dimension.ticks(max(2, int((frame.bottom - frame.top) // apart))):
        down = frame.down(place)
        painter.setPen(QPen(QColor(colors.border_strong), 1))
        painter.drawLine(QPointF(look.across - 3, down), QPointF(look.across + 3, down))
        fitted = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, int(room))
        width = painter.fontMetrics().horizontalAdvance(fitted)
        left = look.across - 10 - width if last and frame.axes > 1 else look.across + 10
        ground = QColor(colors.surface)
        ground.setAlpha(190)  # words are read before the lines that pass behind them
        painter.fillRect(QRectF(left - 2, down - 7, width + 4, 14), ground)
        painter.setPen(QColor(colors.muted))
        painter.drawText(QRectF(left, down - 8, width + 2, 16), Qt.AlignmentFlag.AlignVCenter, fitted)


def paint_nowhere(painter: QPainter, frame: Frame, colors: Colors, words: str) -> None:
    """The line below the axes along which things pass that have no value there."""
    painter.setFont(font(TYPE.caption))
    painter.setPen(QColor(colors.faint))
    place = QRectF(0, frame.nowhere - 8, SIDE - 6, 16)
    painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)


def tip(look: Dimension, brushes: Brushes) -> str:
    """What an axis is, and what is brushed on it."""
    ranges = [said(look, one) for one in brushes.of(look.key)]
    return "\n".join([look.title, *ranges]) if ranges else f"{look.title}\nDrag along the axis to choose a range"
