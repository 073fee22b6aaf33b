"""The items of a plot's scene that paint its curves, in the pixels of its view box."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pyqtgraph
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from studio.widgets.chart.bundle import Bundle
from studio.widgets.chart.picture import MANY, Picture, Sight, paint_curves, stamp
from studio.widgets.chart.trace import BROAD, Trace


class Layer(pyqtgraph.GraphicsObject):
    """All curves and bands.

    Of many curves a picture is kept, which `prepare` paints bit by bit. Until it is whole the one before is seen,
    moved to where its stretch lies now.

    Args:
        traces: what to paint, in order.
        bundles: what to paint around and over them.
        sight: what is seen now; None while there is no room.
        wanted: called when there is a picture to be prepared.
    """

    def __init__(
        self,
        traces: Mapping[str, Trace],
        bundles: Mapping[str, Bundle],
        *,
        sight: Callable[[], Sight | None],
        wanted: Callable[[], object],
    ) -> None:
        super().__init__()
        self._traces, self._bundles, self._sight, self._wanted = traces, bundles, sight, wanted
        self._picture: Picture | None = None
        self._next: Picture | None = None

    def boundingRect(self) -> QRectF:
        box = self.parentItem()
        return QRectF() if box is None else QRectF(box.rect())

    def prepare(self, end: float) -> bool:
        """Bring the picture up to date until that moment; whether it is, or none is needed."""
        sight, shown, bundles = self._sight(), self._shown(), list(self._bundles.values())
        if sight is None or len(shown) <= MANY:
            self._picture = self._next = None
            return True
        if self._next is None or not self._next.shows(shown, bundles, sight):
            self._next = None if self._is_shown(shown, bundles, sight) else Picture(shown, bundles, sight)
        if self._next is not None and self._next.go_on(end):
            self._picture, self._next = self._next, None
        return self._next is None and self._is_shown(shown, bundles, sight)

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        sight = self._sight()
        if sight is None:
            return
        shown, bundles = self._shown(), list(self._bundles.values())
        painter.setClipRect(self.boundingRect())
        painter.scale(1 / sight.ratio, 1 / sight.ratio)
        if len(shown) <= MANY:
            paint_curves(painter, shown, bundles, sight)
            return
        if not self._is_shown(shown, bundles, sight):
            self._wanted()
        if (picture := self._picture or self._next) is not None:
            picture.show(painter, sight)

    def _shown(self) -> list[Trace]:
        return [trace for trace in self._traces.values() if trace.shown and len(trace.curve.series)]

    def _is_shown(self, shown: list[Trace], bundles: list[Bundle], sight: Sight) -> bool:
        return self._picture is not None and self._picture.stamp == stamp(shown, bundles, sight)


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
