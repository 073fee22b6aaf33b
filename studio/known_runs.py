"""What is known of runs, asked by their ids: the half of `Live` that reads nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject

from engine.events import Message
from engine.runs import Notes, Summary
from studio.followed import Followed


class KnownRuns(QObject):
    """Answers at once, from memory. Of a run that is not there nothing is known."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: dict[str, Followed] = {}

    @property
    def runs(self) -> tuple[str, ...]:
        """Ids of all runs: the workspace's, newest first, then those that were adopted."""
        return tuple(self._runs)

    def followed(self, run: str) -> Followed:
        """All that is known of a run, for who asks much of many; of no such run nothing is known."""
        return self._runs.get(run) or Followed(run, state="")

    def state(self, run: str) -> str:
        """queued, starting, running, paused, finished, stopped, failed or interrupted; empty for no such run."""
        return self._runs[run].state if run in self._runs else ""

    def summary(self, run: str) -> Summary:
        """What is known of a run so far; while its journal is still being read, less than there is."""
        found = self._runs.get(run)
        return Summary() if found is None else found.summary

    def parameters(self, run: str) -> Mapping[str, Any]:
        """Every written setting of a run's project by its path; none for a run whose project cannot be read.

        Where those of very many runs are asked for at once for the first time ever, some are told to have none and
        `summary_changed` says later that they do.
        """
        return self._runs[run].parameters if run in self._runs else {}

    def notes(self, run: str) -> Notes:
        """What a person wrote on a run."""
        return self._runs[run].notes if run in self._runs else Notes()

    def seconds_left(self, run: str) -> float | None:
        """Seconds until a run is done, None while nobody can say."""
        return self._runs[run].seconds_left() if run in self._runs else None

    def events(self, run: str) -> list[Message]:
        """The events of a watched run that were read so far."""
        return list(self._runs[run].kept or ()) if run in self._runs else []
