"""One run as the window follows it: its journal read bit by bit, its summary, and whether its owner still lives."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from time import monotonic
from typing import Any

from engine.events import Message, Steps
from engine.runs import Notes, RunFolder, Summary, Workspace, alive
from engine.spec import ProjectError, flatten
from studio.pace import Pace

STARTING_SECONDS = 3.0
"""How long a run may be neither waiting nor owned before it counts as abandoned."""


class Followed:
    """A run folder, followed.

    Args:
        folder: the run.
        workspace: where it may be waiting for its turn.
    """

    def __init__(self, folder: RunFolder, workspace: Workspace) -> None:
        self.folder = folder
        self.summary = Summary()
        self.pace = Pace()
        self.state = "queued"
        self.kept: list[Message] | None = None
        """All events so far, while somebody watches the run."""
        self._workspace = workspace
        self._tail = folder.tail()
        self._lonely: float | None = None

    @property
    def lively(self) -> bool:
        """Whether something may happen to it soon."""
        return self.state in {"queued", "starting", "running", "paused"}

    @cached_property
    def parameters(self) -> Mapping[str, Any]:
        """Every written setting of its project by its path; read when it is first asked for, since it never changes."""
        try:
            return flatten(self.folder.project())
        except ProjectError:
            return {}

    @cached_property
    def notes(self) -> Notes:
        """What a person wrote on it, as it was when this was first asked for, or written from here since."""
        return self.folder.notes()

    def note(self, notes: Notes) -> None:
        """Write on it; raise OSError where that is not possible."""
        self.folder.note(notes)
        self.notes = notes

    def rewind(self) -> None:
        """Read the journal again from its start, and keep what is read."""
        self._tail = self.folder.tail()
        self.summary, self.pace = Summary(), Pace()
        self.kept = []

    def read(self, limit: int) -> list[Message]:
        """The next events, from about `limit` bytes of the journal."""
        messages = [_compact(message) for message in self._tail.read(limit=limit)]
        self.summary.add(messages)
        for message in messages:
            self.pace.add(message)
        if self.kept is not None:
            self.kept += messages
        return messages

    def behind(self) -> bool:
        """Whether there is more in the journal than was read."""
        try:
            return self.folder.events.stat().st_size != self._tail.offset
        except OSError:
            return False

    def judge(self, waiting: set[str]) -> bool:
        """Say anew what state the run is in; True when that changed.

        Args:
            waiting: ids of the runs in the queue.
        """
        before, self.state = self.state, self._judged(waiting)
        return self.state != before

    def _judged(self, waiting: set[str]) -> str:
        if self.folder.id in waiting:
            return "queued"
        if self.summary.state == "queued":
            return "interrupted" if self._abandoned() else "starting"
        if self.summary.active and not alive(self.folder.owner.path) and not self.behind():
            return "interrupted"  # its last words were read first: an end in order is no interruption
        return str(self.summary.state)

    def _abandoned(self) -> bool:
        device = str(self.folder.request().get("device", "auto"))
        worker = self._workspace.process(f"worker-{device}")
        if alive(self.folder.owner.path) or alive(worker.path):
            self._lonely = None
            return False
        self._lonely = self._lonely if self._lonely is not None else monotonic()
        return monotonic() - self._lonely > STARTING_SECONDS


def _compact(message: Message) -> Message:
    """Steps with their values as machine numbers: a million of them take 8 MB, not 60."""
    if not isinstance(message, Steps):
        return message
    return replace(message, values={name: array("d", values) for name, values in message.values.items()})
