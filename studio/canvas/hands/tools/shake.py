"""Telling a shake from a drag."""

from __future__ import annotations

TURNS = 4
SWING = 20.0
SECONDS = 1.0


class Shake:
    """Counts how often a hand turns round within a moment.

    A swing is a way of at least `SWING` pixels to one side; `TURNS` of them in `SECONDS` are a shake.
    """

    def __init__(self, start: float) -> None:
        self._far = start
        """How far the hand came on its way."""
        self._way = 0
        self._moments: list[float] = []

    def moved_to(self, x: float, moment: float) -> bool:
        """The hand is here, in pixels, at a moment, in seconds; return whether that was a shake."""
        back = (x - self._far) * self._way
        if back > 0:
            self._far = x
        if back > 0 or abs(x - self._far) < SWING:
            return False
        self._way, self._far = (1 if x > self._far else -1), x
        self._moments = [*self._moments[-(TURNS - 1) :], moment]
        return len(self._moments) == TURNS and self._moments[-1] - self._moments[0] <= SECONDS
