"""A run folder as the window follows it: its journal read bit by bit, and whether its owner still lives."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from time import monotonic
from typing import Any

from engine.events import Message, Steps
from engine.runs import Notes, RunFolder, Summary, Tail, Workspace, alive
from engine.runs.index import Known
from studio.followed import Followed
from studio.pace import Pace
from studio.traced import TracedFolder

STARTING_SECONDS = 3.0
"""How long a run may be neither waiting nor owned before it counts as abandoned."""


class FollowedFolder(Followed):
    """A run folder, followed. Ten thousand of them are made at once: what only some need is made when they do.

    Args:
        known: what is known of the run already, its id at least.
        workspace: where it is, or may be waiting for its turn.
        settings: the settings of the run of an id, by their paths.
    """

    _again: Tail | None = None
    _lonely: float | None = None

    def __init__(
        self,
        known: Known,
        workspace: Workspace,
        *,
        settings: Callable[[str], Mapping[str, Any]],
    ) -> None:
        super().__init__(known.id)
        self.known = known
        self.state = known.summary.state
        self._workspace = workspace
        self._settings = settings

    @cached_property
    def folder(self) -> RunFolder:
        """Where it is."""
        return RunFolder(self._workspace.runs / self.id)

    @cached_property
    def pace(self) -> Pace:
        """How fast it goes."""
        return Pace()

    @cached_property
    def _new(self) -> Tail:
        return self.known.tail(self.folder)

    @property
    def summary(self) -> Summary:
        return self.known.summary

    @property
    def parameters(self) -> Mapping[str, Any]:
        return self._settings(self.id)

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
        return self._again is not None or self._new.behind()

    def look(self, place: str) -> tuple[bool, bool]:
        """Whether its journal is longer, or shorter, than what was read, and whether the folder changed otherwise.

        Args:
            place: its folder with a separator, in text, since paths take most of the time that ten thousand looks take.
        """
        try:
            changed = os.stat(place).st_mtime_ns != self.known.stamp  # noqa: PTH116
            return os.stat(f"{place}events.jsonl").st_size != self.known.offset, changed  # noqa: PTH116
        except OSError:
            return False, False

    def judge(self, waiting: set[str]) -> bool:
        before, self.state = self.state, self._judged(waiting)
        return self.state != before

    def _next(self, limit: int) -> list[Message]:
        """What a watcher has not heard yet of what is summed up already, and then what is new."""
        if self._again is not None and self._again.offset < self._new.offset:
            told = self._again.read(limit=min(limit, self._new.offset - self._again.offset))
            if told:
                return told
        self._again = None
        messages = self._new.read(limit=limit)
        if self._new.begun_anew:
            self.known.summary, self.pace = Summary(), Pace()
            self.kept = [] if self.kept is not None else None
        self.known.offset, self.known.mark = self._new.offset, self._new.mark
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
