"""The range that a search is first offered: around the value that stands there, within what its parameter allows."""

from __future__ import annotations

import math
from typing import Any

from engine.spec.parameter import Parameter
from engine.spec.search import Search

DECADE = 10.0
"""How far a range on a log scale reaches to both sides: lr 1e-3 is tried from 1e-4 to 1e-2."""
SMALL = 8
"""Whole numbers from here on are halved and doubled; below, every one is tried."""


def searchable(parameter: Parameter) -> bool:
    """Whether there is anything to try: names and places on the disk are what they are."""
    return parameter.type not in ("str", "path")


def offered(parameter: Parameter, value: Any) -> Search:
    """A range or choices around a value, which stays what stands there outside of a search.

    Numbers get a range: on a log scale a decade to both sides, a share of two bounds some way to both, else from half
    of it to its double. What is no single number gets choices: all that are declared, or the value alone, to which
    others are added.
    """
    if parameter.type == "bool":
        return Search(choices=(True, False), value=value)
    if parameter.type == "choice":
        return Search(choices=((None,) if parameter.optional else ()) + parameter.choices, value=value)
    if parameter.type in ("int", "float") and _is_number(value):
        low, high, log, step = (_whole if parameter.type == "int" else _broken)(parameter, value)
        if low < high:
            return Search(low=low, high=high, log=log, step=step, value=value)
    return Search(choices=(value,), value=value)


def held(parameter: Parameter, value: float) -> float:
    """The value, or the end of what the parameter allows that is nearest to it."""
    tiny = 1 if parameter.type == "int" else _inch(parameter)
    lows = [low for low in (parameter.min, _past(parameter.above, tiny)) if low is not None]
    highs = [high for high in (parameter.max, _past(parameter.below, -tiny)) if high is not None]
    return min([max([value, *lows]), *highs])


def _whole(parameter: Parameter, value: int) -> tuple[int, int, bool, int | None]:
    if parameter.log and value > 0:
        low, high = (round(held(parameter, one)) for one in (max(value // 8, 1), value * 8))
        return low, high, True, None
    step = round(parameter.step or 0)
    if parameter.several and value % 2 and value > 1:
        low, high, step = value - 2, value + 2, step or 2  # sizes of kernels stay odd
    elif value >= SMALL:
        low, high, step = (value + 1) // 2, value * 2, step or max(value // 2, 1) * (value % 2 == 0)
    else:
        low = round(held(parameter, value // 2 if value > 0 else value))
        high = max(value * 2, low + 2)
    low, high = round(held(parameter, low)), round(held(parameter, high))
    return low, high, False, step if step > 1 and step <= high - low else None


def _broken(parameter: Parameter, value: float) -> tuple[float, float, bool, float | None]:
    if parameter.log and value >= 0:
        low, high = (value / DECADE, value * DECADE) if value else (1e-6, 1e-2)
        return _held(parameter, low, high, log=True)
    lows = [low for low in (parameter.min, parameter.above) if low is not None]
    highs = [high for high in (parameter.max, parameter.below) if high is not None]
    if lows and highs and (min(highs) - max(lows) <= 1 or value - max(lows) > (min(highs) - max(lows)) / 10):
        return _held(parameter, *_share(max(lows), min(highs), value), log=False)
    if value == 0:
        return _held(parameter, 0.0, 1.0, log=False)
    return _held(parameter, *sorted((value / 2, value * 2)), log=False)


def _share(low: float, high: float, value: float) -> tuple[float, float]:
    """Around a value between two bounds; p = 0.5 is tried from 0.1 to 0.7, and 0.9 up to 0.99."""
    wide = high - low
    part = (value - low) / wide
    if part > 0.75:
        return low + wide / 2, high - (high - value) / 10 if part < 1 else high
    if part == 0:
        return low, low + wide / 2
    return low + 0.2 * (value - low), value + 0.4 * (high - value)


def _held(parameter: Parameter, low: float, high: float, *, log: bool) -> tuple[float, float, bool, float | None]:
    if (step := parameter.step) and not log:
        low, high = (round(one / step) * step for one in (low, high))
    low, high = (_rounded(held(parameter, one)) for one in (low, high))
    return low, high, log and low > 0, None if log or not step or step > high - low else step


def _rounded(value: float) -> float:
    """In three digits: 0.1 in place of 0.09999999999999998."""
    return float(f"{value:.3g}")


def _inch(parameter: Parameter) -> float:
    """How near to an end that is not allowed itself a range goes."""
    bounds = [one for one in (parameter.above, parameter.below) if one]
    return 1e-12 if parameter.log else min([1e-3, *(math.fabs(one) / 1000 for one in bounds)])


def _past(bound: float | None, tiny: float) -> float | None:
    return None if bound is None else bound + tiny


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
