"""Samplers that go over the space without learning, also where variables depend on others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from optuna.distributions import BaseDistribution
from optuna.samplers import BaseSampler, QMCSampler
from optuna.study import Study
from optuna.trial import FrozenTrial, TrialState

from plugins.search._points import values

OVER = (TrialState.COMPLETE, TrialState.PRUNED, TrialState.FAIL)


class Even(QMCSampler):
    """Sobol's sequence over all variables; one that a point does not ask for is passed over."""

    def __init__(self, space: Mapping[str, BaseDistribution], *, seed: int) -> None:
        super().__init__(seed=seed, scramble=True, warn_independent_sampling=False)
        self._space = {name: one for name, one in space.items() if not one.single()}

    def infer_relative_search_space(self, study: Study, trial: FrozenTrial) -> dict[str, BaseDistribution]:
        return self._space


class All(BaseSampler):
    """Every point of a finite tree once, in an order of chance.

    A point is a path: the variables in the order in which they are asked for, each with one of its values. What stands
    below a value is known from the trials that took it, so nothing has to be said of conditions.
    """

    def __init__(self, space: Mapping[str, BaseDistribution], *, points: int, seed: int) -> None:
        self._values = {name: values(one, points) for name, one in space.items()}
        self._order = {name: at for at, name in enumerate(space)}
        self._seed = seed

    def infer_relative_search_space(self, study: Study, trial: FrozenTrial) -> dict[str, BaseDistribution]:
        return {}

    def sample_relative(self, study: Study, trial: FrozenTrial, search_space: dict[str, BaseDistribution]) -> Any:
        return {}

    def sample_independent(
        self, study: Study, trial: FrozenTrial, param_name: str, param_distribution: BaseDistribution
    ) -> Any:
        """A value below which something is untried; where all of it is at work somewhere, one that is not over."""
        alike = [
            one
            for one in study.get_trials(deepcopy=False, states=(*OVER, TrialState.RUNNING))
            if one.number != trial.number and trial.params.items() <= one.params.items()
        ]
        over = [one for one in alike if one.state in OVER]
        depth = len(trial.params)
        left = self._left(param_name, alike, depth) or self._left(param_name, over, depth)
        among = left or self._values[param_name]
        chance = np.random.default_rng((self._seed, trial.number, depth))
        return among[int(chance.integers(len(among)))]

    def is_exhausted(self, study: Study) -> bool:
        """Whether every point was tried."""
        over = study.get_trials(deepcopy=False, states=OVER)
        return bool(over) and self._is_done(over, 0)

    def _left(self, name: str, trials: Sequence[FrozenTrial], depth: int) -> list[Any]:
        """The values of a variable below which something is untried; the trials agree in the `depth` before it."""
        below = {one: [trial for trial in trials if trial.params.get(name) == one] for one in self._values[name]}
        return [one for one, found in below.items() if not found or not self._is_done(found, depth + 1)]

    def _is_done(self, trials: Sequence[FrozenTrial], depth: int) -> bool:
        """Whether nothing is left below what these trials agree in."""
        asked = sorted(trials[0].params, key=self._order.__getitem__)
        return len(asked) <= depth or not self._left(asked[depth], trials, depth)
