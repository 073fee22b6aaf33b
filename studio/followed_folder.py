"""A run folder as the window follows it: its journal read bit by bit, and whether its owner still lives."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from dataclasses import replace
from time import monotonic
from typing import Any

from engine.events import Message, Steps
from engine.runs import Notes, RunFolder, Summary, Tail, Workspace, alive
from engine.runs.index import Known, read_settings
from studio.followed import Followed
from studio.pace import Pace
from studio.traced import TracedFolder

STARTING_SECONDS = 3.0
"""How long a run may be neither waiting nor owned before it counts as abandoned."""


class FollowedFolder(Followed):
    """A run folder, followed.

    Args:
        folder: the run.
        workspace: where it may be waiting for its turn.
        known: what is known of it already.
        settings: its project's settings by their paths, from wherever they are had fastest.
    """

    def __init__(
        self,
        folder: RunFolder,
        workspace: Workspace,
        *,
        known: Known | None = None,
        settings: Callable[[RunFolder], Mapping[str, Any]] = read_settings,
    ) -> None:
        super().__init__(folder.id)
        self.folder = folder
        self.known = known or Known(folder.id)
        self.pace = Pace()
        self.state = self.known.summary.state
        self._workspace = workspace
        self._settings = settings
        self._tail: Tail = self.known.tail(folder)
        self._again: Tail | None = None
        self._lonely: float | None = None

    @property
    def summary(self) -> Summary:
        return self.known.summary

    @property
    def parameters(self) -> Mapping[str, Any]:
        return self._settings(self.folder)

    @property
    def notes(self) -> Notes:
        if not self.known.stamp:  # nobody has looked yet
            self.known.look(self.folder)
        return self.known.notes

    def note(self, notes: Notes) -> None:
        self.folder.note(notes)
        self.known.notes = notes

    def trace(self) -> TracedFolder:
        return TracedFolder(self.folder)

    def seconds_left(self) -> float | None:
        return self.pace.seconds_left(self.summary)

    def watch(self) -> None:
        self._again = self.folder.tail()
        self.kept = []

    def read(self, limit: int) -> list[Message]:
        messages = [_compact(message) for message in self._next(limit)]
        if self.kept is not None:
            self.kept += messages
        return messages

    def behind(self) -> bool:
        return self._again is not None or self._tail.behind()

    def look(self) -> bool:
        """Whether notes were written on it from elsewhere since the last look."""
        return self.known.look(self.folder)

    def judge(self, waiting: set[str]) -> bool:
        before, self.state = self.state, self._judged(waiting)
        return self.state != before

    def _next(self, limit: int) -> list[Message]:
        """What a watcher has not heard yet of what is summed up already, and then what is new."""
        if self._again is not None and self._again.offset < self._tail.offset:
            told = self._again.read(limit=min(limit, self._tail.offset - self._again.offset))
            if told:
                return told
        self._again = None
        messages = self._tail.read(limit=limit)
        if self._tail.begun_anew:
            self.known.summary, self.pace = Summary(), Pace()
            self.kept = [] if self.kept is not None else None
        self.known.offset, self.known.mark = self._tail.offset, self._tail.mark
        self.known.summary.add(messages)
        for message in messages:
            self.pace.add(message)
        return messages

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
