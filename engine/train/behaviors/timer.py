"""Writes checkpoints at the ends of epochs, and from time to time inside a long one."""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter

from engine.events import Checkpointed
from engine.train.behaviors.behavior import Behavior
from engine.train.checkpoint import LAST, save_checkpoint
from engine.train.job import Job


class CheckpointTimer(Behavior):
    """A checkpoint every `every` seconds (0: none inside an epoch) and at each epoch's end.

    Args:
        every: seconds between two within an epoch.
        fresh: seconds after one in which an epoch that is not the last may end without another.
    """

    def __init__(self, every: float, *, fresh: float = 0.0) -> None:
        self._every = every
        self._fresh = fresh
        self._last = perf_counter()

    def pulse(self, job: Job, now: float) -> None:
        if self._every and now - self._last >= self._every:
            keep(job)
            self._last = perf_counter()

    def epoch(self, job: Job, metrics: Mapping[str, float]) -> None:
        if job.is_done or perf_counter() - self._last >= self._fresh:
            keep(job)
            self._last = perf_counter()


def keep(job: Job) -> bool:
    """Write a checkpoint and say so; where the disk refuses, say that, keep the earlier one and go on."""
    try:
        save_checkpoint(job)
    except OSError as error:
        reason = error.strerror or str(error)
        job.reporter.log(
            f"No checkpoint could be written: {reason}. Training goes on; the last one before it is kept.", "warning"
        )
        return False
    job.reporter.say(Checkpointed(step=job.progress.step, epoch=job.progress.epoch, path=f"checkpoints/{LAST}"))
    return True
