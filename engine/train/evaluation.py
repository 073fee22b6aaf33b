"""Measuring a split: no gradients, no randomness that training would notice, no waiting within it."""

from __future__ import annotations

from contextlib import suppress
from time import perf_counter

import torch

from engine.train.job import Job
from engine.train.plan import ending
from engine.train.seeds import apart
from engine.train.tally import Tally

TESTED = "tested.json"


@torch.inference_mode()
def evaluate(job: Job, split: str) -> dict[str, float]:
    """A split's metrics, named `split/metric`. Orders are obeyed meanwhile."""
    samples, tally = job.splits[split], Tally()
    job.network.module.eval()
    everything = samples.batches(torch.arange(len(samples)), job.at_once)
    with apart(job.device, job.training.seed), ending(everything):
        for gathered in everything:
            batch = job.network.laid_out(gathered)
            outputs = job.network(batch)
            count = len(next(iter(batch.values())))
            loss = job.task.loss(torch, outputs, batch, job.facts).detach()
            tally.add({"loss": loss * count, "samples": torch.tensor(count)})
            tally.add(job.task.tally(torch, outputs, batch, job.facts))
            if perf_counter() >= job.due:
                job.pulse()
    if split == "test":
        keep(job, tally)
    return named(job, split, tally)


def keep(job: Job, tally: Tally) -> None:
    """Write down beside the run what its task has to say of the test split besides metrics; a full disk is no harm."""
    with suppress(OSError):
        job.folder.write_json(TESTED, job.task.kept(tally.read(), job.facts), flush=False)


def named(job: Job, split: str, tally: Tally) -> dict[str, float]:
    """The metrics of a tally that has `loss` and `samples`, with the split's name before each."""
    sums = tally.read()
    loss = float(sums["loss"] / sums["samples"])
    return {f"{split}/{name}": value for name, value in {"loss": loss, **job.task.metrics(sums, job.facts)}.items()}


def of_training(job: Job) -> dict[str, float]:
    """The running epoch's metrics, from what was tallied while it was trained: dropout on, weights in motion."""
    job.meter.settle()
    sums = {**job.meter.tally.read()}
    loss = job.progress.loss / max(1, job.progress.samples)
    return {f"train/{name}": value for name, value in {"loss": loss, **job.task.metrics(sums, job.facts)}.items()}
