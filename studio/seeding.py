"""Queuing a project over several seeds as one group."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from engine.runs.again import start_of
from engine.runs.seeds import new_group, over_seeds
from studio.states import OVER

if TYPE_CHECKING:
    from engine.runs import RunFolder
    from engine.spec import Project
    from studio.context import Studio


def queue_seeds(studio: Studio, project: Project, seeds: Iterable[int], *, folder: Path, group: str) -> list[str]:
    """Queue a run for each seed, on the device that is chosen in the bar; return their ids in turn.

    Args:
        studio: the window's parts.
        project: what is trained.
        seeds: in the order of their turns.
        folder: where relative paths in the project start.
        group: what the runs belong to.

    Raises:
        WorkspaceError: when a run cannot be written; those before it are queued.
    """
    launcher = studio.launcher
    return [
        launcher.queue(studio.workspace.new_run(one, device=launcher.place, folder=folder, name=name, group=group))
        for name, one in over_seeds(project, seeds)
    ]


def queue_more(studio: Studio, run: RunFolder, seeds: Iterable[int]) -> tuple[str, list[str]]:
    """Queue what a run trained over more seeds; return the group, a new one where it has none, and their ids in turn.

    Raises:
        WorkspaceError: when a run cannot be written; those before it are queued.
        ProjectError: when the run's project cannot be read.
    """
    project = run.project()
    group = studio.live.summary(run.id).group or new_group(project)
    return group, queue_seeds(studio, project, seeds, folder=start_of(run), group=group)


def stop_group(studio: Studio, runs: Iterable[str]) -> None:
    """Stop those that run, and take those that wait out of the queue, the last one first."""
    for run in reversed(list(runs)):
        if studio.live.state(run) not in OVER and (studio.workspace.runs / run).is_dir():
            studio.launcher.stop(run)
