"""The runs of a workspace in short, for who lists them once: the index, brought up to date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from engine.runs.folder import RunFolder
from engine.runs.index.index import Index
from engine.runs.index.known import Known
from engine.runs.index.settings import Settings, read_settings
from engine.runs.summary import Summary
from engine.runs.workspace import Workspace

CHUNK = 1 << 22


def overview(workspace: Workspace) -> list[Known]:
    """Every run of a workspace, newest first, up to its newest event; one whose owner died is interrupted."""
    index = Index(workspace)
    try:
        kept = {one.id: one for one in index.known()}
        runs = list(workspace.all_runs())
        found = [kept.get(run.id) or Known(run.id) for run in runs]
        index.put([one for run, one in zip(runs, found, strict=True) if catch_up(one, run)])
        index.drop(kept.keys() - {run.id for run in runs})
        return [replace(one, summary=_judged(run, one.summary)) for run, one in zip(runs, found, strict=True)]
    finally:
        index.close()


def settings_of(workspace: Workspace, runs: Iterable[str]) -> dict[str, Settings]:
    """The settings of runs by their paths; a project is read once for all time."""
    index = Index(workspace)
    try:
        kept = {run: index.settings(run) for run in runs}
        new = {run: read_settings(RunFolder(workspace.runs / run)) for run, found in kept.items() if found is None}
        index.put_settings({run: found for run, found in new.items() if found})
        return {run: new[run] if found is None else found for run, found in kept.items()}
    finally:
        index.close()


def catch_up(known: Known, run: RunFolder) -> bool:
    """Read what is new in a run's folder; whether anything was."""
    tail, changed = known.tail(run), known.look(run)
    while messages := tail.read(limit=CHUNK):
        if tail.begun_anew:
            known.summary = Summary()
        known.summary.add(messages)
    if tail.offset == known.offset and tail.mark == known.mark:
        return changed
    known.offset, known.mark = tail.offset, tail.mark
    return True


def _judged(run: RunFolder, summary: Summary) -> Summary:
    return run.judged(replace(summary, last=dict(summary.last))) if summary.active else summary
