"""How numbers are spread, several sets of them over each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.theme import SPACE, TYPE, colors_of, font
from studio.widgets.chart.words import setting

BELOW = 38


class Histogram(QWidget):
    """Outlines over the same bins, each in a color of the theme's cycle, with a line at zero."""

    def __init__(self) -> None:
        super().__init__()
        self._edges: Sequence[float] = ()
        self._counts: Sequence[Sequence[int]] = ()
        self._series: Sequence[int] = ()
        self._title = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 110)
        self.setAccessibleName("Histogram")

    def sizeHint(self) -> QSize:
        return QSize(300, 240)

    def show_counts(
        self, edges: Sequence[float], counts: Sequence[Sequence[int]], *, series: Sequence[int], title: str
    ) -> None:
        """Show how many lie between two edges, once for each of the `series` (places in the cycle of colors)."""
        self._edges, self._counts, self._series, self._title = edges, counts, series, title
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if len(self._edges) < 2:
            return
        painter, colors = QPainter(self), colors_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect().adjusted(SPACE.s, SPACE.m, -SPACE.s, -BELOW))
        most = max((max(one, default=0) for one in self._counts), default=0) or 1
        for counts, series in zip(self._counts, self._series, strict=True):
            ink = QColor(colors.series[series % len(colors.series)])
            veil = QColor(ink)
            veil.setAlpha(50)
            painter.setPen(QPen(ink, 1.5))
            painter.setBrush(veil)
            painter.drawPolygon(self._outline(area, counts, most))
        painter.setPen(QPen(QColor(colors.border_strong), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._paint_words(painter, area)

    def _outline(self, area: QRectF, counts: Sequence[int], most: int) -> QPolygonF:
        """A stair over the bins, back along the ground."""
        step = area.width() / len(counts)
        points = [area.bottomLeft()]
        for at, count in enumerate(counts):
            top = area.bottom() - area.height() * count / most
            points += [QPointF(area.left() + at * step, top), QPointF(area.left() + (at + 1) * step, top)]
        return QPolygonF([*points, area.bottomRight()])

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        colors, (low, high) = colors_of(self), (self._edges[0], self._edges[-1])
        painter.setFont(font(TYPE.caption))
        if low < 0 < high:
            zero = area.left() - low / (high - low) * area.width()
            painter.setPen(QPen(QColor(colors.muted), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(zero, area.top()), QPointF(zero, area.bottom()))
        painter.setPen(QColor(colors.faint))
        ends = QRectF(area.left(), area.bottom() + 3, area.width(), 16)
        painter.drawText(ends, Qt.AlignmentFlag.AlignLeft, setting(low))
        painter.drawText(ends, Qt.AlignmentFlag.AlignRight, setting(high))
        painter.setPen(QColor(colors.muted))
        painter.drawText(ends.translated(0, 17), Qt.AlignmentFlag.AlignCenter, self._title)
