"""Keeps the weights of the best epoch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.events import Checkpointed
from engine.runs import improves
from engine.train.behaviors.behavior import Behavior
from engine.train.checkpoint import BEST, check_finite, save_weights
from engine.train.job import Job


class BestCheckpoint(Behavior):
    """Writes `best.safetensors` whenever an epoch is better than all before it."""

    def __init__(self) -> None:
        self._best: dict[str, float] = {}

    def epoch(self, job: Job, metrics: Mapping[str, float]) -> None:
        progress = job.progress
        if not improves(metrics, self._best, watch=job.watch, goal=job.goal):
            return
        check_finite(job)
        path = job.folder.checkpoints / BEST
        try:
            save_weights(job, path, {"epoch": str(progress.epoch), job.watch: repr(metrics[job.watch])})
        except OSError as error:
            job.reporter.log(f"The best weights could not be saved: {error.strerror or error}.", "warning")
            return
        self._best = dict(metrics)
        job.reporter.say(Checkpointed(step=progress.step, epoch=progress.epoch, path=f"checkpoints/{BEST}", best=True))

    def state(self) -> dict[str, Any]:
        return {"best": self._best}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._best = state.get("best", {})
