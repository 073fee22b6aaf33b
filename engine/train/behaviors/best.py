"""Keeps the weights of the best epoch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from engine.events import Checkpointed
from engine.runs import improves
from engine.train.behaviors.behavior import Behavior
from engine.train.checkpoint import BEST, check_finite, plain_weights, write_weights
from engine.train.job import Job


@dataclass(frozen=True, kw_only=True)
class Found:
    """The weights of an epoch that was better than all before it."""

    metrics: dict[str, float]
    epoch: int
    step: int
    weights: dict[str, Tensor]


class BestCheckpoint(Behavior):
    """Writes `best.safetensors` whenever an epoch is better than all before it.

    Args:
        late: write them only together with a checkpoint. Until then they are in memory.
    """

    def __init__(self, *, late: bool = False) -> None:
        self._late = late
        self._best: dict[str, float] = {}
        self._waiting: Found | None = None

    @property
    def best(self) -> Mapping[str, float]:
        """The metrics of the best epoch so far; empty before there is one."""
        return self._waiting.metrics if self._waiting else self._best

    def epoch(self, job: Job, metrics: Mapping[str, float]) -> None:
        if not improves(metrics, self.best, watch=job.watch, goal=job.goal):
            return
        check_finite(job)
        progress = job.progress
        self._waiting = Found(
            metrics=dict(metrics), epoch=progress.epoch, step=progress.step, weights=plain_weights(job)
        )
        if not self._late:
            self.saved(job)

    def saved(self, job: Job) -> None:
        found = self._waiting
        if found is None:
            return
        about = {"epoch": str(found.epoch), job.watch: repr(found.metrics[job.watch])}
        try:
            write_weights(found.weights, job.folder.checkpoints / BEST, about)
        except OSError as error:
            job.reporter.log(f"The best weights could not be saved: {error.strerror or error}.", "warning")
            return
        self._best, self._waiting = found.metrics, None
        job.reporter.say(Checkpointed(step=found.step, epoch=found.epoch, path=f"checkpoints/{BEST}", best=True))

    def state(self) -> dict[str, Any]:
        return {"best": self._best}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._best = state.get("best", {})
