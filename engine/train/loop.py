"""The training loop."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

import torch

from engine.events import Metrics
from engine.train.evaluation import evaluate, of_training
from engine.train.job import Job
from engine.train.learner import Learner
from engine.train.plan import Batch, ending


def fit(job: Job) -> None:
    """Train epoch after epoch, from wherever the job stands, until the last or until a behavior says it is enough."""
    while not job.is_done:
        train_epoch(job)
        metrics = of_training(job)
        if "validation" in job.splits:
            metrics |= evaluate(job, "validation")
        job.count_time()
        end_epoch(job, metrics)


def train_epoch(job: Job) -> None:
    """Take the steps of an epoch that are still to be taken."""
    progress, plan = job.progress, job.plan
    order, done = plan.left(progress.epoch, after=progress.within)
    job.network.module.train()
    chunks = job.splits["train"].batches(order, plan.chunk)
    with ending(chunks):
        for gathered in chunks:
            chunk = job.network.laid_out(gathered)
            job.meter.open(chunk, after=done * plan.step_size)
            for batches in plan.steps(chunk, after=done):
                step(job, batches)
                progress.step += 1
                progress.within += 1
                if perf_counter() >= job.due:
                    job.pulse()
            done = 0
    job.read_losses()


def step(job: Learner, batches: Sequence[Batch]) -> None:
    """Learn from some batches, of which several count as one: forward, loss, backward; then the weights move."""
    sizes = [len(next(iter(batch.values()))) for batch in batches]
    samples = sum(sizes)
    total: torch.Tensor | None = None
    for batch, size in zip(batches, sizes, strict=True):
        outputs = job.network(batch)
        loss = job.task.loss(torch, outputs, batch, job.facts)
        if size != samples:
            loss = loss * (size / samples)
        loss.backward()
        job.meter.add(outputs, size)
        total = loss.detach() if total is None else total + loss.detach()
    assert total is not None, "a step without samples"
    norm = clip(job) if job.training.gradient_clip else length(job) if job.losses.lack_norm else None
    job.losses.add(total, job.rate, samples, norm)
    job.optimizer.step()
    for parameter in job.network.parameters:  # as zero_grad does, without its bookkeeping: 20 µs a step
        parameter.grad = None
    if job.schedule is not None and job.per_step:
        job.schedule.step()


def clip(job: Learner) -> torch.Tensor:
    """Shorten gradients that are longer than allowed; return how long they were."""
    return torch.nn.utils.clip_grad_norm_(job.network.parameters, job.training.gradient_clip)


def length(job: Learner) -> torch.Tensor:
    """How long all gradients together are, without waiting for it."""
    gradients = [one.grad for one in job.network.parameters if one.grad is not None]
    return torch.nn.utils.get_total_norm(gradients)


def end_epoch(job: Job, metrics: dict[str, float]) -> None:
    """Write the epoch down, move the schedule on, and let the behaviors judge."""
    progress = job.progress
    job.reporter.say(
        Metrics(epoch=progress.epoch + 1, step=progress.step, values=metrics, seconds=round(progress.seconds, 4))
    )
    if job.schedule is not None and not job.per_step:
        job.schedule.step(*([metrics[job.watch]] if job.watches else []))
    progress.next_epoch()
    job.meter.clear()
    for behavior in job.behaviors:
        behavior.epoch(job, metrics)
