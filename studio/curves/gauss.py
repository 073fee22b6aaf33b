"""A curve smoothed by a Gaussian: unlike a moving average it does not lag, and its newest stretch still changes."""

from __future__ import annotations

import math

import numpy as np

from studio.curves.buffer import Floats
from studio.curves.series import Series
from studio.curves.smoothing import Smoothing

REACH = 4
"""Standard deviations at which the weights end: they are less than a thousandth of the highest there."""
SHORT = 64
"""Weights up to which adding products is quicker than going by way of frequencies."""


class Gaussian(Smoothing):
    """The average of a series around each point with the weights of a normal distribution, over about `span` points.

    The deviation is that of a plain average over `span` points, sqrt((span² - 1) / 12). Missing values and what lies
    beyond both ends have no weight, and the weights of the rest are made to add up to one (Nadaraya 1964, On Estimating
    Regression; Watson 1964, Smooth Regression Analysis).
    """

    _final: int

    def __init__(self, source: Series, span: int) -> None:
        super().__init__(source, span)
        self._deviation = math.sqrt((span**2 - 1) / 12)
        self._reach = max(math.ceil(REACH * self._deviation), 1)
        offsets = np.arange(-self._reach, self._reach + 1)
        self._weights: Floats = np.exp(-0.5 * (offsets / self._deviation) ** 2)

    def catch_up(self, limit: int) -> int:
        """Compute at most `limit` more points, and again those that newer ones changed; return how many were new."""
        if not self.usable:
            self._restart()
        done = len(self.series)
        end = min(done + limit, len(self.source))
        if end <= done:
            return 0
        start = min(self._final, done)
        self.series.keep(start)
        self.series.append((), self._around(start, end))
        self._final = max(len(self.source) - self._reach, 0)
        return end - done

    def _restart(self) -> None:
        super()._restart()
        self._final = 0  # points before which nothing changes any more

    def _around(self, start: int, end: int) -> Floats:
        """The averages of the points in `start:end`."""
        first, last = max(start - self._reach, 0), min(end + self._reach, len(self.source))
        values = self.source.values[first:last]
        known = ~np.isnan(values)
        if not known.any():
            return np.full(end - start, np.nan)
        middle = float(values[known].mean())  # far from zero, differences would drown in rounding
        kept = slice(start - first, end - first)
        sums = self._weighed(np.where(known, values - middle, 0.0))[kept]
        shares = self._weighed(known.astype(np.float64))[kept]
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(shares > self._weights[0], middle + sums / shares, np.nan)

    def _weighed(self, values: Floats) -> Floats:
        """The sum of weighted neighbors of each value."""
        if self._weights.size <= SHORT:
            return np.convolve(values, self._weights)[self._reach : self._reach + values.size]
        size = 1 << (values.size + self._weights.size).bit_length()
        product = np.fft.rfft(values, size) * np.fft.rfft(self._weights, size)
        return np.asarray(np.fft.irfft(product, size)[self._reach : self._reach + values.size])
