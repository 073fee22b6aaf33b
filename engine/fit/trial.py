"""Taking a few real steps on a device, to know instead of to foretell; meant for a process of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

import torch
from torch import Tensor

from engine.assemble import assemble
from engine.fit.calibration import Measurement, key_of
from engine.fit.meter import PeakMeter, warm_up
from engine.fit.rehearsal import Rehearsal
from engine.spec import Catalogue, Column, Facts, Project
from engine.train.device import precision, settle
from engine.train.learner import Learner, make_learner
from engine.train.loop import step
from engine.train.network import Network
from engine.train.plan import Batch
from engine.train.seeds import seed_everything
from engine.train.words import is_out_of_memory

WARM = 2
"""Steps that are not timed: the first makes the optimizer's state, and algorithms are chosen in both."""
STEPS = 10
ENOUGH = 4.0
"""Seconds after which no further step is begun."""

Progress = Callable[[str, float], None]


class NoRoomError(ValueError):
    """The device's memory ran out; the sentence says with how many samples."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A project to be tried on a device."""

    project: Project
    catalogue: Catalogue
    facts: Facts
    device: torch.device
    tell: Progress
    """Called with what is being done and how much of it is done, from 0 to 1."""

    def run(self, rehearsal: Rehearsal, batch: int, *, beside: bool = False) -> Measurement:
        """Take steps with made-up samples of the data's shapes; raise `NoRoomError` when memory runs out."""
        try:
            memory, seconds = self._steps(batch)
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            words = f"The memory of {self.device} ran out in a real step with {batch} samples."
            raise NoRoomError(words) from None
        peak = rehearsal.step.at(batch)
        return Measurement(
            key=key_of(self.project, self.facts),
            batch=batch,
            seconds=seconds,
            memory=memory,
            tensors=int(rehearsal.weights + rehearsal.optimizer + peak),
            step=int(peak),
            flops=rehearsal.work.flops.at(batch),
            traffic=rehearsal.work.traffic.at(batch),
            calls=rehearsal.work.calls.at(batch),
            beside=beside,
            time=time.time(),
        )

    def _steps(self, batch: int) -> tuple[int, float]:
        """The peak of memory in bytes, the data apart, and the median step in seconds."""
        self.tell("Building the network", 0.0)
        settle(self.device, self.project.training)
        warm_up(self.device)
        samples = self.samples(batch)
        meter = PeakMeter(self.device)
        learner = self.learner()
        batches = [learner.network.laid_out(samples)] * self.project.training.accumulate
        seconds = list(self._timed(learner, batches))
        copied = sum(_bytes(batches[0][name]) for name, one in samples.items() if batches[0][name] is not one)
        return meter.read() - copied, median(seconds)

    def samples(self, count: int) -> Batch:
        """Made-up samples on the device."""
        return {one.name: _made_up(one, count, self.device) for one in self.facts.columns.values()}

    def learner(self) -> Learner:
        """Network and optimizer on the device, ready to be trained."""
        seed_everything(self.project.training.seed, self.device)
        module = assemble(self.project, self.catalogue, self.facts).to(self.device)
        training = self.project.training
        network = Network(module, precision(self.device, training), compiled=training.compile)
        network.module.train()
        return make_learner(self.project, self.catalogue, self.facts, network, self.device)

    def _timed(self, learner: Learner, batches: list[Batch]) -> Iterator[float]:
        begun = time.perf_counter()
        for number in range(WARM + STEPS):
            self.tell("Warming up" if number < WARM else "Measuring", number / (WARM + STEPS))
            learner.meter.open({name: torch.cat([one[name] for one in batches]) for name in batches[0]})
            since = time.perf_counter()
            step(learner, batches)
            _wait(self.device)
            now = time.perf_counter()
            if number >= WARM or now - begun > ENOUGH:
                yield now - since
            if number >= 1 and now - begun > ENOUGH:
                return


def _made_up(column: Column, count: int, device: torch.device) -> Tensor:
    shape = (count, *column.shape)
    if column.dtype == "int64":
        return torch.randint(max(1, len(column.classes)), shape, device=device)
    return torch.randn(shape, device=device)


def _bytes(tensor: Tensor) -> int:
    return tensor.numel() * tensor.element_size()


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()
