"""An axis that can be zoomed: what it spans, and what stands along any part of it. Pure functions."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from studio.widgets.chart.words import DAY, clock, compact, hour, number
from studio.widgets.scale import powers, round_numbers

Floats = NDArray[np.float64]
Form = Literal["number", "whole", "time", "clock"]
"""Numbers, whole ones alone, seconds that passed, or times of day in seconds since 1970."""
SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 43200, DAY)
AIR = 0.05
"""Room at both ends of an axis, as a share of what it spans."""
FAR = 4.0
"""What lies further than so many times the middle half of all values from them is out of sight at first."""


@dataclass(frozen=True, kw_only=True)
class Axis:
    """What stands along one side of a plane.

    Args:
        title: its name, with the unit where there is one.
        low: the lower end of all there is, in units: powers of ten on a logarithmic axis, places of `words`.
        high: the upper end.
        log: whether units are powers of ten.
        words: what stands at 0, 1, 2 … in place of numbers.
        form: how numbers are written.
    """

    title: str = ""
    low: float = 0.0
    high: float = 1.0
    log: bool = False
    words: tuple[str, ...] = ()
    form: Form = "number"

    def units(self, values: Any) -> Floats:
        """Values as they are spaced along the axis; NaN for what has no place."""
        found = np.asarray(values, float)
        if not self.log:
            return np.where(np.isfinite(found), found, np.nan)
        with np.errstate(divide="ignore", invalid="ignore"):
            powers_of_ten = np.log10(found)
        return np.where(np.isfinite(powers_of_ten), powers_of_ten, np.nan)

    def ticks(self, low: float, high: float, most: int) -> list[tuple[float, str]]:
        """Units within a part of the axis and what to write there, about so many at most."""
        if self.words:
            stride = max(1, math.ceil(min(len(self.words), high - low) / max(most, 1)))
            found = [(float(at), word) for at, word in enumerate(self.words) if at % stride == 0]
        elif self.log:
            found = [(math.log10(one), self._tick(one)) for one in _between(low, high, most)]
        elif self.form in {"time", "clock"}:
            found = _times(low, high, most, self.form)
        else:
            places = round_numbers(low, high, most)
            whole = [one for one in places if self.form != "whole" or float(one).is_integer()]
            found = [(one, self._tick(one)) for one in whole]
        return [(at, words) for at, words in found if low - 1e-9 <= at <= high + 1e-9]

    def said(self, unit: float) -> str:
        """What stands at a place, in words."""
        if not math.isfinite(unit):
            return "–"
        if self.words:
            return self.words[min(max(round(unit), 0), len(self.words) - 1)]
        if self.form == "whole":
            return f"{round(unit):,}"
        if self.form == "time":
            return clock(unit)
        return number(10**unit if self.log else unit)

    def over(self, low: float, high: float) -> Axis:
        """The same axis over something else; what spans nothing gets some room."""
        if not high > low:
            room = abs(low) * 0.1 or 1.0
            low, high = low - room, high + room
        return replace(self, low=low, high=high)

    def _tick(self, value: float) -> str:
        if abs(value) >= 1e4:
            return compact(value)
        return f"{value:.6g}" if abs(value) >= 1e-3 or not value else f"{value:.0e}".replace("e-0", "e-")


def axis_over(axis: Axis, values: Any, *, robust: bool = False) -> Axis:
    """The axis over all values, with some air at its ends.

    Args:
        axis: title, scale and form.
        values: in their own units, some of them maybe NaN.
        robust: whether what lies far out does not count (see `FAR`).
    """
    if axis.words:
        return axis.over(-0.5, len(axis.words) - 0.5)
    units = axis.units(values)
    known = units[np.isfinite(units)]
    if not len(known):
        return axis.over(0.0, 1.0)
    low, high = float(known.min()), float(known.max())
    if robust and len(known) > 8:
        first, third = np.percentile(known, (25, 75))
        reach = FAR * (third - first)
        within = known[(known >= first - reach) & (known <= third + reach)]
        low, high = float(within.min()), float(within.max())
    air = (high - low) * AIR
    return axis.over(low - air, high + air)


def _between(low: float, high: float, most: int) -> list[float]:
    """Powers of ten, or round numbers where less than one of them is in sight."""
    if high - low < 0.8:
        return [one for one in round_numbers(10**low, 10**high, most) if one > 0]
    return powers(low, high, most)


def _times(low: float, high: float, most: int, form: str) -> list[tuple[float, str]]:
    wish = max((high - low) / max(most, 1), 1e-9)
    apart = next((one for one in SECONDS if one >= wish), math.ceil(wish / DAY) * DAY)
    first = math.ceil(low / apart)
    places = [at * apart for at in range(first, math.floor(high / apart) + 1)][:200]
    return [(float(one), hour(one, apart=apart) if form == "clock" else clock(one)) for one in places]
