"""Keeps pictures of the lines up to date, a few milliseconds at a time."""

from __future__ import annotations

from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from studio.widgets.parallel.raster import Raster

BUDGET = 0.005
"""Seconds of drawing in a frame; the rest is for the picture."""
FIRST = 64
"""Lines drawn before it is known how long they take."""

Mask = NDArray[np.bool_]


class Ink:
    """All lines, and those that are chosen: each a raster that is drawn on until it holds what is wanted.

    Args:
        raster: an empty one, of the right size.
        down: lines × axes, in pixels from above.
        tones: each line's color, 0 to 1.
    """

    def __init__(self, raster: Raster, down: NDArray[np.float64], tones: NDArray[np.float64]) -> None:
        self._down, self._tones = down, tones
        self._every, self._some = raster, raster.copy()
        count = len(down)
        self._order = np.random.default_rng(0).permutation(count)  # any part of it looks like the whole
        self._drawn = 0
        self._held: Mask = np.zeros(count, bool)
        self._wanted: Mask | None = None
        self._speed = FIRST / BUDGET
        self.version = 0
        """Another number once a picture would be another."""

    @property
    def behind(self) -> bool:
        """Whether there is something to draw."""
        return self._drawn < len(self._order) or (self._wanted is not None and not self._same())

    @property
    def share(self) -> float:
        """How much of all lines is drawn."""
        return self._drawn / max(len(self._order), 1)

    def choose(self, wanted: Mask | None) -> None:
        """Choose lines; None for no choice."""
        self._wanted = wanted
        self.version += 1
        if wanted is None:
            return
        gained_or_lost = int((wanted != self._held).sum())
        if self._drawn == len(self._order) and int((~wanted).sum()) < gained_or_lost:
            self._some, self._held = self._every.copy(), np.ones(len(self._order), bool)
        elif int(wanted.sum()) < gained_or_lost:
            self._some, self._held = self._every.blank(), np.zeros(len(self._order), bool)

    def advance(self) -> None:
        """Draw for a frame's share of time."""
        end = perf_counter() + BUDGET
        while self.behind and (left := end - perf_counter()) > 0:
            started, count = perf_counter(), max(8, int(self._speed * left))
            done = self._change(count) if self._wanted is not None and not self._same() else self._fill(count)
            self._speed = 0.5 * self._speed + 0.5 * done / max(perf_counter() - started, 1e-6)
            self.version += 1

    def every(self, table: NDArray[np.uint32]) -> QImage:
        """A picture of all lines that are drawn so far."""
        return self._every.picture(table)

    def some(self, table: NDArray[np.uint32]) -> QImage:
        """A picture of the chosen ones."""
        return self._some.picture(table)

    def _same(self) -> bool:
        return self._wanted is None or bool((self._wanted == self._held).all())

    def _fill(self, count: int) -> int:
        lines = self._order[self._drawn : self._drawn + count]
        self._every.add(self._down[lines], self._tones[lines])
        self._drawn += len(lines)
        return len(lines)

    def _change(self, count: int) -> int:
        assert self._wanted is not None
        ordered = self._order[(self._wanted != self._held)[self._order]][:count]
        for sign, lines in ((1, ordered[self._wanted[ordered]]), (-1, ordered[self._held[ordered]])):
            if len(lines):
                self._some.add(self._down[lines], self._tones[lines], sign=sign)
                self._held[lines] = sign > 0
        return len(ordered)
