"""Which stretch shows all of some curves, and what a curve says at a place: pure functions of a chart."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from studio.curves import Along, View
from studio.widgets.chart.readout import Reading
from studio.widgets.chart.trace import Curve, Trace
from studio.widgets.chart.words import number

Range = tuple[float, float]
ROOM = 0.06
"""Share of the height that stays free above and below."""
SLACK = 0.02
"""Share of the width by which the pointer may be beside a curve's end and still read it."""
EDGE = 0.006
"""Share of the width that stays free at the right, so that the last dot is whole."""
GRAIN = 50
"""The end of the range moves on in such parts of it, so that not every new point moves the whole picture."""


def everything(curves: Iterable[Curve], along: Along, *, log: bool) -> tuple[Range, Range] | None:
    """The range along, and that of the values, in which all curves are seen; None where there is nothing to see."""
    rights, lows, highs = [], [], []
    for curve in curves:
        rights.append(float(curve.placed.axis(along).place(curve.series.steps[-1:])[0]))
        bounds = _bounds(curve, log=log)
        if bounds is not None:
            lows.append(bounds[0])
            highs.append(bounds[1])
    if not lows:
        return None
    return (0.0, _rounded_up(max(rights)) * (1 + EDGE)), _with_room(min(lows), max(highs))


def _bounds(curve: Curve, *, log: bool) -> Range | None:
    bounds = curve.series.bounds()
    if bounds is None or not log:
        return bounds
    low, high = bounds
    if high <= 0:
        return None
    if low <= 0:
        values = curve.series.values
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


def reading(trace: Trace, place: float, view: View, along: Along, ratio: float) -> tuple[float, Reading | None]:
    """The curve's point nearest to a place: where it lies, and what it says, None when it says nothing there."""
    curve, axis = trace.curve, trace.curve.placed.axis(along)
    nearest = curve.series.nearest(float(axis.step(np.array([place]))[0]))
    if nearest is None or math.isnan(raw := float(curve.series.values[nearest])):
        return place, None
    value, beside = raw, ""
    smoothed = trace.smoothed
    if smoothed is not None and smoothed.usable and nearest < len(smoothed.series):
        value, beside = float(smoothed.series.values[nearest]), number(raw)
    ends = axis.place(curve.series.steps[[0, -1]])
    slack = SLACK * (view.right - view.left)
    if not ends[0] - slack <= place <= ends[1] + slack:
        return place, None
    at = float(axis.place(curve.series.steps[nearest : nearest + 1])[0])
    x = float(view.across(np.array([at]))[0]) / ratio
    y = float(view.down(np.array([value]))[0]) / ratio
    return at, Reading(curve.name, trace.ink, number(value), x, y, beside)
