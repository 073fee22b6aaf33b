"""How much each variable decides over an objective, by Optuna's evaluators.

PED-ANOVA asks what sets the best tenth of trials apart from all: S. Watanabe et al., "PED-ANOVA", IJCAI 2023
(arXiv:2304.10255); Optuna's extends it to variables that were not asked for in every trial (arXiv:2601.20800). fANOVA
asks what explains the spread of values: F. Hutter et al., "An efficient approach for assessing hyperparameter
importance", ICML 2014; it needs variables that every trial has.
"""

from __future__ import annotations

import math
import random
import warnings
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

import optuna
from optuna.importance import FanovaImportanceEvaluator, PedAnovaImportanceEvaluator, get_param_importances

from engine.runs.trials import Trial
from engine.search.distributions import distribution_of, stored
from engine.search.errors import StudyError
from engine.spec import Search

Method: TypeAlias = Literal["ped-anova", "fanova"]
LEAST = 10
"""Finished trials below which nothing can be said."""
MOST: Mapping[str, int] = {"ped-anova": 10_000, "fanova": 1_000}
"""Trials that are weighed; of more, so many are drawn by lot."""
ALONE = "importance"
TREES, AT_ONCE = 32, 4
"""Trees of fANOVA's forest, and of one piece of the work: their importances are averaged."""


class Weighing:
    """The importance of a study's variables for one objective, computed a piece at a time.

    Args:
        trials: of the study, in any state.
        variables: what is searched, by name.
        method: one of `Method`.
        objective: the place of the objective among the study's.
        goal: which way is better.

    Raises:
        StudyError: when the method is unknown, or the objective.
    """

    def __init__(
        self,
        trials: Sequence[Trial],
        variables: Mapping[str, Search],
        *,
        method: str,
        objective: int = 0,
        goal: str = "min",
    ) -> None:
        if method not in MOST:
            raise StudyError(f"There is no importance called '{method}'. There are: {', '.join(MOST)}.")
        known = [one for one in trials if _counts(one, objective)]
        self.finished = len(known)
        """Trials that have a value."""
        self._method = method
        drawn = known if len(known) <= MOST[method] else random.Random(0).sample(known, MOST[method])
        self.weighed = len(drawn)
        """Trials that are weighed."""
        varied, self.left_out = _varied(drawn, variables, method)
        self._study = None
        if self.finished >= LEAST and varied:
            self._study = _study(drawn, varied, objective=objective, goal=goal)
        self._names = tuple(varied)
        self._found: list[Mapping[str, float]] = []

    @property
    def of(self) -> int:
        """How many pieces there are."""
        return 0 if self._study is None else TREES // AT_ONCE if self._method == "fanova" else 1

    @property
    def done(self) -> int:
        """How many of them are computed."""
        return len(self._found)

    def advance(self) -> None:
        """Compute another piece."""
        assert self._study is not None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what they warn of is said in words where it is shown
            found = get_param_importances(self._study, evaluator=self._evaluator(), normalize=True)
        self._found.append({name: float(share) for name, share in found.items()})

    def importance(self) -> dict[str, float]:
        """Each variable's share, from 0 to 1, the largest first; empty where nothing can be said."""
        shares = {name: sum(one.get(name, 0.0) for one in self._found) / max(self.done, 1) for name in self._names}
        if not self._found or not all(map(math.isfinite, shares.values())):
            return {}
        return dict(sorted(shares.items(), key=lambda one: -one[1]))

    def _evaluator(self) -> Any:
        if self._method == "fanova":
            return FanovaImportanceEvaluator(n_trees=AT_ONCE, seed=self.done)
        return PedAnovaImportanceEvaluator()


def _counts(trial: Trial, objective: int) -> bool:
    return trial.state == "finished" and len(trial.values) > objective and math.isfinite(trial.values[objective])


def _varied(
    trials: Sequence[Trial], variables: Mapping[str, Search], method: str
) -> tuple[dict[str, Search], dict[str, str]]:
    """Variables that can be weighed, and why others cannot, in words."""
    found: dict[str, Search] = {}
    left_out: dict[str, str] = {}
    for name, search in variables.items():
        tried = [one.parameters[name] for one in trials if name in one.parameters]
        if len({str(one) for one in tried}) < 2:
            left_out[name] = "all trials had the same value" if tried else "no finished trial was asked for it"
        elif method == "fanova" and len(tried) < len(trials):
            left_out[name] = f"asked for in only {len(tried):,} of {len(trials):,} trials"
        else:
            found[name] = search
    return found, left_out


def _study(trials: Sequence[Trial], variables: Mapping[str, Search], *, objective: int, goal: str) -> optuna.Study:
    """A study in memory with these variables alone, and one objective."""
    direction = optuna.study.StudyDirection.MAXIMIZE if goal == "max" else optuna.study.StudyDirection.MINIMIZE
    storage = optuna.storages.InMemoryStorage()
    storage.create_new_study([direction], study_name=ALONE)  # and not by Optuna's own function, which logs it
    made = optuna.load_study(study_name=ALONE, storage=storage)
    distributions = {name: distribution_of(search) for name, search in variables.items()}
    made.add_trials([_frozen(one, distributions, one.values[objective]) for one in trials])
    return made


def _frozen(trial: Trial, distributions: Mapping[str, Any], value: float) -> optuna.trial.FrozenTrial:
    mine = {name: one for name, one in distributions.items() if name in trial.parameters}
    parameters = {name: _stored(trial.parameters[name]) for name in mine}
    return optuna.trial.create_trial(params=parameters, distributions=mine, value=value)


def _stored(value: Any) -> Any:
    return stored(tuple(value) if isinstance(value, list) else value)
