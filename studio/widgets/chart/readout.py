"""What the pointer reads off a chart: an upright line, a dot on every curve, and a small table of values."""

from __future__ import annotations

from typing import Any

import pyqtgraph
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from studio.theme import RADIUS, SPACE, TYPE, colors_of, font, mono
from studio.widgets.chart.reading import Reading

MOST = 10
"""Rows shown; the rest are counted."""
LINE = 18
NAMES = 180


class Crosshair(pyqtgraph.GraphicsObject):
    """The line and the dots; lies over the traces."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(1000)
        self.readings: tuple[Reading, ...] = ()
        """What is marked now."""
        self.across: float | None = None
        self._line, self._ground = QColor(), QColor()

    def set_colors(self, line: str, ground: str) -> None:
        self._line, self._ground = QColor(line), QColor(ground)

    def show_readings(self, readings: tuple[Reading, ...], across: float | None = None) -> None:
        """Mark these, with a line so many pixels from the left; None takes the line away."""
        if (readings, across) != (self.readings, self.across):
            self.readings, self.across = readings, across
            self.update()

    def boundingRect(self) -> QRectF:
        box = self.parentItem()
        return QRectF() if box is None else QRectF(box.rect())

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        if self.across is None:
            return
        box, across = self.boundingRect(), self.across
        painter.setPen(QPen(self._line, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(across, box.top()), QPointF(across, box.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(box.adjusted(-4, -4, 4, 4))
        painter.setPen(QPen(self._ground, 1.5))
        for reading in self.readings:
            painter.setBrush(QColor(reading.color))
            painter.drawEllipse(QPointF(reading.x, reading.y), 4, 4)


class Readout(QWidget):
    """The table of values; it follows the pointer and never takes the mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._title = ""
        self._readings: tuple[Reading, ...] = ()
        self._more = 0
        self._near = ""
        self.hide()

    @property
    def lines(self) -> tuple[str, ...]:
        """What it says, line by line."""
        return (self._title, *(f"{one.name} {one.value}" for one in self._readings)) if self.isVisible() else ()

    def show_readings(self, title: str, readings: tuple[Reading, ...], at: QPoint, *, more: int, near: str) -> None:
        """Show values beside a point of the parent, on the side that has room.

        Args:
            title: where they are read.
            readings: from top to bottom.
            at: the point.
            more: how many are not shown.
            near: key of the one next to the pointer, which stands out.
        """
        self._title, self._readings, self._more, self._near = title, readings, more, near
        size = self.sizeHint()
        parent = self.parentWidget()
        assert parent is not None
        room = parent.rect()
        left = at.x() + SPACE.l if at.x() + SPACE.l + size.width() < room.right() else at.x() - SPACE.l - size.width()
        top = min(max(at.y() - size.height() // 2, SPACE.s), max(room.bottom() - size.height() - SPACE.s, 0))
        self.setGeometry(QRect(QPoint(max(left, 0), top), size))
        self.show()
        self.update()

    def sizeHint(self) -> QSize:
        rows = 1 + len(self._readings) + bool(self._more)
        return QSize(self._names() + self._numbers() + 2 * SPACE.m + 28, rows * LINE + 2 * SPACE.s)

    def _names(self) -> int:
        metrics = QFontMetrics(font(TYPE.small, weight=font().Weight.DemiBold))
        widest = max((metrics.horizontalAdvance(one.name) for one in self._readings), default=0) + SPACE.xs
        return max(min(widest, NAMES), metrics.horizontalAdvance(self._title) - self._numbers() - 20)

    def _numbers(self) -> int:
        metrics = QFontMetrics(mono(TYPE.small))
        return max((metrics.horizontalAdvance(_value(one)) for one in self._readings), default=0) + SPACE.s

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colors.border_strong))
        painter.setBrush(QColor(colors.overlay))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS.m, RADIUS.m)
        line = QRect(SPACE.m, SPACE.s, self.width() - 2 * SPACE.m, LINE)
        painter.setFont(font(TYPE.small, weight=font().Weight.DemiBold))
        painter.setPen(QColor(colors.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._title)
        for reading in self._readings:
            line.translate(0, LINE)
            self._paint_row(painter, line, reading)
        if self._more:
            line.translate(0, LINE)
            painter.setPen(QColor(colors.faint))
            painter.setFont(font(TYPE.small))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, f"and {self._more} more further away")

    def _paint_row(self, painter: QPainter, line: QRect, reading: Reading) -> None:
        colors = colors_of(self)
        painter.setPen(QPen(QColor(reading.color), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(line.left() + 1, line.center().y() + 1, line.left() + 10, line.center().y() + 1)
        near = reading.key == self._near and len(self._readings) > 1
        painter.setFont(font(TYPE.small, weight=font().Weight.DemiBold) if near else font(TYPE.small))
        painter.setPen(QColor(colors.text if near else colors.muted))
        name = painter.fontMetrics().elidedText(reading.name, Qt.TextElideMode.ElideMiddle, self._names())
        painter.drawText(line.adjusted(20, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(mono(TYPE.small))
        painter.setPen(QColor(colors.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, _value(reading))


def _value(reading: Reading) -> str:
    if not reading.beside:
        return reading.value
    return f"{reading.value}  ({reading.beside})" if reading.point >= 0 else f"{reading.value}  {reading.beside}"
