"""The mean of several runs with the band they span: pure numbers, for any axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from engine.runs.student import quantile
from studio.curves.buffer import Floats
from studio.curves.seen import View

Spread: TypeAlias = Literal["interval", "range"]
"""What a band shows: the 95 % interval of the mean, or all from the lowest to the highest."""
CONFIDENCE = 0.95
MOST = 4096
"""Places at which runs whose points lie at different places are compared: more than a screen has columns."""


class Band(NamedTuple):
    """Mean, lower and upper end at ascending places, each float64 (places,); NaN where there are too few runs."""

    places: Floats
    mean: Floats
    low: Floats
    high: Floats


class Outline(NamedTuple):
    """A band in pixels: closed areas and lines, float64 (points, 2) each."""

    areas: tuple[Floats, ...]
    lines: tuple[Floats, ...]


def band(members: Sequence[tuple[Floats, Floats]], spread: Spread) -> Band:
    """Sum up runs, each given as ascending places and the values there, both float64 (points,).

    Runs with points at the same places are compared point by point; others on straight lines between their points, at
    most at `MOST` places, and never beyond their ends. The interval is Student's t (two-sided, 95 %) around the mean,
    for the number of runs that have a value there; a single run has none.
    """
    members = [(places, values) for places, values in members if len(places)]
    if not members:
        return Band(*(np.empty(0) for _ in Band._fields))
    places = members[0][0]
    if all(np.array_equal(places, one) for one, _ in members[1:]):
        table = np.stack([values for _, values in members])
    else:
        places = _shared_places([one for one, _ in members])
        table = np.stack([np.interp(places, *one, left=np.nan, right=np.nan) for one in members])
    return Band(places, *_spread(table, spread))


def outline(found: Band, view: View) -> Outline:
    """The band as it meets the eye: where several places share a column of pixels, all that they span."""
    places, mean, low, high = found
    if len(places) > 2 * view.width:
        edges = np.searchsorted(places, view.edges)
        starts = np.unique(edges[:-1][edges[1:] > edges[:-1]])
        if not len(starts):
            return Outline((), ())
        end = int(edges[-1])
        places, mean = places[starts], np.add.reduceat(mean[:end], starts) / np.diff([*starts, end])
        low, high = np.fmin.reduceat(low[:end], starts), np.fmax.reduceat(high[:end], starts)
    across = view.across(places)
    down, top, bottom = view.down(mean), view.down(high), view.down(low)
    return Outline(_areas(across, top, bottom), _pieces(np.column_stack((across, down))))


def _shared_places(every: Sequence[Floats]) -> Floats:
    places = np.unique(np.concatenate(every))
    if len(places) > MOST:
        places = places[np.linspace(0, len(places) - 1, MOST).astype(np.int64)]
    return places


def _spread(table: Floats, spread: Spread) -> tuple[Floats, Floats, Floats]:
    known = ~np.isnan(table)
    counts = known.sum(axis=0)
    filled = np.where(known, table, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(counts > 0, filled.sum(axis=0) / counts, np.nan)
        if spread == "range":
            several = counts > 1
            low, high = np.fmin.reduce(table, axis=0), np.fmax.reduce(table, axis=0)
            return mean, np.where(several, low, np.nan), np.where(several, high, np.nan)
        squares = (np.where(known, table - mean, 0.0) ** 2).sum(axis=0)
        half = _quantiles(len(table))[counts] * np.sqrt(squares / (counts - 1) / counts)
    return mean, mean - half, mean + half


def _quantiles(most: int) -> Floats:
    """By the number of values, how many standard errors the interval reaches to each side; NaN for 0 and 1."""
    return np.array([np.nan, np.nan, *(quantile(CONFIDENCE, count - 1) for count in range(2, most + 1))])


def _areas(across: Floats, top: Floats, bottom: Floats) -> tuple[Floats, ...]:
    upper = _pieces(np.column_stack((across, top)))
    lower = _pieces(np.column_stack((across, bottom)))
    return tuple(np.concatenate((one, other[::-1])) for one, other in zip(upper, lower, strict=True))


def _pieces(points: Floats) -> tuple[Floats, ...]:
    """The stretches between missing points."""
    missing = np.isnan(points).any(axis=1)
    if not missing.any():
        return (points,) if len(points) else ()
    pieces = np.split(points, np.flatnonzero(missing))
    return tuple(kept for piece in pieces if len(kept := piece[~np.isnan(piece).any(axis=1)]))
