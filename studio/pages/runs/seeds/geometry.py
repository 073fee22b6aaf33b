"""Where dots and intervals lie on a line of values; without painting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf, isfinite, log10

ROOM = 0.06
"""How much of the range is left free at each side."""

STOREYS = (0, 1, -1, 2, -2)


@dataclass(frozen=True, slots=True)
class Scale:
    """A line of values between two pixels."""

    low: float
    high: float
    left: float
    right: float

    def place(self, value: float) -> float:
        """The pixel of a value, held within the line."""
        share = (value - self.low) / (self.high - self.low)
        return self.left + min(1.0, max(0.0, share)) * (self.right - self.left)

    def ticks(self, most: int = 6) -> list[float]:
        """Round values along the line, at most so many."""
        span = self.high - self.low
        raw = span / max(1, most - 1)
        size = 10.0 ** floor(log10(raw))
        step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw)
        first = ceil(self.low / step)
        return [place * step for place in range(first, floor(self.high / step) + 1)]


def scale_over(values: Iterable[float], *, left: float, right: float) -> Scale:
    """A line that holds all of these; one that would be a point is widened."""
    found = [value for value in values if isfinite(value)] or [0.0, 1.0]
    low, high = min(found), max(found)
    free = ROOM * (high - low) or abs(high) * 0.05 or 0.5
    return Scale(low - free, high + free, left, right)


def spread_apart(places: Sequence[float], *, width: float) -> list[int]:
    """For each dot the storey on which it lies, so that none covers another: 0 on the line, then 1, -1, 2, …"""
    found, last = [0] * len(places), dict[int, float]()
    for at in sorted(range(len(places)), key=lambda at: places[at]):
        free = (storey for storey in STOREYS if places[at] - last.get(storey, -inf) >= width)
        found[at] = next(free, 0)
        last[found[at]] = places[at]
    return found
