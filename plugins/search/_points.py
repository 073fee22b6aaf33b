"""Values of a distribution as places from 0 to 1, and as a list."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log
from typing import Any

from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution

Numeric = IntDistribution | FloatDistribution


def numbers(space: Mapping[str, BaseDistribution]) -> dict[str, Numeric]:
    """The variables that are numbers, and of which there is more than one value."""
    return {name: one for name, one in space.items() if isinstance(one, Numeric) and not one.single()}


def place(distribution: Numeric, number: float) -> float:
    """Where a number lies between the ends, 0 and 1; a step has as much room as any other and lies in its middle."""
    low, high = _ends(distribution)
    if distribution.log:
        return log(number / low) / log(high / low)
    return (number - low) / (high - low)


def number(distribution: Numeric, where: float) -> Any:
    """The number at a place from 0 to 1: an int where it is whole, and on a step where there are any."""
    low, high = _ends(distribution)
    found = low * exp(where * log(high / low)) if distribution.log else low + where * (high - low)
    if distribution.step is not None:
        found = distribution.low + distribution.step * round((found - distribution.low) / distribution.step)
    found = min(max(found, distribution.low), distribution.high)
    return round(found) if isinstance(distribution, IntDistribution) else float(found)


def values(distribution: BaseDistribution, points: int) -> list[Any]:
    """All values from the first to the last; of a range without steps of its own no more than `points`, spread out."""
    if isinstance(distribution, CategoricalDistribution):
        return list(distribution.choices)
    assert isinstance(distribution, Numeric)
    low, high, step = distribution.low, distribution.high, distribution.step
    if low == high:
        return [low]
    count = points if step is None else round((high - low) / step) + 1
    if step is None or (step == 1 and count > points):
        ends = (place(distribution, low), place(distribution, high))
        places = (ends[0] + at / (points - 1) * (ends[1] - ends[0]) for at in range(1, points - 1))
        return list(dict.fromkeys([low, *(number(distribution, one) for one in places), high]))
    return [number(distribution, place(distribution, low + at * step)) for at in range(count)]


def _ends(distribution: Numeric) -> tuple[float, float]:
    """Half a step beyond the first and the last value."""
    half = 0.0 if distribution.step is None else distribution.step / 2
    return distribution.low - half, distribution.high + half


def drawn(distribution: BaseDistribution, where: float) -> Any:
    """The value at a place from 0 to 1 (not 1 itself), of choices too."""
    if isinstance(distribution, CategoricalDistribution):
        return distribution.choices[int(where * len(distribution.choices))]
    assert isinstance(distribution, Numeric)
    return distribution.low if distribution.single() else number(distribution, where)
