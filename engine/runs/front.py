"""Which of a study's trials are best: one by one objective, a front by several."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from engine.runs.trials import Trial

Floats = NDArray[np.float64]


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
    signs = np.array([-1.0 if goal == "max" else 1.0 for goal in goals])
    costs = np.array([one.values for one in known], float).reshape(len(known), len(goals)) * signs
    front = [known[at] for at in undominated(costs)]
    return sorted(front, key=lambda one: one.number)[:1] if len(goals) == 1 else front


def undominated(costs: Floats) -> list[int]:
    """Places of the points that no other is at least as good as in everything, and better in something.

    Of points that are equal in everything all are kept. The order is by the first cost, then by the second and so on.

    Args:
        costs: points × costs, finite; less is better.
    """
    if not len(costs):
        return []
    left = np.lexsort(costs.T[::-1])
    if costs.shape[1] <= 2:  # sorted by the first, a point has to be lower in the last than all before it
        ordered = costs[left]
        fresh = np.concatenate([[True], (ordered[1:] != ordered[:-1]).any(axis=1)])
        lowest = np.concatenate([[np.inf], np.minimum.accumulate(ordered[:, -1])[:-1]])
        lower = ordered[:, -1] < lowest if costs.shape[1] == 2 else np.arange(len(left)) == 0
        return list(left[lower[fresh][np.cumsum(fresh) - 1]].tolist())
    kept: list[int] = []
    while len(left):
        first, rest = costs[left[0]], costs[left]
        same = (rest == first).all(axis=1)
        kept += left[same].tolist()
        left = left[~same & (rest < first).any(axis=1)]
    return kept
