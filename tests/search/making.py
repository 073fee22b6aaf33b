"""Small studies to search in a second or two, and processes that work on them."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

from engine.runs import StudyFolder, Trial, Workspace
from engine.search import Handle, open_study
from engine.search.attributes import Who
from engine.search.distributions import asking
from engine.search.living import Silence
from engine.search.outcome import Outcome, tell
from engine.search.recovery import Recovery
from engine.search.study import equip
from engine.search.turns import Turns
from engine.search.worker import Worker
from engine.spec import Catalogue, Component, Project, Search
from engine.spec.filling import fill
from tests.train.making import wine

FINISHED = Outcome(end="finished", values=(0.5,))
LR = Search(low=1e-4, high=1e-1, log=True, value=1e-3)


def marked(*, study: dict[str, Any] | None = None, **training: Any) -> Project:
    """178 wines, whose learning rate and batch size are searched."""
    project = wine(**{"epochs": 2, **training}).set("training.optimizer.lr", LR)
    project = project.set("training.batch_size", Search(choices=(16, 32, 64)))
    settings = {"sampler": Component(kind="Random"), "pruner": Component(kind="Never"), "trials": 3, **(study or {})}
    changed: Project = project.having(study=project.study.having(**settings))
    return changed


def work(workspace: Workspace, study: StudyFolder, *, place: str = "cpu-1") -> str:
    """Work on a study in this process; why it ended."""
    worker = Worker(workspace, study, "cpu", place=place, tracking=False)
    worker.linger = 0.0
    return worker.work()


def trials(study: StudyFolder) -> list[Trial]:
    """All trials of a study, read from its storage."""
    return open_study(study).trials()[1]


def is_in_the_midst(handle: Handle, number: int) -> bool:
    """Whether a trial has had some epochs, and has some left."""
    return any(one.number == number and one.state == "running" and len(one.reports) > 4 for one in handle.trials()[1])


@contextmanager
def processes(
    workspace: Workspace, study: StudyFolder, places: Sequence[str]
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Workers of a study, each a process; whoever is left in the end is killed."""
    found = [_process(workspace, study, place) for place in places]
    try:
        yield found
    finally:
        for one in found:
            one.kill()
            one.wait()


def _process(workspace: Workspace, study: StudyFolder, place: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "engine.search", "--workspace", str(workspace.path), "--study", study.id]
    with Path(workspace.path / f"{place}.log").open("ab") as log:
        return subprocess.Popen(
            [*command, "--device", "cpu", "--place", place, "--no-tracking"],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def ask_and_tell(workspace: Workspace, folder: StudyFolder, outcome: Outcome = FINISHED) -> int:
    """Work on a study without training anything; how many trials were begun here."""
    mine, begun = turns(workspace, folder), 0
    while not (turn := mine.next()).over:
        if turn.trial is not None:
            begun += 1
            fill(mine.handle.project, asking(turn.trial))
            tell(mine.handle.study, turn.trial, outcome)
        else:
            sleep(turn.wait / 20)
    return begun


def turns(workspace: Workspace, folder: StudyFolder) -> Turns:
    """Asks for trials in the name of a worker of its own."""
    handle = open_study(folder)
    equip(handle.study, handle.project, Catalogue.load(), "cpu-1")
    who = Who(place=f"cpu-{threading.get_ident()}", home="elsewhere", pid=0, started=0.0)
    return Turns(handle, who, Recovery(handle, workspace, who, Silence()))
