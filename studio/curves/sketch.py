"""What of a curve meets the eye: its points where there is room for them, else what every column of pixels spans."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from studio.curves.axis import Axis
from studio.curves.buffer import Floats
from studio.curves.seen import Seen, View
from studio.curves.series import Columns, Series

DENSE = 2
"""Points per column of pixels from which on columns are drawn in place of points."""


class Sketch(NamedTuple):
    """Pixels to draw: upright lines, float64 (columns, 4), or paths through points, each float64 (points, 2)."""

    columns: Floats
    paths: tuple[Floats, ...]


NOTHING = Sketch(np.empty((0, 4)), ())


def sketch(seen: Seen, axis: Axis, view: View) -> Sketch:
    """All of a series that is in view: no peak is left out, however many points share a pixel."""
    if _sparse(seen.ends(axis, view), view):
        return Sketch(NOTHING.columns, _paths(seen.series, seen.ends(axis, view), axis, view))
    return Sketch(_columns(seen.look(axis, view).columns, view), ())


def trail(series: Series, seen: Seen, axis: Axis, view: View) -> Sketch:
    """A smooth series at the steps of another, as paths: where many points share a pixel, through the last of each."""
    if _sparse(seen.ends(axis, view), view):
        return Sketch(NOTHING.columns, _paths(series, seen.ends(axis, view), axis, view))
    places = seen.look(axis, view).places
    ends = np.minimum(places[1:], len(series))
    full = ends > places[:-1]
    across = (np.arange(view.width) + 0.5)[full]
    return Sketch(NOTHING.columns, split(np.column_stack((across, view.down(series.values[ends[full] - 1])))))


def split(points: Floats) -> tuple[Floats, ...]:
    """Paths without their missing points (NaN), float64 (points, 2) each."""
    missing = np.isnan(points).any(axis=1)
    if not missing.any():
        return (points,) if len(points) else ()
    pieces = np.split(points, np.flatnonzero(missing))
    return tuple(kept for piece in pieces if len(kept := piece[~np.isnan(piece).any(axis=1)]))


def _sparse(ends: tuple[int, int], view: View) -> bool:
    return ends[1] - ends[0] <= DENSE * view.width


def _paths(series: Series, ends: tuple[int, int], axis: Axis, view: View) -> tuple[Floats, ...]:
    first, last = max(ends[0] - 1, 0), ends[1] + 1  # with the neighbors just out of sight
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
