"""Values of many things along one axis: numbers, on a plain or a logarithmic scale, or words. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.widgets.chart.words import compact, setting

Floats = NDArray[np.float64]
NUMBERS = {int, float, type(None)}
CROWDED = 0.3
"""Half of the numbers are below this share of the largest: on a plain scale they would stand upon each other."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Dimension:
    """A property of many things: one number of each, or the place of its word among `words`; NaN where it has none."""

    key: str
    title: str
    values: Floats
    words: tuple[str, ...] = ()
    log: bool = False
    flipped: bool = False
    """Whether the highest value stands where the lowest would."""
    whole: bool = False
    """Whether it has whole numbers alone: nothing is written between them."""

    @property
    def can_log(self) -> bool:
        """Whether it has positive numbers, and only such, and so a logarithm."""
        known = self.values[np.isfinite(self.values)]
        return not self.words and len(known) > 0 and bool((known > 0).all())

    @property
    def span(self) -> tuple[float, float]:
        """What stands at the ends of the axis, in its units (powers of ten on a logarithmic scale); never equal."""
        if self.words:
            return -0.5, len(self.words) - 0.5
        known = self.units(self.values)
        known = known[np.isfinite(known)]
        low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
        return (low, high) if high > low else (low - (abs(low) or 1) * 0.1, high + (abs(high) or 1) * 0.1)

    def units(self, values: Any) -> Floats:
        """Values as they are spaced along the axis: their logarithms, or themselves."""
        found = np.asarray(values, float)
        if not self.log:
            return found
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.log10(found))

    def places(self) -> Floats:
        """Where each thing stands, from 0 (low) to 1; NaN for what has no place."""
        low, high = self.span
        found = (self.units(self.values) - low) / (high - low)
        found = np.where(np.isfinite(found), found, np.nan)
        return 1 - found if self.flipped else found

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """Places and what to write there, about so many at most."""
        low, high = self.span
        if self.words:
            stride = max(1, math.ceil(len(self.words) / max(most, 1)))
            marks: list[tuple[float, str]] = [
                (float(at), word) for at, word in enumerate(self.words) if at % stride == 0
            ]
        elif self.log:
            marks = [(math.log10(value), _tick(value)) for value in powers(low, high, most)]
        else:
            places = round_numbers(low, high, most)
            marks = [(one, _tick(one)) for one in places if not self.whole or one % 1 == 0]
        placed = [((at - low) / (high - low), words) for at, words in marks]
        return [(1 - at if self.flipped else at, words) for at, words in placed if -1e-9 <= at <= 1 + 1e-9]

    def said(self, place: float) -> str:
        """What stands at a place from 0 to 1, in words."""
        low, high = self.span
        unit = low + (1 - place if self.flipped else place) * (high - low)
        if self.words:
            return self.words[min(max(round(unit), 0), len(self.words) - 1)]
        return setting(10**unit if self.log else unit)

    def value(self, at: int) -> str:
        """What one thing has, in words; a dash for nothing."""
        found = float(self.values[at])
        if not math.isfinite(found):
            return "–"
        return self.words[int(found)] if self.words else setting(found)

    def set(self, *, log: bool | None = None, flipped: bool | None = None) -> Dimension:
        """The same on another scale."""
        return replace(
            self,
            log=self.log if log is None else log and self.can_log,
            flipped=self.flipped if flipped is None else flipped,
        )


def _tick(value: float) -> str:
    return compact(value) if abs(value) >= 1e5 else setting(value)


def dimension(key: str, title: str, raw: Sequence[object]) -> Dimension:
    """A property from what was written down: numbers where all are, else words in the order of the alphabet.

    Numbers that span two powers of ten and crowd at the lower end begin on a logarithmic scale, whole ones (sizes,
    which people double) sooner.
    """
    if set(map(type, raw)) <= NUMBERS or {type(one) for one in raw if one != ""} <= NUMBERS:
        numbers = np.array([None if one == "" else one for one in raw], float)  # None is NaN
        made = Dimension(key=key, title=title, values=numbers)
        finite = made.values[np.isfinite(made.values)]
        least = 8 if len(finite) and bool((finite % 1 == 0).all()) else 100
        wide = made.can_log and float(finite.max()) >= least * float(finite.min())
        return made.set(log=wide and float(np.quantile(finite, 0.5)) <= CROWDED * float(finite.max()))
    words = tuple(sorted({spoken(one) for one in raw if one is not None and one != ""}))
    codes = {word: float(code) for code, word in enumerate(words)}
    values = [codes.get(spoken(one), math.nan) if one is not None else math.nan for one in raw]
    return Dimension(key=key, title=title, values=np.array(values, float), words=words)


def spoken(value: object) -> str:
    """A value that is no number, as a person would say it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def round_numbers(low: float, high: float, most: int) -> list[float]:
    """Numbers between two that are 1, 2 or 5 times a power of ten apart, about so many at most."""
    wish = (high - low) / max(most, 1)
    power = 10 ** math.floor(math.log10(wish)) if wish > 0 and math.isfinite(wish) else 1.0
    step = next((one * power for one in (1, 2, 5, 10) if one * power >= wish), power)
    first = math.ceil(low / step - 1e-9)
    count = min(max(0, math.floor(high / step + 1e-9) - first + 1), 1000)
    return [round((first + at) * step, 12 - math.floor(math.log10(step))) for at in range(count)]


def powers(low: float, high: float, most: int) -> list[float]:
    """Powers of ten between two exponents, with 2 and 5 between them where few are; about so many at most."""
    first, last = math.floor(low), math.ceil(high)
    stride = max(1, math.ceil((last - first + 1) / max(most, 1)))
    between = (1, 2, 5) if (last - first) * 3 <= most else (1,)
    found = [part * 10.0**power for power in range(first, last + 1, stride) for part in between]
    within = [one for one in found if low - 1e-9 <= math.log10(one) <= high + 1e-9]
    return within or [10.0**low, 10.0**high]
