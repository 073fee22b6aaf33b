"""A curve in machine numbers, without NumPy: 16 bytes a point."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence


class Line:
    """Values at steps that never go down."""

    __slots__ = ("steps", "values")

    def __init__(self) -> None:
        self.steps = array("d")
        self.values = array("d")

    def __len__(self) -> int:
        return len(self.values)

    @property
    def measured(self) -> array[float]:
        """The values, whatever they are."""
        return self.values

    def append(self, steps: Sequence[float], values: Sequence[float]) -> None:
        """Add points; their steps must not lie before the last one's."""
        self.steps.extend(steps)
        self.values.extend(values)

    def hold(self, steps: Sequence[float], values: Sequence[float]) -> None:
        """Take over the first points."""
        self.append(steps, values)

    def truncate(self, step: float) -> None:
        """Take away the points after a step."""
        count = bisect_right(self.steps, step)
        del self.steps[count:], self.values[count:]
