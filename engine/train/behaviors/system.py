"""Tells what the machine does."""

from __future__ import annotations

from contextlib import suppress

import psutil
import torch

from engine.events import System
from engine.train.behaviors.behavior import Behavior
from engine.train.job import Job


class SystemUse(Behavior):
    """Says about every `every` seconds how busy processor, memory and accelerator are, and how fast training goes."""

    def __init__(self, every: float = 1.0) -> None:
        self._every = every
        self._last = (0.0, 0)
        self._process = psutil.Process()
        psutil.cpu_percent()  # the first call has nothing to compare with

    def pulse(self, job: Job, now: float) -> None:
        then, before = self._last
        if now - then < self._every:
            return
        self._last = (now, job.progress.step)
        if then:
            pace = (job.progress.step - before) * job.plan.step_size / (now - then)
            values = {**self._use(job.device), "samples_per_second": pace}
            job.reporter.say(System(step=job.progress.step, values=values))

    def _use(self, device: torch.device) -> dict[str, float]:
        values = {
            "cpu": psutil.cpu_percent(),
            "memory": float(psutil.virtual_memory().used),
            "process_memory": float(self._process.memory_info().rss),
        }
        if device.type == "cuda":
            values["gpu_memory"] = float(torch.cuda.memory_reserved(device))
            with suppress(Exception):  # needs NVIDIA's management library, which not every machine has
                values["gpu"] = float(torch.cuda.utilization(device))
        return values
