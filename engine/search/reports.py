"""Beside the loop of a trial's run: each epoch is shown to the pruner, which may end it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from math import nan
from time import monotonic

import optuna

from engine.search.objectives import Judged, missing
from engine.search.storage import is_trouble, reason_of
from engine.train.behaviors import Behavior
from engine.train.halt import Halt, Pruned
from engine.train.job import Job

REST = 9.0
"""Times as long as a storage that does not answer was waited for, it is left alone: a tenth of the time is lost."""

log = logging.getLogger("search")


class Unmeasured(Halt):
    """The task does not give what the study's trials are judged by: none of them can be."""


class Reports(Behavior):
    """Shows a trial's first objective to its pruner, epoch by epoch.

    Args:
        trial: in its study.
        objectives: all that are metrics have to be there.
        prunes: whether the pruner is asked.
    """

    def __init__(self, trial: optuna.Trial, objectives: tuple[Judged, ...], *, prunes: bool) -> None:
        self._trial = trial
        self._objectives = objectives
        self._prunes = prunes
        self._silent = False
        self._rested = 0.0
        self.trouble = ""
        """Why no trial of the study can be judged, once that is known."""

    def epoch(self, job: Job, metrics: Mapping[str, float]) -> None:
        for objective in self._objectives:
            self._check(job, objective, metrics)
        first = self._objectives[0]
        if not self._prunes or first.is_cost:
            return
        name = job.watch if first.watched else first.name
        value = metrics.get(name, nan)
        if self._is_hopeless(job.progress.epoch, value) and job.progress.epoch < job.training.epochs:
            raise Pruned(
                f"Pruned after epoch {job.progress.epoch}: with {name} at {value:.4g} it was behind the others."
            )

    def _check(self, job: Job, objective: Judged, metrics: Mapping[str, float]) -> None:
        """Refuse a metric that does not come; that of the test split is measured in the end."""
        name = objective.name
        if objective.is_cost or objective.watched or name in metrics:
            return
        if not (name.startswith("test/") and "test" in job.splits):
            self.trouble = missing(name, metrics)
            raise Unmeasured(self.trouble)

    def _is_hopeless(self, epoch: int, value: float) -> bool:
        """Whether the pruner has seen enough; without an answer the run goes on."""
        asked = monotonic()
        if asked < self._rested:
            return False
        try:
            if epoch not in self._trial.storage.get_trial(self._trial._trial_id).intermediate_values:
                self._trial.report(value, epoch)
            return self._trial.should_prune()
        except Exception as error:
            if not is_trouble(error):
                raise
            if not self._silent:
                log.warning(
                    "the study's storage does not answer: %s; the trial is trained to its end", reason_of(error)
                )
            self._silent = True
            self._rested = monotonic() + REST * (monotonic() - asked)
            return False
