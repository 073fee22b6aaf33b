"""What most values keep to, where a few lie so far out that the rest would be a line at the bottom."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from studio.curves.buffer import Floats

FAR = 3.0
"""Quartile distances beyond the quartiles from which on a value is far out (Tukey 1977, Exploratory Data Analysis)."""
DRAWN = 4096
"""Values of a curve that are looked at to find the quartiles."""
WORTH = 4.0
"""How many times as high the range would be with what is far out, for it to be worth leaving out: below that all is
seen well enough, and the steep beginning of a curve is no outlier."""


def fences(curves: Iterable[Floats]) -> tuple[float, float] | None:
    """The lowest and highest value that is not far out, over all curves; None where there are no values.

    Where what is far out does not squeeze the rest, nothing is left out.
    """
    drawn = [values[:: max(len(values) // DRAWN, 1)] for values in curves]
    found = np.concatenate([values[np.isfinite(values)] for values in drawn]) if drawn else np.empty(0)
    if not found.size:
        return None
    first, third = np.quantile(found, (0.25, 0.75))
    room = FAR * (third - first)
    kept = found[(found >= first - room) & (found <= third + room)]
    low, high = float(found.min()), float(found.max())
    if not kept.size or high - low <= WORTH * (kept.max() - kept.min()):
        return low, high
    return float(kept.min()), float(kept.max())


def beyond(curves: Iterable[Floats], low: float, high: float) -> tuple[int, int]:
    """How many values lie below and above."""
    below = above = 0
    for values in curves:
        below += int(np.count_nonzero(values < low))
        above += int(np.count_nonzero(values > high))
    return below, above
