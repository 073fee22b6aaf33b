"""Which run folders there are: listed, remembered and looked at in small pieces, however many they are."""

from __future__ import annotations

import gc
import os
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter

from engine.runs import Workspace
from engine.runs.index import Index, Known
from studio.followed_folder import FollowedFolder
from studio.parameters import Parameters

QUIET = 2.0
"""Seconds after which a folder of runs that did not change is not listed again."""
FIRST = 200
"""Runs that are shown as soon as they are remembered, before all the others are."""
MORE = 2000
"""Runs after which those that were found are shown: taking over ten thousand at once would be felt."""
BATCH = 40
"""Runs that are written to the index at once: a few milliseconds."""


class Roster:
    """The run folders of a workspace, each followed.

    Args:
        workspace: whose.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.runs: dict[str, FollowedFolder] = {}
        """By id, newest first."""
        self.unread: dict[str, None] = {}
        """Ids of those of whose journal there is more."""
        self.index = Index(workspace)
        self.parameters = Parameters(workspace, self.index)
        self.remembered = False
        """Whether all that the index knows was taken over."""
        self._workspace = workspace
        self._place = f"{workspace.runs}{os.sep}"
        self._settings = self.parameters.of  # one for all runs
        self._listing: Iterator[bool] | None = None
        self._stamp = (0, 0.0)
        self._round: Iterator[str] = iter(())
        self._unseen: set[str] = set()
        self._changed: dict[str, None] = {}

    @property
    def listing(self) -> bool:
        """Whether a list of the runs is in the making."""
        return self._listing is not None

    @property
    def unseen(self) -> bool:
        """Whether there are runs that were not looked at yet, however well they are remembered."""
        return bool(self._unseen)

    def take_stock(self, end: float) -> bool:
        """Go on finding out which runs there are until that moment; whether there are other runs now."""
        if self._listing is None:
            if self._unchanged():
                return False
            self._listing = self._list()
        for others in self._listing:
            if others or perf_counter() > end:
                return others
        self._listing = None
        return False

    def meet(self, name: str) -> bool:
        """Follow a run that was made just now; False where there is none of that name."""
        if name not in self.runs and _has_journal(self._workspace.runs / name):
            self._take({name: self._follow(Known(name)), **self.runs})
            self.unread[name] = None
            self._listing = None  # it would not know of it
        return name in self.runs

    def look(self, count: int, end: float) -> list[str]:
        """Look at some runs that ended: whether they were taken up again, or written on. Return the latter."""
        written: list[str] = []
        for _ in range(count):
            name = next(self._round, None)
            if name is None:  # everybody had a turn
                self._round = iter(list(self.runs))
                break
            if self._look(name):
                written.append(name)
            if perf_counter() > end:
                break
        return written

    def changed(self, name: str) -> None:
        """What is known of a run is to be kept."""
        if name in self.runs:
            self._changed[name] = None

    def keep(self, *, everything: bool = False) -> None:
        """Write some of what changed to the index; of runs under way only when everything is asked for."""
        names = list(
            islice((one for one in self._changed if everything or self._settled(one)), None if everything else BATCH)
        )
        if names and self.index.put(self.runs[one].known for one in names if one in self.runs):
            for one in names:
                del self._changed[one]

    def close(self) -> None:
        """Keep what is known and let go of the index."""
        self.keep(everything=True)
        self.parameters.keep()
        self.index.close()

    def _settled(self, name: str) -> bool:
        return name not in self.unread and not (name in self.runs and self.runs[name].lively)

    def _look(self, name: str) -> bool:
        self._unseen.discard(name)
        run = self.runs.get(name)
        if run is None:
            return False
        grown, changed = run.look(f"{self._place}{name}{os.sep}")
        if grown:
            self.unread.setdefault(name)
        if not changed:
            return False
        self.changed(name)
        return run.known.look(run.folder)

    def _list(self) -> Iterator[bool]:
        """Find out which runs there are; says True whenever `runs` are others."""
        names: set[str] = set()
        for name in _folders(self._workspace):
            names.add(name)
            yield False
        runs = {name: run for name, run in self.runs.items() if name in names}
        first, due = not self.remembered, len(runs) + MORE if self.runs else FIRST
        for known in self._missing(names, runs):
            runs[known.id] = self._follow(known)
            self._unseen.add(known.id)
            if len(runs) == due:
                due += MORE
                self._take(dict(runs))
                yield True
            yield False
        if first or runs.keys() != self.runs.keys():
            self._take(runs)
            yield True

    def _missing(self, names: set[str], runs: Collection[str]) -> Iterator[Known]:
        """What is known of the runs that are there and not among these: what the index knows, and then new ones."""
        if not self.remembered:
            gone: list[str] = []
            for known in self.index.known():
                if known.id not in names:
                    gone.append(known.id)
                elif known.id not in runs:
                    yield known
            self.index.drop(gone)
            self.remembered = True
        for name in sorted(names.difference(runs), reverse=True):
            if _has_journal(self._workspace.runs / name):
                yield Known(name)

    def _take(self, runs: dict[str, FollowedFolder]) -> None:
        gone = self.runs.keys() - runs.keys()
        self.unread |= {name: None for name in runs if name not in self.runs and not runs[name].known.offset}
        self.runs = {name: runs[name] for name in sorted(runs, reverse=True)}
        if gone:
            self.unread = {name: None for name in self.unread if name not in gone}
            self._unseen -= gone
            self._changed = {name: None for name in self._changed if name not in gone}
        if self.remembered:
            self.parameters.meet(self.runs)
        elif len(runs) > FIRST:
            gc.freeze()  # runs stay, and make no circles: looking for some among thousands would stall the window

    def _follow(self, known: Known) -> FollowedFolder:
        return FollowedFolder(known, self._workspace, settings=self._settings)

    def _unchanged(self) -> bool:
        """Whether the folder of runs is as it was; one that changed just now may still be filling."""
        try:
            stamp = self._workspace.runs.stat().st_mtime_ns
        except OSError:
            return False
        if stamp != self._stamp[0]:
            self._stamp = (stamp, perf_counter())
        return perf_counter() - self._stamp[1] > QUIET


def _folders(workspace: Workspace) -> Iterator[str]:
    """The names of the folders among the runs, as far as they can be seen."""
    try:
        with os.scandir(workspace.runs) as entries:
            yield from (entry.name for entry in entries if entry.is_dir())
    except OSError:
        return


def _has_journal(folder: Path) -> bool:
    try:
        return (folder / "events.jsonl").exists()
    except OSError:  # the folder may not be looked into
        return False
