"""Going on for more epochs than were planned: what a new run takes over from the one before it."""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path
from typing import Any

import torch

from engine.runs import RunFolder
from engine.runs.again import continued
from engine.spec import Catalogue, Optimizer, Schedule
from engine.train.checkpoint import BEST, LAST, CheckpointError
from engine.train.job import Job

OWN = (b'{"type":"created"', b'{"type":"ended"')
"""Lines of a journal that belong to its run alone."""


def inherit(folder: RunFolder) -> RunFolder | None:
    """Copy the checkpoints, the data's statistics and the history that a run goes on from, unless it has them already.

    The history comes along so that curves, best values and the best weights are those of the whole training. Return
    the run that it goes on from; None for one that starts afresh, or is itself resumed. Raise `CheckpointError` where
    there is nothing to go on from any more.
    """
    before = continued(folder)
    if before is None or (folder.checkpoints / LAST).exists():
        return None
    if not (before.checkpoints / LAST).exists():
        raise CheckpointError(f"The run '{before.id}', which this one goes on from, or its last checkpoint is gone.")
    folder.checkpoints.mkdir(exist_ok=True)
    for place in ("statistics.json", f"checkpoints/{BEST}"):
        if (before.path / place).exists():
            _copy(before.path / place, folder.path / place)
    if not folder.summary().attempts:
        with before.events.open("rb") as history, folder.events.open("ab") as journal:
            journal.writelines(line for line in history if line.endswith(b"\n") and not line.startswith(OWN))
    _copy(before.checkpoints / LAST, folder.checkpoints / LAST)  # the last, since it says that all is there
    return before


def prolong(job: Job, catalogue: Catalogue, before: RunFolder) -> None:
    """Let a job that was put where another run ended go on from there, for the epochs that its own project says.

    A schedule that depends on the number of epochs is laid out over the new number and taken up at its place, as if
    they had been planned from the start; any other goes on as it was. Waiting for improvement starts afresh.
    """
    job.progress.enough = ""
    for behavior in job.behaviors:
        behavior.prolonged()
    words = f"Goes on from {before.id} after epoch {job.progress.epoch}, until epoch {job.training.epochs}."
    if _laid_out_anew(job, catalogue, planned=before.project().training.epochs):
        kind, epochs = job.training.schedule.kind, job.training.epochs
        words += f" {kind} is laid out over all {epochs} epochs: the learning rate goes on at {job.rate:.3g}."
    job.reporter.log(words)


def _laid_out_anew(job: Job, catalogue: Catalogue, *, planned: int) -> bool:
    """Take up the schedule as it is over the new number of epochs; False where that makes no difference."""
    if job.schedule is None or job.watches:
        return False
    groups, state = _course(job, catalogue, job.training.epochs)
    if len(groups) != len(job.optimizer.param_groups) or groups == _course(job, catalogue, planned)[0]:
        return False
    for group, settings in zip(job.optimizer.param_groups, groups, strict=True):
        group.update(settings)
    job.schedule.load_state_dict(state)
    return True


def _course(job: Job, catalogue: Catalogue, epochs: int) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What a schedule over so many epochs has made of the optimizer's settings by now, and its own state."""
    optimizer = catalogue.make(Optimizer, job.training.optimizer).build(torch, [torch.nn.Parameter(torch.zeros(1))])
    schedule = catalogue.make(Schedule, job.training.schedule).build(
        torch, optimizer, epochs=epochs, steps_per_epoch=job.plan.steps_per_epoch, goal=job.goal
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PyTorch expects a step of the optimizer before each
        for _ in range(job.progress.step if job.per_step else job.progress.epoch):
            schedule.step()
    settings = [{name: value for name, value in group.items() if name != "params"} for group in optimizer.param_groups]
    return settings, schedule.state_dict()


def _copy(old: Path, new: Path) -> None:
    """Copy whole or not at all."""
    part = new.with_name(f".{new.name}.part")
    shutil.copyfile(old, part)
    part.replace(new)
