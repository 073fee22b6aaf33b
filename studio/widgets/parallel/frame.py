"""Where axes, titles and brushes stand on the widget, and what a pointer is over: pure functions of sizes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from studio.widgets.parallel.brushes import Range

TITLE = 44
"""Pixels above the axes, for their titles."""
BELOW = 34
"""Pixels below them, for what has no value there."""
SIDE = 64
REACH = 14
"""How far beside an axis a pointer still is on it."""
GRIP = 5
"""How far from a brush's end a pointer takes hold of it."""
MARGIN = 8

Part: TypeAlias = Literal["title", "axis", "lines"]
Hold: TypeAlias = Literal["low", "high", "whole"]


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A widget of some size with some axes."""

    width: int
    height: int
    axes: int

    @property
    def top(self) -> int:
        return TITLE

    @property
    def bottom(self) -> int:
        return max(self.height - BELOW, TITLE + 20)

    @property
    def nowhere(self) -> int:
        """Where lines pass that have no value on an axis, from above."""
        return self.bottom + BELOW // 2

    @property
    def step(self) -> float:
        """Pixels between two axes."""
        return max(self.width - 2 * SIDE, 40) / max(self.axes - 1, 1)

    def across(self, at: int) -> float:
        """Where an axis stands, from the left."""
        return self.width / 2 if self.axes == 1 else SIDE + at * self.step

    def down(self, place: float) -> float:
        """Where a place from 0 to 1 lies, from above."""
        return self.bottom - place * (self.bottom - self.top)

    def place(self, down: float) -> float:
        """And back, within 0 and 1."""
        return min(max((self.bottom - down) / (self.bottom - self.top), 0.0), 1.0)

    def lines(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Places of things × axes, as pixels from above; what has no value passes below."""
        found = self.bottom - places * (self.bottom - self.top)
        return np.where(np.isfinite(found), found, float(self.nowhere))

    def over(self, x: float, y: float) -> tuple[Part, int]:
        """What a pointer is over, and the nearest axis."""
        at = min(max(round((x - self.across(0)) / self.step), 0), self.axes - 1) if self.axes > 1 else 0
        if y < self.top - MARGIN:
            return "title", at
        near = abs(x - self.across(at)) <= REACH and y <= self.bottom + MARGIN
        return ("axis" if near else "lines"), at

    def held(self, ranges: tuple[Range, ...], y: float) -> tuple[int, Hold] | None:
        """The brush that a pointer takes hold of, and by which part."""
        for at, (low, high) in enumerate(ranges):
            above, below = self.down(high), self.down(low)
            if abs(y - above) <= GRIP:
                return at, "high"
            if abs(y - below) <= GRIP:
                return at, "low"
            if above < y < below:
                return at, "whole"
        return None
