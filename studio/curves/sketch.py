"""What of a curve meets the eye: its points where there is room for them, else what every column of pixels spans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from studio.curves.axis import Axis
from studio.curves.buffer import Floats, Places
from studio.curves.series import Columns, Series

DENSE = 2
"""Points per column of pixels from which on columns are drawn in place of points."""


@dataclass(frozen=True, kw_only=True)
class View:
    """The stretch of a chart that is seen, in pixels and in values; on a log chart bottom and top are powers of 10."""

    left: float
    right: float
    bottom: float
    top: float
    width: int
    height: int
    log: bool = False

    def across(self, places: Floats) -> Floats:
        """Pixels from the left."""
        return (places - self.left) * (self.width / (self.right - self.left))

    def down(self, values: Floats) -> Floats:
        """Pixels from the top; below zero there are no logarithms, only a place far down."""
        if self.log:
            with np.errstate(divide="ignore", invalid="ignore"):
                values = np.where(values > 0, np.log10(values), np.where(np.isnan(values), np.nan, -1e3))
        pixels = (self.top - values) * (self.height / (self.top - self.bottom))
        return np.clip(pixels, -9.0 * self.height, 10.0 * self.height)  # painters lose count far outside


class Sketch(NamedTuple):
    """Pixels to draw: upright lines, float64 (columns, 4), or paths through points, each float64 (points, 2)."""

    columns: Floats
    paths: tuple[Floats, ...]


def sketch(series: Series, axis: Axis, view: View) -> Sketch:
    """All of a series that is in view: no peak is left out, however many points share a pixel."""
    places = seen(series, axis, view)
    if places[-1] - places[0] <= DENSE * view.width:
        return Sketch(np.empty((0, 4)), _paths(series, axis, view, places))
    return Sketch(_columns(series.columns(places), view), ())


def trail(series: Series, axis: Axis, view: View) -> Sketch:
    """A smooth series that is in view, as paths: where many points share a pixel, through the last of each."""
    places = seen(series, axis, view)
    if places[-1] - places[0] <= DENSE * view.width:
        return Sketch(np.empty((0, 4)), _paths(series, axis, view, places))
    down = view.down(series.columns(places).last)
    across = np.arange(view.width) + 0.5
    return Sketch(np.empty((0, 4)), split(np.column_stack((across, down))[~np.isnan(down)]))


def seen(series: Series, axis: Axis, view: View) -> Places:
    """Where each column of pixels begins among the points, int64 (width + 1,)."""
    return series.places(axis.step(np.linspace(view.left, view.right, view.width + 1)))


def split(points: Floats) -> tuple[Floats, ...]:
    """Paths without their missing points (NaN), float64 (points, 2) each."""
    missing = np.isnan(points).any(axis=1)
    if not missing.any():
        return (points,) if len(points) else ()
    pieces = np.split(points, np.flatnonzero(missing))
    return tuple(kept for piece in pieces if len(kept := piece[~np.isnan(piece).any(axis=1)]))


def _paths(series: Series, axis: Axis, view: View, places: Places) -> tuple[Floats, ...]:
    first, last = max(int(places[0]) - 1, 0), int(places[-1]) + 1  # with the neighbors just out of sight
    across = view.across(axis.place(series.steps[first:last]))
    return split(np.column_stack((across, view.down(series.values[first:last]))))


def _columns(columns: Columns, view: View) -> Floats:
    """Lines from each column's highest to its lowest value, made longer where neighbors would not touch."""
    high, low = view.down(columns.high), view.down(columns.low)
    known = ~np.isnan(high)
    across, top, bottom = (np.arange(view.width) + 0.5)[known], high[known], low[known]
    reach = np.full(top.size, np.nan)
    reach[1:] = np.where(top[1:] > bottom[:-1], bottom[:-1], np.where(bottom[1:] < top[:-1], top[:-1], np.nan))
    top, bottom = np.fmin(top, reach), np.fmax(bottom, reach)
    return np.column_stack((across, top, across, np.maximum(bottom, top + 1)))
