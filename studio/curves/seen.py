"""The stretch of a series that is in view, summed up for the screen and kept up to date as points are added."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from studio.curves.axis import Axis
from studio.curves.buffer import Floats, Places
from studio.curves.series import Columns, Series

FAR = -1e3
"""In place of the logarithm of what has none."""


@dataclass(frozen=True, kw_only=True)
class View:
    """The stretch of a chart that is seen, in pixels and in values; on a logarithmic axis the ends are powers of 10."""

    left: float
    right: float
    bottom: float
    top: float
    width: int
    height: int
    log: bool = False
    log_across: bool = False

    @cached_property
    def edges(self) -> Floats:
        """The places between the columns of pixels and at both ends, float64 (width + 1,)."""
        edges = np.linspace(self.left, self.right, self.width + 1)
        return np.asarray(10**edges if self.log_across else edges)

    def place(self, across: float) -> float:
        """The place so many pixels from the left."""
        found = self.left + across / self.width * (self.right - self.left)
        return float(10**found if self.log_across else found)

    def across(self, places: Floats) -> Floats:
        """Pixels from the left; what has no logarithm lies far out at the left."""
        if self.log_across:
            with np.errstate(divide="ignore", invalid="ignore"):
                places = np.where(places > 0, np.log10(places), FAR)
        pixels = (places - self.left) * (self.width / (self.right - self.left))
        return np.clip(pixels, -9.0 * self.width, 10.0 * self.width)

    def down(self, values: Floats) -> Floats:
        """Pixels from the top; below zero there are no logarithms, only a place far down."""
        if self.log:
            with np.errstate(divide="ignore", invalid="ignore"):
                values = np.where(values > 0, np.log10(values), np.where(np.isnan(values), np.nan, FAR))
        pixels = (self.top - values) * (self.height / (self.top - self.bottom))
        return np.clip(pixels, -9.0 * self.height, 10.0 * self.height)  # painters lose count far outside


class Seen:
    """What each column of pixels holds of a series.

    As long as the view stays and points are only added, a look costs what the last column costs, however long the
    series is.
    """

    def __init__(self, series: Series) -> None:
        self.series = series
        self.places: Places = np.zeros(1, dtype=np.int64)
        """How many points lie before each column's left edge, and before the right edge of the last."""
        self._columns = Columns(np.empty(0), np.empty(0))
        self._done = 0  # columns that are summed up
        self._key: tuple[object, ...] = ()
        self._count = 0
        self._seen_from: tuple[object, ...] = ()
        self._ends = (0, 0)

    def ends(self, axis: Axis, view: View) -> tuple[int, int]:
        """How many points lie before what is in view, and how many before its right end."""
        key = (view, axis.beginning, self.series.version)
        if key != self._seen_from:
            self._seen_from = key
            first, last = self.series.places(axis.step(view.edges[[0, -1]])).tolist()
            self._ends = (first, last)
        return self._ends

    @property
    def columns(self) -> Columns:
        """What each column holds, summed up when it is first asked for: few points are drawn without."""
        width = len(self.places) - 1
        if self._done < width:
            old, new = self._columns, self.series.columns(self.places[self._done :])
            both = (np.concatenate((one[: self._done], other)) for one, other in zip(old, new, strict=True))
            self._columns, self._done = Columns(*both), width
        return self._columns

    def look(self, axis: Axis, view: View) -> Seen:
        """Bring `places` and `columns` up to date with the series for this view; return itself."""
        count = len(self.series)
        key = (view.left, view.right, view.width, view.log_across, self.series.cuts, axis.beginning)
        first = 0
        if key == self._key:
            if count == self._count:
                return self
            first = max(int(np.searchsorted(self.places, self._count, side="left")) - 1, 0)
        self._key, self._count = key, count
        self.places = np.concatenate((self.places[:first], self.series.places(axis.step(view.edges[first:]))))
        self._done = min(self._done, first)
        return self
