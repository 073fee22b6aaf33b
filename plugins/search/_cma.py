"""CMA-ES from what is known of trials: Optuna's own keeps its state in the storage as pickle, which is never read."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf, isfinite
from typing import Any
from zlib import crc32

import numpy as np
from cmaes import CMA
from optuna.distributions import BaseDistribution
from optuna.samplers import BaseSampler
from optuna.study import Study, StudyDirection
from optuna.trial import FrozenTrial, TrialState

from plugins.search._points import drawn, number, numbers, place

GENERATION = "netloom:generation"
OVER = (TrialState.COMPLETE, TrialState.PRUNED)


class Cma(BaseSampler):
    """A normal distribution over the numbers of a space that is moved by its best points, generation by generation.

    Only the order of a generation's points counts, so those that were pruned or broke a limit stand behind all others.
    A generation is the first of its trials that were over; replaying them from the storage gives every worker the same
    state. What a point did not ask for lies where the distribution has its middle, and moves nothing.
    """

    def __init__(self, space: Mapping[str, BaseDistribution], *, seed: int, population: int = 0) -> None:
        self._space = numbers(space)
        self._seed = seed
        width = len(self._space)
        self._cma = CMA(
            mean=np.full(width, 0.5),
            sigma=0.25,
            bounds=np.tile((0.0, 1.0), (width, 1)),
            seed=seed,
            population_size=population or None,
        )

    def infer_relative_search_space(self, study: Study, trial: FrozenTrial) -> dict[str, BaseDistribution]:
        return dict(self._space)

    def sample_relative(
        self, study: Study, trial: FrozenTrial, search_space: dict[str, BaseDistribution]
    ) -> dict[str, Any]:
        while len(generation := self._generation(study)) >= self._cma.population_size:
            self._learn(study, generation[: self._cma.population_size])
        study._storage.set_trial_system_attr(trial._trial_id, GENERATION, self._cma.generation)
        self._cma.reseed_rng(self._seed + trial.number)
        where = self._cma.ask()
        return {name: number(one, at) for (name, one), at in zip(self._space.items(), where, strict=True)}

    def sample_independent(
        self, study: Study, trial: FrozenTrial, param_name: str, param_distribution: BaseDistribution
    ) -> Any:
        chance = np.random.default_rng((self._seed, trial.number, crc32(param_name.encode())))
        return drawn(param_distribution, chance.random())

    def _generation(self, study: Study) -> list[FrozenTrial]:
        """The trials of the running generation that are over, in the order in which they came to their end."""
        over = study.get_trials(deepcopy=False, states=OVER)
        here = [one for one in over if one.system_attrs.get(GENERATION) == self._cma.generation]
        return sorted(here, key=lambda one: (one.datetime_complete, one.number))

    def _learn(self, study: Study, trials: list[FrozenTrial]) -> None:
        sign = -1.0 if study.direction == StudyDirection.MAXIMIZE else 1.0
        ranked = sorted(trials, key=lambda one: _badness(one, sign))
        self._cma.tell([(self._place(one), float(rank)) for rank, one in enumerate(ranked)])

    def _place(self, trial: FrozenTrial) -> Any:
        middle = self._cma.mean
        known = {name: place(self._space[name], one) for name, one in trial.params.items() if name in self._space}
        return np.array([known.get(name, middle[at]) for at, name in enumerate(self._space)])


def _badness(trial: FrozenTrial, sign: float) -> tuple[float, float]:
    """What is worse comes later: by how far it broke limits, whether it was pruned, and its value."""
    broken = sum(one for one in trial.constraints.values() if one > 0)
    value = sign * trial.value if trial.value is not None else inf
    return broken + (trial.state != TrialState.COMPLETE), value if isfinite(value) else inf
