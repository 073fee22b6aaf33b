"""Which of a study's trials are best: one by one objective, a front by several."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, isfinite

from engine.runs.trials import Trial


def best_trials(trials: Sequence[Trial], goals: Sequence[str]) -> list[Trial]:
    """The best of the finished trials: one by a single objective (the earliest of equals), the front by several.

    Args:
        trials: in the order of their numbers.
        goals: "min" or "max" for each objective.
    """
    known = [
        one
        for one in trials
        if one.state == "finished" and len(one.values) == len(goals) and all(isfinite(value) for value in one.values)
    ]
    signs = [-1.0 if goal == "max" else 1.0 for goal in goals]
    costs = [tuple(sign * value for sign, value in zip(signs, one.values, strict=True)) for one in known]
    front = [known[at] for at in undominated(costs)]
    return sorted(front, key=lambda one: one.number)[:1] if len(goals) == 1 else front


def undominated(costs: Sequence[tuple[float, ...]]) -> list[int]:
    """Places of the points that no other is at least as good as in everything, and better in something.

    Of points that are equal in everything all are kept. The order is by the first cost, then by the second and so on;
    in that order, only those before a point can beat it.

    Args:
        costs: points, finite; less is better.
    """
    order = sorted(range(len(costs)), key=costs.__getitem__)
    if costs and len(costs[0]) <= 2:
        return _lower(costs, order)
    kept: list[int] = []
    front: list[tuple[float, ...]] = []
    for at in order:
        point = costs[at]
        if front and front[-1] == point:
            kept.append(at)
        elif not any(all(a <= b for a, b in zip(one, point, strict=True)) for one in front):
            kept.append(at)
            front.append(point)
    return kept


def _lower(costs: Sequence[tuple[float, ...]], order: Sequence[int]) -> list[int]:
    """The same for one cost or two: a point has to be lower in the last than all before it."""
    kept: list[int] = []
    lowest: float = inf
    last: tuple[float, ...] = ()
    for at in order:
        point = costs[at]
        if point == last or point[-1] < lowest:
            kept.append(at)
            lowest, last = point[-1], point
    return kept
