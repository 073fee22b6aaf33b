"""A curve on the plot, painted in the pixels of what is seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import pyqtgraph
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from studio.curves import NOTHING, Along, Axis, Seen, Series, Sketch, Smoothed, View, sketch, trail
from studio.curves.buffer import Floats
from studio.theme import DARK

FINE = 300
"""Points up to which a path is stroked with a broad pen; beyond, stroking would cost more than a frame."""
BROAD = 1.8


class Placed(Protocol):
    """Whatever knows where steps stand along a chart, such as a run's record."""

    def axis(self, along: Along) -> Axis: ...


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A series on a chart.

    Args:
        key: tells it from the chart's others.
        name: what legend and readout call it.
        series: the points.
        placed: where its steps stand.
        color: a place in the theme's cycle of ten series colors.
        dots: mark every point, as for a value an epoch; such a curve is never smoothed.
    """

    key: str
    name: str
    series: Series
    placed: Placed
    color: int = 0
    dots: bool = False


class Trace:
    """How one curve is painted; what is painted is made anew only when points or view changed."""

    def __init__(self, curve: Curve) -> None:
        self.curve = curve
        self.smoothed: Smoothed | None = None
        self.shown = True
        self.ink = self.haze = DARK.muted
        """The curve's color, and the one in which it stands behind its smoothed self."""
        self._seen = Seen(curve.series)
        self._stamp: tuple[Any, ...] = ()
        self._raw = self._line = NOTHING

    def smooth(self, span: int) -> None:
        """Draw the moving average over so many points before the curve itself; 1 draws the curve alone."""
        if self.curve.dots or span <= 1:
            self.smoothed = None
        elif self.smoothed is None or self.smoothed.span != span:
            self.smoothed = Smoothed(self.curve.series, span)

    def draw_up(self, view: View, along: Along) -> None:
        """Decide what will be painted."""
        series, smoothed = self.curve.series, self.smoothed
        stamp = (view, along, series.version, series, smoothed, smoothed and smoothed.series.version)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        axis = self.curve.placed.axis(along)
        self._raw = sketch(self._seen, axis, view)
        self._line = trail(smoothed.series, self._seen, axis, view) if smoothed and smoothed.usable else NOTHING

    def paint_back(self, painter: QPainter) -> None:
        """Paint every point, where a smoothed line stands before them."""
        if self._line.paths:
            _paint(painter, self._raw, QColor(self.haze), broad=1.0)

    def paint_front(self, painter: QPainter, ratio: float) -> None:
        """Paint the line that the eye follows."""
        ink = QColor(self.ink)
        _paint(painter, self._line if self._line.paths else self._raw, ink, broad=BROAD * ratio)
        if self.curve.dots:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            for across, down in (point for path in self._raw.paths if len(path) <= FINE for point in path.tolist()):
                painter.drawEllipse(QPointF(across, down), 3.0 * ratio, 3.0 * ratio)


class Layer(pyqtgraph.GraphicsObject):
    """All traces of a plot, painted in the pixels of its view box: first what lies behind, then the lines.

    Args:
        traces: what to paint, in order.
        look: the view, what it is laid along, and the screen's pixels per pixel; None while there is no room.
    """

    def __init__(self, traces: Mapping[str, Trace], look: Callable[[], tuple[View, Along, float] | None]) -> None:
        super().__init__()
        self._traces, self._look = traces, look

    def boundingRect(self) -> QRectF:
        box = self.parentItem()
        return QRectF() if box is None else QRectF(box.rect())

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        look = self._look()
        if look is None:
            return
        view, along, ratio = look
        painter.setClipRect(self.boundingRect())
        painter.scale(1 / ratio, 1 / ratio)
        shown = [trace for trace in self._traces.values() if trace.shown and len(trace.curve.series)]
        for trace in shown:
            trace.draw_up(view, along)
            trace.paint_back(painter)
        for trace in shown:
            trace.paint_front(painter, ratio)


def _paint(painter: QPainter, drawn: Sketch, color: QColor, *, broad: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(_pen(color, 1))
    if len(drawn.columns):
        painter.drawLines(*_lines(drawn.columns).drawargs())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for path in drawn.paths:
        _paint_path(painter, path, color, broad)


def _paint_path(painter: QPainter, path: Floats, color: QColor, broad: float) -> None:
    if len(path) == 1:
        painter.setPen(_pen(color, max(broad, 1.5) * 2))
        painter.drawPoint(QPointF(*path[0].tolist()))
    elif len(path) <= FINE and broad > 1:
        painter.setPen(_pen(color, broad))
        painter.drawPolyline(_polygon(path))
    else:  # a pen one pixel wide has a fast way of its own: three side by side are one of two pixels
        painter.setPen(_pen(color, 1))
        for offset in (-0.45, 0.0, 0.45) if broad > 1 else (0.0,):
            painter.drawPolyline(_polygon(path + offset))


def _pen(color: QColor, width: float) -> QPen:
    pen = QPen(color, width)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _polygon(path: Floats) -> Any:
    return pyqtgraph.functions.arrayToQPolygonF(path[:, 0], path[:, 1])


def _lines(columns: Floats) -> Any:
    lines = PrimitiveArray(QLineF, 4)
    lines.resize(len(columns))
    lines.ndarray()[:] = columns
    return lines
