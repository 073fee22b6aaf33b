"""Runs as they happen: one timer reads what is new in the run folders and tells the window.

A run of this window, one from the command line and one that ended last week are read by the same code. Reading keeps
to a few milliseconds at a time, so that a workspace with a thousand runs opens as fast as an empty one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import islice
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.events import Message
from engine.runs import Notes, RunFolder, Summary, Workspace
from studio.curves import Record
from studio.followed import Followed
from studio.followed_folder import FollowedFolder
from studio.traced import Silence, Traced
from studio.tracing import Tracing

TICK = 40
"""Milliseconds between two looks while something is going on: a new point is on the screen within two of them."""
HURRY = 10
"""Milliseconds between two looks while journals are still to be read."""
IDLE = 400
"""Milliseconds between two looks while nothing is."""
LOOK = 0.4
"""Seconds between two looks at the list of runs and at owners."""
BUDGET = 0.006
"""Seconds of reading in one look: less than half a frame."""
CHUNK = 1 << 16
QUIET = 2.0
"""Seconds after which a folder of runs that did not change is not listed again."""
GLANCES = 200
"""Ended runs that one look asks whether they were taken up again."""


class Live(QObject):
    """The runs of a workspace.

    Args:
        workspace: whose runs; `start` begins to look, `close` ends it.
    """

    received = Signal(str, list)
    """Id and new events of a watched run, in order, from its first event on."""
    state_changed = Signal(str, str)
    curves_changed = Signal(list)
    """Ids of the runs of whose `curves`, which somebody holds, there is more."""
    summary_changed = Signal(str)
    """There is news of a run, watched or not."""
    runs_changed = Signal()
    """A run appeared or was deleted."""
    current_changed = Signal(str)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.current: str | None = None
        """The run that the transport bar and the Train page show."""
        self.waiting: tuple[str, ...] = ()
        """Ids of queued runs, the next one first."""
        self._runs: dict[str, Followed] = {}
        self._adopted: dict[str, Followed] = {}
        self._tracing = Tracing(self._trace, lambda run: run in self._runs and self._runs[run].lively)
        self._unread: set[str] = set()
        self._looked = 0.0
        self._stamp = (0, 0.0)
        self._glanced = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.poll)

    @property
    def runs(self) -> tuple[str, ...]:
        """Ids of all runs: the workspace's, newest first, then those that were adopted."""
        return tuple(self._runs)

    def start(self) -> None:
        """Begin: look at once, then ever again."""
        self.poll()
        if self.current is None and self._runs:
            active = (name for name, run in self._runs.items() if run.lively)
            self.show(next(active, next(iter(self._runs))))
        self._timer.start(TICK)

    def close(self) -> None:
        self._timer.stop()

    def state(self, run: str) -> str:
        """queued, starting, running, paused, finished, stopped, failed or interrupted; empty for no such run."""
        return self._runs[run].state if run in self._runs else ""

    def summary(self, run: str) -> Summary:
        """What is known of a run so far; while its journal is still being read, less than there is."""
        return self._runs[run].summary if run in self._runs else Summary()

    def parameters(self, run: str) -> Mapping[str, Any]:
        """Every written setting of a run's project by its path; none for a run whose project cannot be read."""
        return self._runs[run].parameters if run in self._runs else {}

    def notes(self, run: str) -> Notes:
        """What a person wrote on a run."""
        return self._runs[run].notes if run in self._runs else Notes()

    def note(self, run: str, notes: Notes) -> None:
        """Write on a run in place of what was written; raise OSError where that is not possible."""
        self._runs[run].note(notes)
        self.summary_changed.emit(run)

    def seconds_left(self, run: str) -> float | None:
        """Seconds until a run is done, None while nobody can say."""
        return self._runs[run].seconds_left() if run in self._runs else None

    def events(self, run: str) -> list[Message]:
        """The events of a watched run that were read so far."""
        return list(self._runs[run].kept or ()) if run in self._runs else []

    def curves(self, run: str) -> Record:
        """A run's curves, read on as they grow for as long as somebody holds them; `curves_changed` tells of that.

        Nothing is there at first. All who ask get the same record, which nobody changes.
        """
        found = self._tracing.curves(run)
        self._hurry()
        return found

    def reading(self, run: str) -> bool:
        """Whether there is more of a run's curves, which somebody holds, than was read."""
        return run in self._tracing

    def adopt(self, *runs: Followed) -> None:
        """Have runs among ours that are no folders of this workspace, such as another tool's, until `release`."""
        self._adopted |= {run.id: run for run in runs}
        self._runs |= self._adopted
        self.runs_changed.emit()

    def release(self, *runs: str) -> None:
        """Let adopted runs go."""
        self._adopted = {name: run for name, run in self._adopted.items() if name not in runs}
        self._take_over({name: run for name, run in self._runs.items() if isinstance(run, FollowedFolder)})

    def wake(self, run: str) -> None:
        """Tell that an adopted run has news: of its summary, state or notes, or events that can be read now."""
        if run in self._runs:
            self._unread.add(run)
            self._tracing.wake(run)
            self.summary_changed.emit(run)
            self._hurry()

    def watch(self, run: str) -> None:
        """Have `received` tell this run's events; a run that is watched already goes on as it was."""
        if run in self._runs and self._runs[run].kept is None:
            self._runs[run].watch()
            self._unread.add(run)
            self._read(run)

    def unwatch(self, run: str) -> None:
        """Forget the events of a run that nobody shows any more."""
        if run in self._runs and run != self.current:
            self._runs[run].kept = None

    def show(self, run: str) -> None:
        """Make this the run that the transport bar and the Train page show."""
        if run not in self._runs:
            self._list()
        if run == self.current or run not in self._runs:
            return
        before, self.current = self.current, run
        if before is not None:
            self.unwatch(before)
        self.watch(run)  # reads the first of it at once, so that its name is there when it is shown
        self.current_changed.emit(run)

    def poll(self) -> None:
        """Look for news now."""
        end = perf_counter() + BUDGET
        if perf_counter() - self._looked > LOOK:
            self._looked = perf_counter()
            self._list()
            self._look()
        if self._tracing and (changed := self._tracing.read(end)):
            self.curves_changed.emit(changed)
        for name in self._to_read():
            self._read(name)
            while name == self.current and name in self._unread and perf_counter() < end:
                self._read(name)
            if perf_counter() > end:
                break
        if self._timer.isActive():
            self._timer.setInterval(self._interval())

    def _interval(self) -> int:
        if self._unread or self._tracing:
            return HURRY
        return TICK if any(run.lively for run in self._runs.values()) else IDLE

    def _to_read(self) -> Iterator[str]:
        """The shown run first, then others that are under way, then the rest, newest first."""
        first = [self.current] if self.current else []
        lively = [name for name, run in self._runs.items() if run.lively and name != self.current]
        rest = [name for name in self._runs if name in self._unread]
        yield from dict.fromkeys([*first, *lively, *rest])

    def _read(self, name: str) -> None:
        run = self._runs.get(name)
        if run is None:
            self._unread.discard(name)
            return
        messages = run.read(CHUNK)
        (self._unread.add if messages and run.behind() else self._unread.discard)(name)
        if not messages:
            return
        self._tracing.wake(name)
        if run.kept is not None:
            self.received.emit(name, messages)
        self.summary_changed.emit(name)
        self._judge(name, run)

    def _judge(self, name: str, run: Followed) -> None:
        if run.judge(set(self.waiting)):
            self.state_changed.emit(name, run.state)

    def _look(self) -> None:
        """Whether queued runs were taken, owners died, or ended runs were taken up again."""
        self.waiting = tuple(run.id for run in self.workspace.waiting())
        read = {name: run for name, run in self._runs.items() if name not in self._unread}
        for name, run in read.items():
            if run.lively or name in self.waiting:
                self._judge(name, run)
        start = self._glanced if self._glanced < len(read) else 0
        for name, run in islice(read.items(), start, start + GLANCES):
            if run.behind():
                self._unread.add(name)
                self._tracing.wake(name)
        self._glanced = start + GLANCES

    def _list(self) -> None:
        if self._unchanged():
            return
        names = self._names()
        if names == list(self._runs)[: len(self._runs) - len(self._adopted)]:
            return
        self._unread |= {name for name in names if name not in self._runs}
        self._take_over({name: self._runs.get(name) or self._follow(name) for name in names})

    def _take_over(self, folders: dict[str, Followed]) -> None:
        """Have these and the adopted runs, and no others."""
        self._runs = folders | self._adopted
        self._unread &= self._runs.keys()
        if self.current not in self._runs:
            self.current = None
        self.runs_changed.emit()

    def _trace(self, run: str) -> Traced:
        return self._runs[run].trace() if run in self._runs else Traced(Silence())

    def _hurry(self) -> None:
        if self._timer.isActive():
            self._timer.setInterval(HURRY)

    def _follow(self, name: str) -> Followed:
        return FollowedFolder(RunFolder(self.workspace.runs / name), self.workspace)

    def _names(self) -> list[str]:
        """Ids of the runs on the disk, newest first; only those that were not known are looked at closely."""
        try:
            with os.scandir(self.workspace.runs) as entries:
                found = [entry.name for entry in entries if entry.is_dir()]
        except OSError:
            return []
        known, runs = self._runs, self.workspace.runs
        return sorted(
            (name for name in found if name in known or (runs / name / "events.jsonl").exists()), reverse=True
        )

    def _unchanged(self) -> bool:
        """Whether the folder of runs is as it was; one that changed just now may still be filling."""
        try:
            stamp = self.workspace.runs.stat().st_mtime_ns
        except OSError:
            return False
        if stamp != self._stamp[0]:
            self._stamp = (stamp, perf_counter())
        return perf_counter() - self._stamp[1] > QUIET
