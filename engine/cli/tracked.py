"""Waiting for MLflow to have heard of a run."""

from __future__ import annotations

import time
from dataclasses import dataclass

from engine.runs import RunFolder, Workspace
from engine.track import Record, tracking_uri, ui_command

PATIENCE = 30.0
"""Seconds that a command waits for MLflow; the follower goes on without it."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """Where a run is in MLflow, and how to look at it."""

    complete: bool
    uri: str
    run: str
    look: str
    trouble: str = ""

    def sentence(self) -> str:
        """For a person."""
        if self.complete:
            return f"In MLflow it is the run {self.run}. To look at it: {self.look}"
        reason = f" ({self.trouble})" if self.trouble else ""
        return f"MLflow has not heard all of it yet{reason}; it will be told as soon as that is possible: {self.uri}"


def await_tracking(home: Workspace, run: RunFolder, *, within: float = PATIENCE) -> Tracked:
    """Wait until MLflow knows everything of the run, but not for ever."""
    end = time.monotonic() + within
    record = Record.read(run)
    while not record.up_to_date(run) and time.monotonic() < end:
        time.sleep(0.1)
        record = Record.read(run)
    complete = record.up_to_date(run)
    return Tracked(complete, record.uri or tracking_uri(home), record.run, ui_command(home), record.trouble)
