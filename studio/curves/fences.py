"""What most values keep to, where a few lie so far out that the rest would be a line at the bottom."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from studio.curves.buffer import Floats

FAR = 3.0
"""Quartile distances beyond the quartiles from which on a value is far out (Tukey 1977, Exploratory Data Analysis)."""
DRAWN = 4096
"""Values of a curve that are looked at to find the quartiles."""


def fences(curves: Iterable[Floats]) -> tuple[float, float] | None:
    """The lowest and highest value that is not far out, over all curves; None where there are no values."""
    drawn = [values[:: max(len(values) // DRAWN, 1)] for values in curves]
    found = np.concatenate([values[np.isfinite(values)] for values in drawn]) if drawn else np.empty(0)
    if not found.size:
        return None
    first, third = np.quantile(found, (0.25, 0.75))
    room = FAR * (third - first)
    kept = found[(found >= first - room) & (found <= third + room)]
    return (float(kept.min()), float(kept.max())) if kept.size else (float(found.min()), float(found.max()))


def beyond(curves: Iterable[Floats], low: float, high: float) -> tuple[int, int]:
    """How many values lie below and above."""
    below = above = 0
    for values in curves:
        below += int(np.count_nonzero(values < low))
        above += int(np.count_nonzero(values > high))
    return below, above
