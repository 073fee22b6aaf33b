"""Curves and bands, painted one after the other: all at once where they are few, and bit by bit where they are many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter
from typing import Any, NamedTuple

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


def paint_curves(painter: QPainter, traces: Sequence[Trace], bundles: Sequence[Bundle], sight: Sight) -> None:
    """Paint in the sight's pixels."""
    for _ in painting(lambda: painter, traces, bundles, sight):
        pass


def painting(
    painter: Callable[[], QPainter], traces: Sequence[Trace], bundles: Sequence[Bundle], sight: Sight
) -> Iterator[None]:
    """What lies behind, the members of groups, bands, lines, means: one a step, with the painter of that moment."""
    view, look, ratio = sight
    broad = breadth(len(traces))
    for trace in traces:
        trace.draw_up(view, look.along)
        trace.paint_back(painter())
        yield
    for trace in (one for one in traces if one.faint):
        trace.paint_front(painter(), view, ratio)
        yield
    for bundle in bundles:
        bundle.draw_up(view, look.along, look.spread)
        bundle.paint_back(painter(), VEIL if len(bundles) <= FEW else VEIL // 2)
        yield
    for trace in (one for one in traces if not one.faint):
        trace.paint_front(painter(), view, ratio, broad=broad)
        yield
    for bundle in bundles:
        bundle.paint_front(painter(), ratio)


def breadth(count: int) -> float:
    """How broad lines are where there are so many."""
    return BROAD if count <= MANY else THIN if count <= CROWD else 1.0


class Picture:
    """A picture of many curves in the making.

    Args:
        traces: what is painted, in order.
        bundles: what is painted around and over them.
        sight: what is seen.
    """

    def __init__(self, traces: Sequence[Trace], bundles: Sequence[Bundle], sight: Sight) -> None:
        self.sight = sight
        self.parts = (*traces, *bundles)
        self.stamp = stamp(traces, bundles, sight)
        """What it showed when it was begun; it is newer where curves grew meanwhile."""
        self._pixmap = QPixmap(sight.view.width, sight.view.height)
        self._pixmap.fill(Qt.GlobalColor.transparent)
        self._painter = QPainter()
        self._steps = painting(lambda: self._painter, traces, bundles, sight)

    def shows(self, traces: Sequence[Trace], bundles: Sequence[Bundle], sight: Sight) -> bool:
        """Whether it is of these curves as they are seen now, however far they went when it was begun."""
        return self.sight == sight and self.parts == (*traces, *bundles)

    def go_on(self, end: float) -> bool:
        """Paint until that moment; whether it is whole."""
        self._painter.begin(self._pixmap)
        try:
            for _ in self._steps:
                if perf_counter() > end:
                    return False
        finally:
            self._painter.end()
        return True

    def show(self, painter: QPainter, sight: Sight) -> None:
        """Put it where its stretch lies in what is seen now, in pixels of the screen."""
        there, here = self.sight.view, sight.view
        across = here.width / (here.right - here.left)
        down = here.height / (here.top - here.bottom)
        place = QRectF(
            (there.left - here.left) * across,
            (here.top - there.top) * down,
            (there.right - there.left) * across,
            (there.top - there.bottom) * down,
        )
        painter.drawPixmap(place, self._pixmap, QRectF(self._pixmap.rect()))


def stamp(traces: Sequence[Trace], bundles: Sequence[Bundle], sight: Sight) -> tuple[Any, ...]:
    """Another one whenever something is to be painted otherwise."""
    view, look, ratio = sight
    return (
        view,
        look,
        ratio,
        *(one.stamp(view, look.along) for one in traces),
        *(one.stamp(look.along, look.spread) for one in bundles),
    )
