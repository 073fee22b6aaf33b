"""The settings of runs: from the index at once, from their projects a thousand times as slowly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from time import perf_counter
from typing import Any

from engine.runs import RunFolder, Workspace
from engine.runs.index import Index, Settings, read_settings

PATIENCE = 0.1
"""Seconds that one question after the other may read projects between two looks; after that they come by and by."""
BATCH = 50
UNKNOWN = Settings((), ())


class Parameters:
    """What every run was set to.

    Args:
        workspace: whose runs.
        index: where their settings are kept.
    """

    def __init__(self, workspace: Workspace, index: Index) -> None:
        self._runs = workspace.runs
        self._index = index
        self._found: dict[str, Settings] = {}
        self._missing: dict[str, None] = {}  # in the order in which they will be read
        self._missed: set[str] = set()  # of which somebody was told nothing
        self._new: dict[str, Settings] = {}
        self._spent = 0.0

    def __bool__(self) -> bool:
        """Whether there are any to be read."""
        return bool(self._missing)

    def of(self, run: str) -> Mapping[str, Any]:
        """A run's settings; none while so many are asked for at once that they come later."""
        found = self._found.get(run)
        if found is None:
            found = self._look_up(run)
        if found is not None:
            return found
        if self._spent > PATIENCE:
            self._missed.add(run)
            return UNKNOWN
        return self._read(run)

    def meet(self, runs: Iterable[str]) -> None:
        """These are the runs: what is not known of them is read, and what is known of others forgotten."""
        self._missing = {run: None for run in runs if run not in self._found}

    def read(self, end: float) -> list[str]:
        """Read what is missing until that moment; return of which runs somebody had been told nothing."""
        self._spent = 0.0
        told: list[str] = []
        while self._missing and perf_counter() < end:
            run = next(iter(self._missed or self._missing))
            if run in self._missing and run not in self._found and self._look_up(run) is None:
                self._read(run)
            self._missing.pop(run, None)
            if run in self._missed:
                self._missed.discard(run)
                told.append(run)
        self._spent = 0.0
        if len(self._new) >= BATCH or not self._missing:
            self.keep()
        return told

    def keep(self) -> None:
        """Keep what was read from projects."""
        if self._new and self._index.put_settings(self._new):
            self._new = {}

    def _look_up(self, run: str) -> Settings | None:
        found = self._index.settings(run)
        if found is not None:
            self._found[run] = found
        return found

    def _read(self, run: str) -> Settings:
        begun = perf_counter()
        found = self._found[run] = read_settings(RunFolder(self._runs / run))
        if found:
            self._new[run] = found
        self._spent += perf_counter() - begun
        return found
