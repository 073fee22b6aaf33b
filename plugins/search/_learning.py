"""Optuna's samplers that learn from complete trials alone, shown all that a study knows.

They would not see points that broke a limit, since these have no values; a Gaussian process would then propose the same
one for ever. Nor do they take variables that only some points ask for. So they are shown a study in which every trial
that is over has values and all variables. The storage keeps what happened.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from copy import copy
from math import isfinite
from statistics import median
from typing import Any

from optuna.distributions import BaseDistribution
from optuna.samplers import BaseSampler, GPSampler, NSGAIIISampler, NSGAIISampler
from optuna.study import Study, StudyDirection
from optuna.trial import FrozenTrial, TrialState

from plugins.search._points import drawn

CONSTRAINT = "constraints:"
"""How Optuna's storages call what `Trial.set_constraint` sets."""


class _Shown(BaseSampler):
    """Shows the sampler behind it in the order of inheritance a study without gaps."""

    def __init__(self, space: Mapping[str, BaseDistribution], **arguments: Any) -> None:
        super().__init__(**arguments)
        self._space = {name: one for name, one in space.items() if not one.single()}
        self._view = _View(self._space)

    def infer_relative_search_space(self, study: Study, trial: FrozenTrial) -> dict[str, BaseDistribution]:
        return dict(self._space)

    def sample_relative(self, study: Study, trial: FrozenTrial, search_space: dict[str, BaseDistribution]) -> Any:
        return super().sample_relative(self._view.of(study), trial, search_space)  # type: ignore[safe-super]


class GP(_Shown, GPSampler):
    """A Gaussian process that learns from every trial."""


class NSGAII(_Shown, NSGAIISampler):
    """Generations that points which broke a limit belong to."""


class NSGAIII(_Shown, NSGAIIISampler):
    """The same with reference points."""


class _View:
    """A study as it is shown. What is shown of a trial is remembered until other rules are broken or values come in."""

    def __init__(self, space: Mapping[str, BaseDistribution]) -> None:
        self._space = dict(space)
        self._usual = {name: drawn(one, 0.5) for name, one in space.items()}
        self._rules: frozenset[str] = frozenset()
        self._worst: list[float] = []
        self._median: list[float] = []
        self._known: dict[int, FrozenTrial] = {}

    def of(self, study: Study) -> Study:
        """A copy of the study that hands out trials without gaps."""
        trials = study.get_trials(deepcopy=False)
        complete = [one.values for one in trials if one.state == TrialState.COMPLETE]
        if not complete:
            return study
        self._look(study, trials, complete)
        shown = [self._shown(one) for one in trials]
        view = copy(study)

        def chosen(*_: Any, states: Container[TrialState] | None = None, **__: Any) -> list[FrozenTrial]:
            return [one for one in shown if states is None or one.state in states]

        view._get_trials = chosen  # type: ignore[method-assign]
        return view

    def _look(self, study: Study, trials: Sequence[FrozenTrial], complete: Sequence[Sequence[float]]) -> None:
        """Find the worst and the usual value of each objective, and the rules that any trial broke."""
        columns = [[one for one in column if isfinite(one)] or [0.0] for column in zip(*complete, strict=True)]
        pairs = zip(columns, study.directions, strict=True)
        worst = [max(one) if direction == StudyDirection.MINIMIZE else min(one) for one, direction in pairs]
        rules = frozenset(name for one in trials for name, much in one.constraints.items() if much > 0)
        if worst != self._worst or rules != self._rules:
            self._known.clear()
        self._rules, self._worst, self._median = rules, worst, [median(one) for one in columns]

    def _shown(self, trial: FrozenTrial) -> FrozenTrial:
        if trial.state not in (TrialState.COMPLETE, TrialState.PRUNED):
            return trial
        if trial.number not in self._known:
            self._known[trial.number] = self._filled(trial)
        return self._known[trial.number]

    def _filled(self, trial: FrozenTrial) -> FrozenTrial:
        """The trial as if it were complete: with the last value it reported; one that has none tells nothing by it."""
        filled = copy(trial)
        broken = trial.constraints
        attributes = {name: one for name, one in trial.system_attrs.items() if not name.startswith(CONSTRAINT)}
        filled.system_attrs = attributes | {CONSTRAINT + name: broken.get(name, 0.0) for name in sorted(self._rules)}
        filled.params = {**self._usual, **trial.params}
        filled.distributions = {**self._space, **trial.distributions}
        pairs = zip(trial.values or self._median, self._worst, strict=True)
        filled.values = [one if isfinite(one) else worst for one, worst in pairs]
        filled.state = TrialState.COMPLETE
        return filled
