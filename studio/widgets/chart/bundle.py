"""Several curves on the plot as one: their mean and the band they span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtGui import QColor, QPainter

from studio.curves import Along, Band, Outline, Spread, View, band, outline
from studio.theme import DARK
from studio.widgets.chart.strokes import fill, stroke_path
from studio.widgets.chart.trace import Trace

BOLD = 2.2


@dataclass(frozen=True, kw_only=True)
class Group:
    """Curves that are summed up.

    Args:
        key: tells it from the chart's others, groups and curves.
        name: what legend and readout call it.
        members: keys of the curves.
        color: a place in the theme's cycle of ten series colors.
    """

    key: str
    name: str
    members: tuple[str, ...]
    color: int = 0


class Bundle:
    """How a group is painted."""

    def __init__(self, group: Group, traces: Sequence[Trace]) -> None:
        self.group = group
        self.traces = tuple(traces)
        self.ink = DARK.muted
        self.band = band((), "range")
        self._summed: tuple[Any, ...] = ()
        self._drawn_for: tuple[Any, ...] = ()
        self._outline = Outline((), ())

    def stamp(self, along: Along, spread: Spread) -> tuple[Any, ...]:
        """Changes whenever it is to be painted otherwise."""
        return (*self._content(along, spread), self.ink)

    def sum_up(self, along: Along, spread: Spread) -> Band:
        """Bring the band up to date with its members."""
        content = self._content(along, spread)
        if content != self._summed:
            self._summed = content
            self.band = band([_points(trace, along) for trace in self.traces if trace.shown], spread)
        return self.band

    def _content(self, along: Along, spread: Spread) -> tuple[Any, ...]:
        lines = (trace.line for trace in self.traces if trace.shown)
        return (along, spread, tuple((line, line.version) for line in lines))

    def draw_up(self, view: View, along: Along, spread: Spread) -> None:
        """Decide what will be painted."""
        found = self.sum_up(along, spread)
        if (view, self._summed) != self._drawn_for:
            self._drawn_for = (view, self._summed)
            self._outline = outline(found, view)

    def paint_back(self, painter: QPainter, density: int) -> None:
        """Paint the band, so dense of 255."""
        veil = QColor(self.ink)
        veil.setAlpha(density)
        for area in self._outline.areas:
            fill(painter, area, veil)

    def paint_front(self, painter: QPainter, ratio: float) -> None:
        """Paint the mean."""
        for line in self._outline.lines:
            stroke_path(painter, line, QColor(self.ink), BOLD * ratio)

    def at(self, place: float) -> tuple[float, float, float, float] | None:
        """Place, mean, lower and upper end nearest to a place; None beyond the ends."""
        found = self.band
        if not len(found.places):
            return None
        after = min(int(np.searchsorted(found.places, place)), len(found.places) - 1)
        before = max(after - 1, 0)
        near = before if place - found.places[before] < found.places[after] - place else after
        at, mean, low, high = (float(one[near]) for one in found)
        return (at, mean, low, high)


def _points(trace: Trace, along: Along) -> tuple[Any, Any]:
    line = trace.line
    return trace.curve.placed.axis(along).place(line.steps), np.array(line.values)
