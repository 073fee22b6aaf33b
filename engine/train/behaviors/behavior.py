"""What a behavior may do, and when it is asked to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.events import Steps
from engine.train.job import Job


class Behavior:
    """Beside the loop; overrides what it cares for. Any of these may raise `Halt` to end the run."""

    @property
    def name(self) -> str:
        """What a checkpoint knows its state by."""
        return type(self).__name__

    def pulse(self, job: Job, now: float) -> None:
        """Between two steps, some twenty times a second; `now` is in seconds, on the clock of `perf_counter`."""

    def read(self, job: Job, steps: Steps) -> None:
        """Some steps' values arrived from the device."""

    def epoch(self, job: Job, metrics: Mapping[str, float]) -> None:
        """An epoch is over and counted."""

    def saved(self, job: Job) -> None:
        """A checkpoint is about to be written: what it refers to has to lie on the disk by then."""

    def prolonged(self) -> None:
        """The run goes on for more epochs than those that its checkpoint was made in."""

    def state(self) -> dict[str, Any]:
        """What a checkpoint must hold: plain values and tensors."""
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `state` gave."""
