"""All curves and bands of a plot, painted in the pixels of its view box."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pyqtgraph
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from studio.curves import View
from studio.widgets.chart.bundle import Bundle
from studio.widgets.chart.look import Look
from studio.widgets.chart.trace import BROAD, Trace

MANY = 12
"""Curves from which on lines are thin, and a picture of them is kept: the pointer moves over it and paints none."""
THIN = 1.3
VEIL, FEW = 52, 2
"""How dense a band is, of 255, where there are at most so many: the grid and other bands are seen through it."""
CROWD = 60
"""Curves from which on they are drawn as finely as can be."""


class Sight(NamedTuple):
    """What a plot shows now: the stretch in view, how it is looked at, and the screen's pixels per pixel."""

    view: View
    look: Look
    ratio: float


def paint_curves(painter: QPainter, traces: list[Trace], bundles: list[Bundle], sight: Sight) -> None:
    """Paint in the sight's pixels: what lies behind, the members of groups, bands, lines, means."""
    view, look, ratio = sight
    for trace in traces:
        trace.draw_up(view, look.along)
        trace.paint_back(painter)
    broad = breadth(len(traces))
    for trace in (one for one in traces if one.faint):
        trace.paint_front(painter, view, ratio)
    for bundle in bundles:
        bundle.draw_up(view, look.along, look.spread)
        bundle.paint_back(painter, VEIL if len(bundles) <= FEW else VEIL // 2)
    for trace in (one for one in traces if not one.faint):
        trace.paint_front(painter, view, ratio, broad=broad)
    for bundle in bundles:
        bundle.paint_front(painter, ratio)


def breadth(count: int) -> float:
    """How broad lines are where there are so many."""
    return BROAD if count <= MANY else THIN if count <= CROWD else 1.0


class Layer(pyqtgraph.GraphicsObject):
    """The item of the scene that paints them.

    Args:
        traces: what to paint, in order.
        bundles: what to paint around and over them.
        sight: what is seen now; None while there is no room.
    """

    def __init__(
        self, traces: Mapping[str, Trace], bundles: Mapping[str, Bundle], sight: Callable[[], Sight | None]
    ) -> None:
        super().__init__()
        self._traces, self._bundles, self._sight = traces, bundles, sight
        self._stamp: tuple[Any, ...] = ()
        self._picture = QPixmap()

    def boundingRect(self) -> QRectF:
        box = self.parentItem()
        return QRectF() if box is None else QRectF(box.rect())

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        sight = self._sight()
        if sight is None:
            return
        shown = [trace for trace in self._traces.values() if trace.shown and len(trace.curve.series)]
        bundles = list(self._bundles.values())
        painter.setClipRect(self.boundingRect())
        if len(shown) <= MANY:
            self._stamp, self._picture = (), QPixmap()
            painter.scale(1 / sight.ratio, 1 / sight.ratio)
            paint_curves(painter, shown, bundles, sight)
        else:
            painter.drawPixmap(0, 0, self._kept(shown, bundles, sight))

    def _kept(self, shown: list[Trace], bundles: list[Bundle], sight: Sight) -> QPixmap:
        for trace in shown:
            trace.draw_up(sight.view, sight.look.along)
        for bundle in bundles:
            bundle.draw_up(sight.view, sight.look.along, sight.look.spread)
        stamp = (sight.ratio, *(one.stamp for one in shown), *(one.stamp for one in bundles))
        if stamp != self._stamp:
            self._stamp = stamp
            self._picture = QPixmap(sight.view.width, sight.view.height)
            self._picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._picture)
            paint_curves(painter, shown, bundles, sight)
            painter.end()
            self._picture.setDevicePixelRatio(sight.ratio)
        return self._picture


class Spotlight(pyqtgraph.GraphicsObject):
    """The one curve that the pointer is next to, over all others."""

    def __init__(self, sight: Callable[[], Sight | None]) -> None:
        super().__init__()
        self.setZValue(900)
        self.trace: Trace | None = None
        self._sight = sight

    def show_trace(self, trace: Trace | None) -> None:
        """Bring a curve to the front; None for none."""
        if trace is not self.trace:
            self.trace = trace
            self.update()

    def boundingRect(self) -> QRectF:
        box = self.parentItem()
        return QRectF() if box is None else QRectF(box.rect())

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        sight = self._sight()
        if sight is None or self.trace is None:
            return
        painter.setClipRect(self.boundingRect())
        painter.scale(1 / sight.ratio, 1 / sight.ratio)
        self.trace.draw_up(sight.view, sight.look.along)
        faint, self.trace.faint = self.trace.faint, False
        self.trace.paint_front(painter, sight.view, sight.ratio, broad=1.5 * BROAD)
        self.trace.faint = faint
