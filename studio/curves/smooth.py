"""A curve made smooth, brought up to date in slices that never hold the window."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np

from studio.curves.buffer import Floats
from studio.curves.gauss import Gaussian
from studio.curves.series import Series
from studio.curves.smoothing import Smoothing

LARGEST = 1e200
"""How large the powers of the weight may become within one stretch, far below what a float64 holds."""
LONGEST = 1 << 15
"""Points of a stretch at most."""


Kind: TypeAlias = Literal["average", "gaussian"]
"""How a curve is made smooth: by the exponential moving average of what came before, or by what lies around."""


def smooth(source: Series, span: int, kind: Kind) -> Smoothing:
    """Begin to smooth a series over about `span` points, more than one."""
    return Gaussian(source, span) if kind == "gaussian" else Smoothed(source, span)


class Smoothed(Smoothing):
    """The exponential moving average of a series over about `span` points, corrected for its start (Kingma and Ba 2015,
    Adam, section 3); so do TensorBoard's scalar charts, whose slider is the weight 1 - 2 / (span + 1).

    Missing values are passed over. The newest point has the weight 2 / (span + 1), so that the weights' center of mass
    lies where a plain average over `span` points has its own.
    """

    def __init__(self, source: Series, span: int) -> None:
        super().__init__(source, span)
        self._weight = 1 - 2 / (span + 1)
        self._stretch = min(max(int(math.log(LARGEST) / -math.log(self._weight)), 1), LONGEST)

    def catch_up(self, limit: int) -> int:
        """Compute at most `limit` more points; return how many were."""
        if not self.usable:
            self._restart()
        done = len(self.series)
        count = min(len(self.source) - done, limit)
        if count <= 0:
            return 0
        values = self.source.values[done : done + count]
        parts = [self._advance(values[at : at + self._stretch]) for at in range(0, count, self._stretch)]
        self.series.append((), np.concatenate(parts))
        return count

    def _restart(self) -> None:
        super()._restart()
        self._sum = 0.0
        self._share = 0.0

    def _advance(self, values: Floats) -> Floats:
        known = ~np.isnan(values)
        if not known.any():
            self._sum *= self._weight**values.size
            self._share *= self._weight**values.size
            return np.full(values.size, self._sum / self._share if self._share else np.nan)
        powers, alpha = _powers(self._weight, self._stretch)[: values.size], 1 - self._weight
        filled = values if known.all() else np.where(known, values, 0)
        sums = powers * (self._sum + alpha * np.cumsum(filled / powers))
        if filled is values:  # the geometric series in closed form
            shares = powers * self._share + (1 - powers)
        else:
            shares = powers * (self._share + alpha * np.cumsum(known / powers))
        self._sum, self._share = float(sums[-1]), float(shares[-1])
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(shares > 0, sums / shares, np.nan)


@lru_cache(maxsize=16)
def _powers(weight: float, count: int) -> Floats:
    """The first powers of a weight, from itself on; the same for all curves that are smoothed alike."""
    return np.asarray(weight ** np.arange(1, count + 1))
