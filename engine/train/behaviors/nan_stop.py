"""Ends a run whose loss is no longer a number."""

from __future__ import annotations

from math import isfinite

from engine.events import Steps
from engine.train.behaviors.behavior import Behavior
from engine.train.checkpoint import spoiled
from engine.train.halt import Diverged
from engine.train.job import Job


class NanStop(Behavior):
    """Fails the run when a loss is NaN or infinite: noticed at the next reading, before anything is saved."""

    def read(self, job: Job, steps: Steps) -> None:
        for place, loss in enumerate(steps.values["loss"]):
            if not isfinite(loss):
                raise Diverged(spoiled(job, "The loss", steps.first + place))
