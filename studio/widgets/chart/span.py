"""Which stretch shows all of some curves: pure functions of what is on a chart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from studio.curves import Band, Series, beyond, fences
from studio.curves.buffer import Floats
from studio.widgets.chart.look import Look
from studio.widgets.chart.trace import Curve
from studio.widgets.chart.words import number

Range = tuple[float, float]
ROOM = 0.06
"""Share of the height that stays free above and below."""
EDGE = 0.006
"""Share of the width that stays free at the right, so that the last dot is whole."""
GRAIN = 50
"""The end of the range moves on in such parts of it, so that not every new point moves the whole picture."""
FIRST = 64
"""Points of a curve among which the first one with a logarithm is looked for."""


def everything(curves: Sequence[Curve], look: Look, bands: Iterable[Band] = ()) -> tuple[Range, Range] | None:
    """The range along, and that of the values, in which all is seen; None where there is nothing to see.

    On logarithmic axes both are powers of ten.
    """
    along, values = across(curves, look), upright((curve.series for curve in curves), look)
    if along is None or values is None:
        return None
    return along, values if look.log or look.robust else _around(values, bands)


def across(curves: Iterable[Curve], look: Look) -> Range | None:
    """The range along in which all curves are seen."""
    ends = [_ends(curve, look) for curve in curves if len(curve.series)]
    if not ends:
        return None
    left, right = min(one for one, _ in ends), max(one for _, one in ends)
    if look.along == "clock":
        return left, right + (max(right - left, 1.0)) * EDGE
    if look.across:
        low, high = math.log10(left), math.log10(max(right, left))
        return low, max(high, low + 0.1) + EDGE * (high - low)
    return 0.0, _rounded_up(right) * (1 + EDGE)


def upright(series: Iterable[Series], look: Look) -> Range | None:
    """The range of values in which all of some series are seen, or all but what lies far out."""
    if look.robust:
        found = fences(_seen_values(one, log=look.log) for one in series)
        return None if found is None else _with_room(*found)
    bounds = [found for one in series if (found := _bounds(one, log=look.log)) is not None]
    return _with_room(min(low for low, _ in bounds), max(high for _, high in bounds)) if bounds else None


def within(curves: Iterable[Curve], look: Look, left: float, right: float) -> Range | None:
    """The range of values of what lies in a stretch along, its ends given as on the axis."""
    lows, highs = [], []
    for curve in curves:
        ends = np.array([left, right])
        places = curve.series.places(curve.placed.axis(look.along).step(10**ends if look.across else ends))
        columns = curve.series.columns(places)
        lows.append(columns.low[0])
        highs.append(columns.high[0])
    kept = [one for one in (*lows, *highs) if not math.isnan(one) and (one > 0 or not look.log)]
    if not kept:
        return None
    low, high = min(kept), max(kept)
    return _with_room(math.log10(low), math.log10(high)) if look.log else _with_room(low, high)


def left_out(series: Iterable[Series], look: Look, seen: Range) -> str:
    """What a range leaves out of the values, in words; empty when it leaves out nothing."""
    every = list(series)
    low, high = (10 ** seen[0], 10 ** seen[1]) if look.log else seen
    below, above = beyond([one.values for one in every], low, high)
    bounds = [found for one in every if (found := one.bounds()) is not None]
    said = []
    if above:
        said.append(f"↑ {above:,} {_points(above)} above, up to {number(max(one for _, one in bounds))}")
    if below and not look.log:
        said.append(f"↓ {below:,} {_points(below)} below, down to {number(min(one for one, _ in bounds))}")
    return "   ".join(said)


def _around(values: Range, bands: Iterable[Band]) -> Range:
    """A range made as wide as bands that leave it."""
    low, high = values
    for one in bands:
        if (~np.isnan(one.low)).any():
            low, high = min(low, float(np.nanmin(one.low))), max(high, float(np.nanmax(one.high)))
    return low, high


def _points(count: int) -> str:
    return "point" if count == 1 else "points"


def _ends(curve: Curve, look: Look) -> Range:
    places = curve.placed.axis(look.along).place(curve.series.steps[[0, -1]])
    if not look.across:
        return float(places[0]), float(places[1])
    first = curve.placed.axis(look.along).place(curve.series.steps[:FIRST])
    positive = first[first > 0]
    left = float(positive[0]) if len(positive) else 1.0
    return left, max(float(places[1]), left)


def _seen_values(series: Series, *, log: bool) -> Floats:
    if not log:
        return series.values
    values = series.values
    return np.asarray(np.log10(values[values > 0]))


def _bounds(series: Series, *, log: bool) -> Range | None:
    bounds = series.bounds()
    if bounds is None or not log:
        return bounds
    low, high = bounds
    if high <= 0:
        return None
    if low <= 0:
        values = series.values
        low = float(values[values > 0].min())
    return math.log10(low), math.log10(high)


def _with_room(low: float, high: float) -> Range:
    room = ROOM * (high - low) or 0.05 * abs(high) or 1.0
    return low - room, high + room


def _rounded_up(end: float) -> float:
    if end <= 0:
        return 1.0
    grain = 10 ** math.floor(math.log10(end)) / GRAIN
    return float(math.ceil(end / grain - 1e-9) * grain)
