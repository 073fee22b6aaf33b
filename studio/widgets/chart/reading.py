"""What curves and bands say at a place along a chart: pure functions."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from studio.curves import Along
from studio.widgets.chart.bundle import Bundle
from studio.widgets.chart.picture import Sight
from studio.widgets.chart.trace import Trace
from studio.widgets.chart.words import clock, date, number

SLACK = 0.02
"""Share of the width by which the pointer may be beside a curve's end and still read it."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One curve's value next to the pointer, `x` and `y` in pixels of the plot."""

    key: str
    name: str
    color: str
    value: str
    x: float
    y: float
    at: float
    """Where the point lies along the chart."""
    point: int = -1
    """The point's place in its series; -1 for a band."""
    beside: str = ""
    """The value before smoothing, or how far a band reaches."""


def read_trace(trace: Trace, place: float, sight: Sight) -> Reading | None:
    """The curve's point nearest to a place; None when the curve says nothing there."""
    curve, axis = trace.curve, trace.curve.placed.axis(sight.look.along)
    nearest = curve.series.nearest(float(axis.step(np.array([place]))[0]))
    if nearest is None or not _near(axis.place(curve.series.steps[[0, -1]]), place, sight):
        return None
    return read_point(trace, nearest, sight)


def read_point(trace: Trace, point: int, sight: Sight) -> Reading:
    """What a curve says at a point of it."""
    curve, axis = trace.curve, trace.curve.placed.axis(sight.look.along)
    value, beside = curve.series.value(point), ""
    words = spoken(value)
    if trace.smoothed is not None and point < len(trace.line) and math.isfinite(value):
        value, beside = float(trace.line.values[point]), words
        words = spoken(value)
    at = float(axis.place(curve.series.steps[point : point + 1])[0])
    x, y = _pixels(at, value, sight)
    return Reading(
        key=curve.key, name=curve.name, color=trace.ink, value=words, x=x, y=y, at=at, point=point, beside=beside
    )


def read_bundle(bundle: Bundle, place: float, sight: Sight) -> Reading | None:
    """A group's mean and spread nearest to a place."""
    found = bundle.at(place)
    if found is None or math.isnan(found[1]):
        return None
    at, mean, low, high = found
    if not _near(bundle.band.places[[0, -1]], place, sight):
        return None
    beside = ""
    if not math.isnan(low):
        beside = f"± {high - mean:.2g}" if sight.look.spread == "interval" else f"{low:.3g} to {high:.3g}"
    x, y = _pixels(at, mean, sight)
    group = bundle.group
    return Reading(key=group.key, name=group.name, color=bundle.ink, value=number(mean), x=x, y=y, at=at, beside=beside)


def place_in_words(place: float, along: Along) -> str:
    """A place along a chart as a person would say it."""
    match along:
        case "clock":
            return date(place)
        case "time":
            return f"{clock(place)} trained"
        case "epoch":
            return f"Epoch {number(place) if place % 1 else int(place)}"
        case _:
            return f"Step {round(place):,}"


def spoken(value: float) -> str:
    """A value in figures, also where it is none."""
    if math.isnan(value):
        return "NaN"
    return number(value) if math.isfinite(value) else "∞" if value > 0 else "−∞"


def _near(ends: object, place: float, sight: Sight) -> bool:
    first, last = np.asarray(ends).tolist()
    if sight.look.across:
        first, last, place = (math.log10(one) if one > 0 else -math.inf for one in (first, last, place))
    slack = SLACK * (sight.view.right - sight.view.left)
    return bool(first - slack <= place <= last + slack)


def _pixels(at: float, value: float, sight: Sight) -> tuple[float, float]:
    view = sight.view
    x = float(view.across(np.array([at]))[0]) / sight.ratio
    if math.isfinite(value):
        return x, float(view.down(np.array([value]))[0]) / sight.ratio
    return x, (0.0 if value > 0 else view.height) / sight.ratio
