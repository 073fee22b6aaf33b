"""What every way of making a curve smooth has in common."""

from __future__ import annotations

from abc import ABC, abstractmethod

from studio.curves.series import Series


class Smoothing(ABC):
    """A smooth series at the steps of another, computed bit by bit.

    `catch_up` computes what is new; `series` holds what is computed so far.

    Args:
        source: what is made smooth.
        span: over about how many points, more than one.
    """

    def __init__(self, source: Series, span: int) -> None:
        assert span > 1, "a span of one point is the series itself"
        self.source = source
        self.span = span
        self._restart()

    @property
    def usable(self) -> bool:
        """Whether `series` fits its source: not after points were taken away, until the next `catch_up`."""
        return self._cuts == self.source.cuts

    @property
    def behind(self) -> int:
        """How many points are not computed yet."""
        return len(self.source) - (len(self.series) if self.usable else 0)

    @abstractmethod
    def catch_up(self, limit: int) -> int:
        """Compute at most `limit` more points; return how many were."""

    def _restart(self) -> None:
        """Forget what was computed."""
        self._cuts = self.source.cuts
        self.series = self.source.sibling()
