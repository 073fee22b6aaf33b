"""Telling the MLflow that is chosen now of runs that another one was told of before, because a person wants that."""

from __future__ import annotations

from engine.runs import RunFolder, Workspace, choice, choose
from engine.track.places import tracking_uri
from engine.track.record import Record

CHOICE = "told_of_all"
"""The choice of a workspace that names the MLflow which is to know every run."""


def retell(workspace: Workspace) -> int:
    """Have it told of every run from now on, by a follower; how many it has to be told of for that.

    Raise OSError where the wish cannot be written down.
    """
    missed = elsewhere(workspace)
    choose(workspace, **{CHOICE: tracking_uri(workspace)})
    return len(missed)


def elsewhere(workspace: Workspace) -> list[RunFolder]:
    """The runs that only another MLflow was told of."""
    uri = tracking_uri(workspace)
    return [run for run in workspace.all_runs() if (told := Record.read(run)).run and told.uri != uri]


def told_of_all(workspace: Workspace, uri: str) -> bool:
    """Whether an MLflow is to know the runs, too, that another was told of."""
    return choice(workspace, CHOICE) == uri


def untold(run: RunFolder, uri: str, *, of_all: bool) -> bool:
    """Whether an MLflow has still to hear something of a run."""
    record = Record.read(run)
    return not record.up_to_date(run) or (of_all and bool(record.run) and record.uri != uri)
