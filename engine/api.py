"""Netloom from Python: `from engine import load, check, train` does what the window and the command line do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.runs import RunFolder, Workspace
from engine.spec import Problem, Project, read_project

if TYPE_CHECKING:
    from engine.analyze import Report
    from engine.search import Handle


def load(path: str | Path) -> Project:
    """Read a project file; raise `ProjectError`, in the user's words, when it is none."""
    return read_project(Path(path).expanduser())


def check(
    project: Project | str | Path,
    *,
    folder: str | Path | None = None,
    device: str = "auto",
    workspace: str | Path | None = None,
) -> Report:
    """Say of every node what it gives and costs, and of the project what is wrong. Reads the data, trains nothing.

    The report's `training` says what memory and time a training step takes, and the largest batch that fits.

    Args:
        project: a project or a project file.
        device: where it would be trained: "auto", "cpu", "cuda:0" or "mps".
        workspace: whose measurements of devices count; the default workspace where none is named.
        folder: where the project's relative paths start; the file's folder, or the current one, where none is named.
    """
    from engine.service.questions import Questions

    value, start = _opened(project, folder)
    questions = Questions(_home(workspace))
    report = questions.report(value, start)
    training = questions.foretold(value, start, device)
    problems = [Problem.model_validate(one) for one in training.pop("problems")]
    searched = (*questions.judged(value, start), *questions.met(value, start))
    return replace(report, training=training, problems=(*report.problems, *problems, *searched))


def to_pytorch(project: Project | str | Path, *, folder: str | Path | None = None, network: str = "model") -> str:
    """Write a network as the PyTorch that a person would have written; raise ValueError where it has a problem.

    Args:
        project: a project or a project file.
        folder: where the project's relative paths start; the file's folder, or the current one, where none is named.
        network: which of its networks.
    """
    from engine.service.questions import Questions

    value, start = _opened(project, folder)
    return Questions().source(value, start, network)


def train(
    project: Project | str | Path,
    *,
    workspace: str | Path | None = None,
    device: str = "auto",
    folder: str | Path | None = None,
    on_event: Callable[[Any], None] | None = None,
) -> RunFolder:
    """Train a project in this process, tell MLflow of it, and return the run: `run.summary().last` has its metrics.

    Args:
        project: a project or a project file.
        workspace: where the run is kept; the default workspace where none is named.
        device: "auto", "cpu", "cuda:0" or "mps".
        folder: where the project's relative paths start; the file's folder, or the current one, where none is named.
        on_event: called with every event (see `engine.events`).

    Raises:
        ValueError: when project, device or workspace cannot be used. What goes wrong later is told by the summary.
    """
    from engine.track import followed
    from engine.train import find_device, train_run

    value, start = _opened(project, folder)
    find_device(device)
    home = _home(workspace).prepare()
    run = home.new_run(value, device=device, folder=start)
    with followed(home, on_event) as listener:
        train_run(run, device, on_event=listener)
    return run


def search(
    project: Project | str | Path,
    *,
    workspace: str | Path | None = None,
    device: str = "auto",
    folder: str | Path | None = None,
    workers: int | None = None,
) -> Handle:
    """Search what a project marks, in worker processes, until its budget is used; every trial is a run.

    The handle's `trials()` gives a revision and the trials; `best()` the best one, or the front of several objectives.

    Args:
        project: a project or a project file; its `study` says what is good, how to look for it and how much to try.
        workspace: where study and runs are kept; the default workspace where none is named.
        device: "auto", "cpu", "cuda:0" or "mps".
        folder: where the project's relative paths start; the file's folder, or the current one, where none is named.
        workers: processes that train side by side; as the project says where not given.

    Raises:
        ValueError: when nothing is marked, settings contradict each other, or device, storage or workspace cannot be
            used.
    """
    from engine.search import Crew, open_study, supervise
    from engine.train import find_device

    value, start = _opened(project, folder)
    find_device(device)
    home = _home(workspace).prepare()
    handle = open_study(home.new_study(value, folder=start))
    supervise(Crew(workspace=home, folder=handle.folder, device=device, workers=workers or value.study.workers))
    return handle


def _home(workspace: str | Path | None) -> Workspace:
    return Workspace(Path(workspace)) if workspace is not None else Workspace.default()


def _opened(project: Project | str | Path, folder: str | Path | None) -> tuple[Project, Path]:
    if isinstance(project, Project):
        return project, Path(folder or ".").absolute()
    path = Path(project).expanduser()
    return load(path), Path(folder or path.parent).absolute()
