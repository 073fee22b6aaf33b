"""A curve on the plot, drawn up in the pixels of what is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from PySide6.QtGui import QColor, QPainter

from studio.curves import NOTHING, Along, Axis, Kind, Seen, Series, Smoothing, View, sketch, smooth, trail
from studio.curves.buffer import Floats
from studio.theme import DARK
from studio.widgets.chart.strokes import dots, odd_marks, stroke

BROAD = 1.8
APART = 4
"""Pixels between two marks of one curve: of those nearer to each other one is seen."""


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
        dots: mark every point, as for a value an epoch.
        smooths: whether the chart's smoothing is for it.
        apart: steps from one point to the next, so that curves of epochs and of steps are smoothed over the same steps.
    """

    key: str
    name: str
    series: Series
    placed: Placed
    color: int = 0
    dots: bool = False
    smooths: bool = True
    apart: float = 1


class Trace:
    """How one curve is painted; what is painted is made anew only when points or view changed."""

    def __init__(self, curve: Curve) -> None:
        self.curve = curve
        self.smoothed: Smoothing | None = None
        self._kind: Kind = "average"
        self.shown = True
        self.faint = False
        """Whether it stands behind its group's band."""
        self.ink = self.haze = DARK.muted
        """The curve's color, and the one in which it stands behind its smoothed self."""
        self._seen = Seen(curve.series)
        self._drawn: tuple[Any, ...] = ()
        self._raw = self._line = NOTHING
        self._odd: Floats = np.empty((0, 2))

    def stamp(self, view: View, along: Along) -> tuple[Any, ...]:
        """Changes whenever it is to be painted otherwise."""
        return (*self._content(view, along), self.ink, self.haze, self.faint)

    @property
    def line(self) -> Series:
        """The series that the eye follows: the smoothed one where there is one."""
        smoothed = self.smoothed
        return smoothed.series if smoothed is not None and smoothed.usable else self.curve.series

    def smooth(self, span: int, kind: Kind = "average") -> None:
        """Draw a smooth line over so many steps before the curve itself; 1 draws the curve alone."""
        span = round(span / self.curve.apart)
        if not self.curve.smooths or span <= 1:
            self.smoothed = None
        elif self.smoothed is None or (self.smoothed.span, self._kind) != (span, kind):
            self.smoothed, self._kind = smooth(self.curve.series, span, kind), kind

    def draw_up(self, view: View, along: Along) -> None:
        """Decide what will be painted."""
        series, smoothed = self.curve.series, self.smoothed
        content = self._content(view, along)
        if content == self._drawn:
            return
        self._drawn = content
        axis = self.curve.placed.axis(along)
        self._raw = sketch(self._seen, axis, view)
        self._line = trail(smoothed.series, self._seen, axis, view) if smoothed and smoothed.usable else NOTHING
        self._odd = _odd(series, axis, view)

    def _content(self, view: View, along: Along) -> tuple[Any, ...]:
        series, smoothed = self.curve.series, self.smoothed
        return (view, along, series.version, series, smoothed, smoothed and smoothed.series.version)

    def paint_back(self, painter: QPainter) -> None:
        """Paint every point, where a smoothed line stands before them or soon will."""
        if self.smoothed is not None and not self.faint:
            stroke(painter, self._raw, QColor(self.haze), broad=1.0)

    def paint_front(self, painter: QPainter, view: View, ratio: float, *, broad: float = BROAD) -> None:
        """Paint the line that the eye follows, and marks where it has no value."""
        ink = QColor(self.haze if self.faint else self.ink)
        drawn = self._raw if self.smoothed is None else self._line
        stroke(painter, drawn, ink, broad=1.0 if self.faint else broad * ratio)
        if self.curve.dots and not self.faint and broad >= BROAD:
            dots(painter, self._raw, QColor(self.ink if self.smoothed is None else self.haze), 1.7 * broad * ratio)
        odd_marks(painter, self._odd, QColor(self.ink), height=view.height, ratio=ratio)


def _odd(series: Series, axis: Axis, view: View) -> Floats:
    """Where in view values are that no line can show, in pixels across, and the values, float64 (marks, 2)."""
    steps, values = series.odd
    if not len(steps):
        return np.empty((0, 2))
    across = view.across(axis.place(steps))
    inside = (across >= 0) & (across <= view.width)
    found = np.column_stack((across[inside], values[inside]))
    bins = np.column_stack((found[:, 0] // APART, np.nan_to_num(found[:, 1], nan=0.0, posinf=1.0, neginf=-1.0)))
    return np.asarray(found[np.unique(bins, axis=0, return_index=True)[1]])
