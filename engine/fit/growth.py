"""How a quantity grows with the batch: straight lines, and for a peak the highest of several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """`constant + per_sample · batch`."""

    constant: float
    per_sample: float
    gradients: int = 0
    """Bytes of the constant that are gradients."""

    def at(self, batch: int) -> float:
        """The value for so many samples."""
        return self.constant + self.per_sample * batch

    @classmethod
    def through(cls, first: tuple[int, float], second: tuple[int, float]) -> Line:
        """The line through two points, each a batch and a value."""
        slope = (second[1] - first[1]) / (second[0] - first[0])
        return cls(first[1] - slope * first[0], slope)


@dataclass(frozen=True, slots=True)
class Peak:
    """The most that was alive at any moment of a step. Which moment that is may depend on the batch."""

    lines: tuple[Line, ...]

    @classmethod
    def of(cls, moments: Iterable[Line]) -> Peak:
        """The peak over some moments; only those are kept that are the highest for some batch from 0 up."""
        return cls(tuple(_upper(sorted(moments, key=lambda one: (one.per_sample, one.constant)))))

    def moment(self, batch: int) -> Line:
        """The moment at which most is alive."""
        return max(self.lines, key=lambda one: one.at(batch))

    def at(self, batch: int) -> float:
        """Bytes alive at the peak."""
        return self.moment(batch).at(batch)


def _upper(lines: Sequence[Line]) -> list[Line]:
    """The upper envelope of lines in the order of their slopes, over batches from 0 up."""
    kept: list[Line] = []
    for line in lines:
        while kept and (kept[-1].constant <= line.constant or _hidden(kept, line)):
            kept.pop()
        kept.append(line)
    return kept


def _hidden(kept: Sequence[Line], line: Line) -> bool:
    """Whether the last line kept lies below its neighbors wherever it is above one of them."""
    return len(kept) > 1 and _crossing(kept[-2], line) <= _crossing(kept[-2], kept[-1])


def _crossing(flat: Line, steep: Line) -> float:
    return (flat.constant - steep.constant) / (steep.per_sample - flat.per_sample)
