"""One curve: every point is kept, and any stretch of it is summed up exactly at the width of a screen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from studio.curves.buffer import Buffer, Floats, Places

BLOCK = 32
"""Points whose lowest and highest are kept ready. A column of the screen looks at whole blocks, and at points only
at its two ends."""

FEW = 4 * BLOCK
"""Points per column up to which looking at all of them is quicker than finding the blocks."""
AT_ONCE = 1 << 13
"""Points of all columns together up to which it is so too: those that a few new points lie in."""
NO_BOUNDS = (math.nan, math.nan)


class Columns(NamedTuple):
    """Lowest and highest value in each column of the screen, float64 (columns,); NaN where it has none."""

    low: Floats
    high: Floats


class Series:
    """Values at steps that never go down.

    A value that is no number (NaN) or infinite is a gap in the curve, and is kept beside it for its mark.

    Args:
        steps: the steps of another series that these values belong to, in place of steps of their own.
    """

    def __init__(self, *, steps: Buffer | None = None) -> None:
        self._shared = steps is not None
        self._steps = Buffer() if steps is None else steps
        self._values = Buffer()
        self._low = Buffer()
        self._high = Buffer()
        self._bounds: tuple[float, float] | None = NO_BOUNDS
        self._odd_places, self._odd_values = Buffer(), Buffer()
        self._held: tuple[Sequence[float], Sequence[float]] | None = None
        self._holds = 0
        self.version = 0
        """Changes whenever points do."""
        self.cuts = 0
        """Changes whenever points were taken away: whoever follows the series starts anew."""

    def __len__(self) -> int:
        return self._holds or len(self._values)

    @property
    def steps(self) -> Floats:
        """The points' steps, float64 (points,); to be read at once, as all views of a series."""
        self.take_in()
        return self._steps.view[: len(self)]

    @property
    def values(self) -> Floats:
        """The points' values, float64 (points,)."""
        self.take_in()
        return self._values.view

    @property
    def apart(self) -> float:
        """Steps from one point to the next, on the average; at least one."""
        steps = self._steps.view if self._held is None else self._held[0]
        return max(float(steps[len(self) - 1] - steps[0]) / (len(self) - 1), 1.0) if len(self) > 1 else 1.0

    def hold(self, steps: Sequence[float], values: Sequence[float]) -> None:
        """Take over the first points, from memory that stays as it is.

        They are summed up when somebody looks: of a run's curves most are never drawn.
        """
        assert not len(self), "these are the first points"
        self._held, self._holds = (steps, values), len(values)
        self.version += 1

    def append(self, steps: ArrayLike | range, values: ArrayLike) -> None:
        """Add points; their steps must not lie before the last one's."""
        self.take_in()
        self._append(steps, values)
        self.version += 1

    def take_in(self) -> bool:
        """Sum up what is held, as the first look does; whether there was anything, which takes a while."""
        if self._held is None:
            return False
        (steps, values), self._held, self._holds = self._held, None, 0
        self._append(steps, values)
        return True

    def _append(self, steps: ArrayLike | range, values: ArrayLike) -> None:
        if not self._shared:
            self._steps.append(np.arange(steps.start, steps.stop) if isinstance(steps, range) else steps)
        new = np.asarray(values, dtype=np.float64)
        if not (known := np.isfinite(new)).all():
            self._odd_places.append(np.flatnonzero(~known) + len(self))
            self._odd_values.append(new[~known])
            new = np.where(known, new, np.nan)
        self._values.append(new)
        self._sum_up()
        self._widen(new)

    def truncate(self, step: float) -> None:
        """Take away the points after a step."""
        self.keep(int(np.searchsorted(self.steps, step, side="right")))

    def keep(self, count: int) -> None:
        """Take away the points after the first `count`."""
        self.take_in()
        if count >= len(self):
            return
        if not self._shared:
            self._steps.truncate(count)
        self._values.truncate(count)
        self._low.truncate(count // BLOCK)
        self._high.truncate(count // BLOCK)
        odd = int(np.searchsorted(self._odd_places.view, count))
        self._odd_places.truncate(odd)
        self._odd_values.truncate(odd)
        self._bounds = None
        self.version += 1
        self.cuts += 1

    def sibling(self) -> Series:
        """An empty series for other values at the same steps."""
        return Series(steps=self._steps)

    def places(self, steps: ArrayLike) -> Places:
        """How many points lie before each of these steps, int64 (steps,)."""
        return np.searchsorted(self.steps, np.asarray(steps, dtype=np.float64), side="left").astype(np.int64)

    def nearest(self, step: float) -> int | None:
        """The place of the point nearest to a step, None where there are no points."""
        if not len(self):
            return None
        after = min(int(self.places([step])[0]), len(self) - 1)
        before = max(after - 1, 0)
        return before if step - self.steps[before] < self.steps[after] - step else after

    @property
    def odd(self) -> tuple[Floats, Floats]:
        """The steps of values that are no finite numbers, and those values: NaN, inf or -inf; each float64 (odd,)."""
        steps = self.steps
        return steps[self._odd_places.view.astype(np.int64)], self._odd_values.view

    @property
    def measured(self) -> Floats:
        """The points' values with those that are infinite, float64 (points,)."""
        self.take_in()
        if not len(self._odd_places):
            return self.values
        values = self.values.copy()
        values[self._odd_places.view.astype(np.int64)] = self._odd_values.view
        return values

    def value(self, place: int) -> float:
        """The value at a place as it was measured, finite or not."""
        self.take_in()
        at = int(np.searchsorted(self._odd_places.view, place))
        odd = at < len(self._odd_places) and self._odd_places.view[at] == place
        return float(self._odd_values.view[at] if odd else self.values[place])

    def bounds(self) -> tuple[float, float] | None:
        """Lowest and highest of all values, None where there is none."""
        self.take_in()
        if self._bounds is None:  # points were taken away
            self._bounds = NO_BOUNDS
            self._widen(self.values)
        low, high = self._bounds
        return None if math.isnan(low) else (low, high)

    def columns(self, places: Places) -> Columns:
        """Sum up the points between each two neighbors of ascending `places`, int64 (columns + 1,)."""
        self.take_in()
        starts, ends = places[:-1], places[1:]
        full = ends > starts
        columns = Columns(*(np.full(full.size, np.nan) for _ in Columns._fields))
        if full.any():
            columns.low[full], columns.high[full] = self._extremes(starts[full], ends[full])
        return columns

    def _widen(self, values: Floats) -> None:
        if values.size and self._bounds is not None:
            low, high = self._bounds
            self._bounds = float(np.fmin(low, np.fmin.reduce(values))), float(np.fmax(high, np.fmax.reduce(values)))

    def _sum_up(self) -> None:
        done, blocks = len(self._low), len(self) // BLOCK
        if blocks > done:
            rows = self._values.view[done * BLOCK : blocks * BLOCK].reshape(-1, BLOCK)
            self._low.append(np.fmin.reduce(rows, axis=1))
            self._high.append(np.fmax.reduce(rows, axis=1))

    def _extremes(self, starts: Places, ends: Places) -> tuple[Floats, Floats]:
        """Lowest and highest in each of the ranges `starts[i]:ends[i]`, one behind the other and none of them empty."""
        begin, end = int(starts[0]), int(ends[-1])
        if end - begin <= max(FEW * starts.size, AT_ONCE):
            values, cuts = self.values[begin:end], starts - begin
            return np.fmin.reduceat(values, cuts), np.fmax.reduceat(values, cuts)
        first, last = -(-starts // BLOCK), ends // BLOCK  # the blocks that lie wholly inside
        inside = last > first
        heads = np.where(inside, first * BLOCK, ends)
        tails = np.where(inside, last * BLOCK, ends)
        low, high = np.full(starts.size, np.nan), np.full(starts.size, np.nan)
        _reduce(self._low.view, first, np.where(inside, last, first), np.fmin, low)
        _reduce(self._high.view, first, np.where(inside, last, first), np.fmax, high)
        for one, other in ((starts, heads), (tails, ends)):
            _reduce(self.values, one, other, np.fmin, low)
            _reduce(self.values, one, other, np.fmax, high)
        return low, high


def _reduce(values: Floats, starts: Places, ends: Places, better: np.ufunc, found: Floats) -> None:
    """Improve `found[i]` by the values in `starts[i]:ends[i]`; an empty range changes nothing."""
    lengths = ends - starts
    full = lengths > 0
    if not full.any():
        return
    lengths, starts = lengths[full], starts[full]
    offsets = np.cumsum(lengths) - lengths
    chosen = np.arange(int(lengths.sum())) + np.repeat(starts - offsets, lengths)
    found[full] = better(found[full], better.reduceat(values[chosen], offsets))
