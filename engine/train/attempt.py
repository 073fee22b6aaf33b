"""Training the project in a run folder, from claiming it to its last word."""

from __future__ import annotations

import os
import platform
import socket
import traceback
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from threading import Event

import numpy as np
import torch

from engine.data import DataCache
from engine.events import Ended, Started
from engine.runs import RunFolder, Workspace, commit_of
from engine.runs.curves import write_curves
from engine.spec import Catalogue, Project, Training
from engine.train.behaviors import Behavior, BestCheckpoint
from engine.train.behaviors.timer import keep
from engine.train.checkpoint import BEST, LAST, load_weights, restore
from engine.train.continuing import inherit, prolong
from engine.train.device import machine_of
from engine.train.evaluation import evaluate
from engine.train.export import export_model
from engine.train.halt import Halt
from engine.train.heartbeat import Heartbeat
from engine.train.job import Job
from engine.train.keeping import EVERYTHING, Keeping
from engine.train.loop import fit
from engine.train.making import Setting, make_job, write_code
from engine.train.reporter import Listener, Reporter
from engine.train.threads import restored
from engine.train.words import explain, is_ours


class RunError(ValueError):
    """A run that cannot be trained (any more), in the user's words."""


def train_run(  # noqa: PLR0913 - what a run is given by the process that it shares with others
    folder: RunFolder,
    device: str = "auto",
    *,
    on_event: Listener | None = None,
    interrupt: Event | None = None,
    catalogue: Catalogue | None = None,
    behaviors: Sequence[Behavior] = (),
    data: DataCache | None = None,
    keeping: Keeping = EVERYTHING,
) -> Ended:
    """Train the frozen project of a run folder, or go on from its last checkpoint; return how it ended.

    Everything is written to the folder's journal. Whatever goes wrong in training becomes an `Ended` event.

    Args:
        folder: the run's.
        device: "auto", "cpu", "cuda:0" or "mps".
        on_event: called with every event.
        interrupt: set it (from a signal handler, say) to end the attempt after the current step, with a checkpoint.
        catalogue: what layers, tasks and datasets there are; what ships if not given.
        behaviors: more beside the loop. They act at an epoch's end when its best weights are kept and before the
            checkpoint is written; one may end the run with a `Halt`, as `Pruned`.
        data: where the runs of this process find each other's data.
        keeping: how much of the run is put on the disk, and how often.

    Raises:
        TakenError: when another process trains the run.
        RunError: when it has finished.
    """
    summary = folder.summary()
    if summary.state == "finished":
        raise RunError(f"The run '{folder.id}' has finished; there is nothing left to train.")
    heard = _size(folder.controls) if summary.attempts else 0  # what was asked of an earlier attempt is done with
    with folder.owner as owner, Heartbeat(owner), closing(Reporter(folder, on_event)) as reporter, restored():
        setting = Setting(
            folder=folder,
            place=device,
            reporter=reporter,
            catalogue=catalogue or Catalogue.load(),
            interrupt=interrupt or Event(),
            heard=heard,
            behaviors=behaviors,
            data=DataCache() if data is None else data,
            keeping=keeping,
        )
        attempt = Attempt(setting)
        try:
            ended = attempt.run()
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - a run may break in any way, and says how
            ended = attempt.broken(error)
        reporter.say(ended)
    write_curves(folder)
    return ended


def run(
    project: Project,
    *,
    workspace: Path | str | None = None,
    device: str = "auto",
    folder: Path | None = None,
    on_event: Listener | None = None,
) -> RunFolder:
    """Train a project in this process and return its run folder, whose `summary()` tells how it went.

    Args:
        project: what to train.
        workspace: where the run is kept; the default workspace where none is named.
        device: "auto", "cpu", "cuda:0" or "mps".
        folder: where the project's relative paths start; the current folder where none is named.
        on_event: called with every event.
    """
    home = (Workspace(Path(workspace)) if workspace is not None else Workspace.default()).prepare()
    made = home.new_run(project, device=device, folder=folder)
    train_run(made, device, on_event=on_event)
    return made


class Attempt:
    """One attempt at training a run."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._folder = setting.folder
        self._reporter = setting.reporter
        self._training: Training | None = None
        self._job: Job | None = None

    def run(self) -> Ended:
        """Train to the end."""
        project = self._folder.project()
        self._training = project.training
        before = inherit(self._folder)
        job = self._job = make_job(self._setting, project)
        if (self._folder.checkpoints / LAST).exists():
            restore(job)
        if before is not None:
            prolong(job, self._setting.catalogue, before)
        self._reporter.say(started(job))
        self._warn(job)
        try:
            fit(job)
            return self._finish(job)
        except Halt as halt:
            return self._halted(job, halt)

    def broken(self, error: BaseException) -> Ended:
        """How an attempt ended that was broken off: the sentence for the user, the traceback for whoever mends it."""
        if not is_ours(error) and isinstance(error, Exception):
            text = traceback.format_exc()
            self._reporter.log(text, "debug")
            with suppress(OSError):
                (self._folder.path / "crash.txt").write_text(text, encoding="utf-8")
        outcome = "failed" if isinstance(error, Exception) else "interrupted"
        return self._ended(outcome, explain(error, self._training))

    def _warn(self, job: Job) -> None:
        if job.training.batch_size > job.plan.count:
            self._reporter.log(
                f"The batch size is {job.training.batch_size}, but there are only {job.plan.count} training samples: "
                "each epoch is one step.",
                "warning",
            )

    def _finish(self, job: Job) -> Ended:
        """Bring the best weights back, measure the test split once, and leave the model behind."""
        best = self._folder.checkpoints / BEST
        if best.exists():
            load_weights(job, best)
        metrics = evaluate(job, "test") if "test" in job.splits else {}
        if self._setting.keeping.wants({**self._best(job), **metrics}):
            self._leave_behind(job)
        return self._ended("finished", job.progress.enough, metrics)

    def _best(self, job: Job) -> Mapping[str, float]:
        return next(one.best for one in job.behaviors if isinstance(one, BestCheckpoint))

    def _leave_behind(self, job: Job) -> None:
        if not self._folder.code.exists():
            write_code(self._setting, self._folder.project(), job.facts)
        export_model(job)

    def _halted(self, job: Job, halt: Halt) -> Ended:
        if halt.keeps:
            keep(job)
        return self._ended(halt.outcome, str(halt))

    def _ended(self, outcome: str, message: str, metrics: dict[str, float] | None = None) -> Ended:
        step, epoch = (self._job.progress.step, self._job.progress.epoch) if self._job is not None else (0, 0)
        return Ended(outcome=outcome, message=message, step=step, epoch=epoch, metrics=metrics or {})  # type: ignore[arg-type]


def started(job: Job) -> Started:
    """The event that begins an attempt."""
    return Started(
        device=str(job.device),
        pid=os.getpid(),
        host=socket.gethostname(),
        epochs=job.training.epochs,
        steps_per_epoch=job.plan.steps_per_epoch,
        step=job.progress.step,
        epoch=job.progress.epoch,
        watch=job.watch,
        goal=job.goal,
        samples=dict(job.facts.sizes),
        versions={"python": platform.python_version(), "torch": str(torch.__version__), "numpy": np.__version__},
        machine=machine_of(job.device),
        threads=torch.get_num_threads(),
        commit=commit_of(Path(str(job.folder.request().get("folder") or job.folder.path))),
    )


def _size(path: Path) -> int:
    """A file's size in bytes, 0 where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
