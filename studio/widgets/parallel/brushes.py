"""Ranges that were brushed along axes, and what they choose: pure values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from studio.widgets.scale import Dimension

Range = tuple[float, float]


@dataclass(frozen=True)
class Brushes:
    """Ranges by the key of their axis, each from 0 (below) to 1; on one axis any of them, over the axes all."""

    ranges: Mapping[str, tuple[Range, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.ranges.values())

    def of(self, key: str) -> tuple[Range, ...]:
        """The ranges on an axis, from below."""
        return self.ranges.get(key, ())

    def put(self, key: str, *ranges: Range) -> Brushes:
        """The same with these ranges on an axis in place of what was there; those that touch become one."""
        joined: list[Range] = []
        for low, high in sorted((min(one), max(one)) for one in ranges):
            if joined and low <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
            else:
                joined.append((max(low, 0.0), min(high, 1.0)))
        kept = {name: some for name, some in self.ranges.items() if name != key}
        return Brushes({**kept, key: tuple(joined)} if joined else kept)

    def only(self, keys: Sequence[str]) -> Brushes:
        """Without the brushes of axes that are gone."""
        return Brushes({name: some for name, some in self.ranges.items() if name in keys})

    def chosen(self, places: Mapping[str, NDArray[np.float64]], count: int) -> NDArray[np.bool_]:
        """Which of `count` things they choose; without any brush all. What has no value is in no range."""
        found = np.ones(count, bool)
        for key, ranges in self.ranges.items():
            if ranges and key in places:
                at = places[key]
                within = [(at >= low - 1e-9) & (at <= high + 1e-9) for low, high in ranges]
                found &= np.logical_or.reduce(within)
        return found


def moved(ranges: Sequence[Range], at: int, by: float) -> tuple[Range, ...]:
    """The ranges with one of them moved, not over the ends of the axis."""
    low, high = ranges[at]
    by = min(max(by, -low), 1 - high)
    return tuple((low + by, high + by) if place == at else one for place, one in enumerate(ranges))


def said(dimension: Dimension, one: Range) -> str:
    """A range in words: `0.001 – 0.01`."""
    ends = sorted(one, reverse=dimension.flipped)
    return " – ".join(dict.fromkeys(dimension.said(end) for end in ends))
