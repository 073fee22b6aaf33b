"""A chart as a picture to take away: title, axes, legend and curves, painted at any size, as pixels or as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen
from PySide6.QtSvg import QSvgGenerator

from studio.curves import View
from studio.theme import SPACE, TYPE, Colors, font
from studio.widgets.chart.axes import AlongAxis, ValueAxis
from studio.widgets.chart.bundle import Bundle
from studio.widgets.chart.cast import paint
from studio.widgets.chart.picture import Sight, paint_curves
from studio.widgets.chart.plot import Plot
from studio.widgets.chart.trace import Trace
from studio.widgets.pictured import SHARP, SIZE, as_image, as_svg, save_picture

LEFT, BELOW, LINE = 72, 44, 18
ALONG = {"step": "Step", "epoch": "Epoch", "time": "Time trained", "clock": "Time of day"}
MOST_NAMES = 40


@dataclass(frozen=True)
class Figure:
    """What is painted.

    Args:
        plot: the chart, as it is looked at now.
        title: stands above it.
        colors: those of a theme; the light ones are for print.
        ground: the color of the paper.
    """

    plot: Plot
    title: str
    colors: Colors
    ground: str

    def image(self, size: QSize = SIZE) -> QImage:
        """As pixels."""
        return as_image(self._paint, size, ground=self.ground)

    def svg(self, size: QSize = SIZE) -> bytes:
        """As an SVG file's bytes."""
        return as_svg(self._paint, size, ground=self.ground, title=self.title)

    def save(self, path: Path) -> None:
        """Write a file, by its ending `.svg` or pixels; raise OSError where that is not possible."""
        save_picture(path, self.image, self.svg)

    def _paint(self, painter: QPainter, size: QSize) -> None:
        names = _Names(self._named(), size.width() - 2 * SPACE.l)
        box = QRectF(LEFT, SPACE.xxl + SPACE.l, 0, 0)
        box.setRight(size.width() - SPACE.l)
        box.setBottom(size.height() - BELOW - names.height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(TYPE.title, weight=font().Weight.DemiBold))
        painter.setPen(QColor(self.colors.text))
        painter.drawText(
            QRectF(SPACE.l, SPACE.s, size.width(), SPACE.xxl), Qt.AlignmentFlag.AlignVCenter, self._headline()
        )
        self._paint_axes(painter, box)
        self._paint_curves(painter, box)
        names.paint(painter, QRectF(SPACE.l, size.height() - names.height, 0, 0), self.colors)

    def _headline(self) -> str:
        said = self.plot.said.text() if self.plot.said.isVisible() else ""
        return f"{self.title}   ({said})" if said else self.title

    def _paint_axes(self, painter: QPainter, box: QRectF) -> None:
        (left, right), (bottom, top) = self.plot.seen()
        look, small = self.plot.look, font(TYPE.small)
        along, values = AlongAxis(), ValueAxis()
        along.along = look.along
        along.setLogMode(x=look.across, y=False)
        values.setLogMode(x=False, y=look.log)
        painter.setFont(small)
        for place, words in _ticks(along, left, right, box.width()):
            x = box.left() + (place - left) / (right - left) * box.width()
            self._line(painter, x, box.top(), x, box.bottom())
            painter.drawText(QRectF(x - 60, box.bottom() + 4, 120, LINE), Qt.AlignmentFlag.AlignHCenter, words)
        for place, words in _ticks(values, bottom, top, box.height()):
            y = box.bottom() - (place - bottom) / (top - bottom) * box.height()
            self._line(painter, box.left(), y, box.right(), y)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, y - LINE / 2, box.left() - SPACE.s, LINE), side, words)
        painter.drawText(
            QRectF(box.left(), box.bottom() + LINE + 2, box.width(), LINE),
            Qt.AlignmentFlag.AlignHCenter,
            ALONG[look.along],
        )

    def _line(self, painter: QPainter, *ends: float) -> None:
        painter.setPen(QPen(QColor(self.colors.grid), 1))
        painter.drawLine(*(round(one) for one in ends))
        painter.setPen(QColor(self.colors.muted))

    def _paint_curves(self, painter: QPainter, box: QRectF) -> None:
        (left, right), (bottom, top) = self.plot.seen()
        look, device = self.plot.look, painter.device()
        assert device is not None
        ratio = 1.0 if isinstance(device, QSvgGenerator) else SHARP
        ends = {"left": left, "right": right, "bottom": bottom, "top": top}
        width, height = round(box.width() * ratio), round(box.height() * ratio)
        view = View(**ends, width=width, height=height, log=look.log, log_across=look.across)
        traces, bundles = self._copies()
        painter.save()
        painter.setClipRect(box)
        painter.translate(box.topLeft())
        painter.scale(1 / ratio, 1 / ratio)
        shown = [trace for trace in traces.values() if trace.shown and len(trace.curve.series)]
        paint_curves(painter, shown, list(bundles.values()), Sight(view, look, ratio))
        painter.restore()

    def _copies(self) -> tuple[dict[str, Trace], dict[str, Bundle]]:
        """The plot's curves and groups in other colors; what was computed for them is shared."""
        traces = {}
        for key, trace in self.plot.traces.items():
            copy = traces[key] = Trace(trace.curve)
            copy.smoothed, copy.shown = trace.smoothed, trace.shown
        bundles = {
            key: Bundle(bundle.group, [traces[one] for one in bundle.group.members if one in traces])
            for key, bundle in self.plot.bundles.items()
        }
        paint(traces, bundles, self.colors, lit=self.plot.lit)
        return traces, bundles

    def _named(self) -> list[tuple[str, int]]:
        """What the legend names: groups where there are some, else curves."""
        groups = [(one.group.name, one.group.color) for one in self.plot.bundles.values()]
        return groups or [(one.curve.name, one.curve.color) for one in self.plot.traces.values() if one.shown]


class _Names:
    """The legend, in as many lines as it takes."""

    def __init__(self, names: list[tuple[str, int]], width: float) -> None:
        metrics = QFontMetricsF(font(TYPE.small))
        shown = names[:MOST_NAMES]
        if len(names) > MOST_NAMES:
            shown = [*shown, (f"and {len(names) - MOST_NAMES} more", -1)]
        self._placed: list[tuple[float, int, str, int]] = []
        across, line = 0.0, 0
        for name, color in shown:
            wide = metrics.horizontalAdvance(name) + 40
            if across + wide > width and across:
                across, line = 0.0, line + 1
            self._placed.append((across, line, name, color))
            across += wide
        self.height = (line + 1) * LINE + SPACE.m

    def paint(self, painter: QPainter, corner: QRectF, colors: Colors) -> None:
        painter.setFont(font(TYPE.small))
        for across, line, name, color in self._placed:
            x, y = corner.left() + across, corner.top() + line * LINE + LINE / 2
            if color >= 0:
                painter.setPen(QPen(QColor(colors.series[color % len(colors.series)]), 3))
                painter.drawLine(round(x), round(y), round(x + 14), round(y))
            painter.setPen(QColor(colors.text))
            painter.drawText(QRectF(x + 20, y - LINE / 2, 1000, LINE), Qt.AlignmentFlag.AlignVCenter, name)


def _ticks(axis: Any, low: float, high: float, size: float) -> list[tuple[float, str]]:
    """Where ticks stand within a range, and what is written there."""
    found = []
    for spacing, places in axis.tickValues(low, high, size):
        words = axis.tickStrings(list(places), 1.0, spacing)
        found += [(float(place), text) for place, text in zip(places, words, strict=True) if low <= place <= high]
    return found
