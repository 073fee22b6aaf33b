"""Ends a run that has stopped getting better."""

from __future__ import annotations

from collections.abc import Mapping
from math import nan
from typing import Any

from engine.runs import is_better
from engine.train.behaviors.behavior import Behavior
from engine.train.job import Job


class EarlyStop(Behavior):
    """Enough after `patience` epochs in which the watched metric was not better than ever before."""

    def __init__(self, patience: int) -> None:
        self._patience = patience
        self._best = nan
        self._waited = 0

    def epoch(self, job: Job, metrics: Mapping[str, float]) -> None:
        if is_better(metrics[job.watch], self._best, job.goal):
            self._best, self._waited = metrics[job.watch], 0
            return
        self._waited += 1
        if self._waited >= self._patience:
            job.progress.enough = (
                f"Stopped early after epoch {job.progress.epoch}: {job.watch} had not become better than "
                f"{self._best:.4g} for {self._patience} epoch{'s' if self._patience > 1 else ''}."
            )
            job.reporter.log(job.progress.enough)

    def prolonged(self) -> None:
        self._waited = 0

    def state(self) -> dict[str, Any]:
        return {"best": self._best, "waited": self._waited}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._best, self._waited = state.get("best", nan), state.get("waited", 0)
