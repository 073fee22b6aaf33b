"""Reads the losses from the device."""

from __future__ import annotations

from engine.train.behaviors.behavior import Behavior
from engine.train.job import Job


class Reading(Behavior):
    """Reads and writes down the steps' values about every `every` seconds."""

    def __init__(self, every: float = 0.09) -> None:
        self._every = every
        self._due = 0.0

    def pulse(self, job: Job, now: float) -> None:
        if now >= self._due:
            self._due = now + self._every
            job.read_losses()
