"""Which of two epochs is better: one rule for checkpoints, tables and searches."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan, nan
from typing import Literal


def is_better(value: float, best: float, goal: Literal["min", "max"]) -> bool:
    """Whether a number is better than the best so far; any number is better than NaN, and NaN is never better."""
    if isnan(value):
        return False
    return isnan(best) or (value < best if goal == "min" else value > best)


def improves(new: Mapping[str, float], best: Mapping[str, float], *, watch: str, goal: Literal["min", "max"]) -> bool:
    """Whether an epoch beats the best so far in the watched metric, or equals it with a lower loss in that split.

    Accuracy on a small split takes few values, and the first epoch to reach one of them is rarely the best trained.
    """
    value, old = new.get(watch, nan), best.get(watch, nan)
    if value != old or isnan(value):
        return is_better(value, old, goal)
    loss = f"{watch.rpartition('/')[0]}/loss"
    return is_better(new.get(loss, nan), best.get(loss, nan), "min")
