"""Runs as they happen: one timer reads what is new in the run folders and tells the window.

A run of this window, one from the command line and one that ended last week are read by the same code. Reading keeps
to a few milliseconds at a time, so that a workspace with a thousand runs opens as fast as an empty one.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from engine.events import Message
from engine.runs import Summary, Workspace
from studio.followed import Followed

TICK = 40
"""Milliseconds between two looks while something is going on: a new point is on the screen within two of them."""
IDLE = 400
"""Milliseconds between two looks while nothing is."""
LOOK = 0.4
"""Seconds between two looks at the list of runs and at owners."""
BUDGET = 0.006
"""Seconds of reading in one look: less than half a frame."""
CHUNK = 1 << 16


class Live(QObject):
    """The runs of a workspace.

    Args:
        workspace: whose runs; `start` begins to look, `close` ends it.
    """

    received = Signal(str, list)
    """Id and new events of a watched run, in order, from its first event on."""
    state_changed = Signal(str, str)
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
        self._unread: set[str] = set()
        self._looked = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.poll)

    @property
    def runs(self) -> tuple[str, ...]:
        """Ids of all runs, newest first."""
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

    def seconds_left(self, run: str) -> float | None:
        """Seconds until a run is done, None while nobody can say."""
        return self._runs[run].pace.seconds_left(self._runs[run].summary) if run in self._runs else None

    def events(self, run: str) -> list[Message]:
        """The events of a watched run that were read so far."""
        return list(self._runs[run].kept or ()) if run in self._runs else []

    def watch(self, run: str) -> None:
        """Have `received` tell this run's events; a run that is watched already goes on as it was."""
        if run in self._runs and self._runs[run].kept is None:
            self._runs[run].rewind()
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
        for name in self._to_read():
            self._read(name)
            if perf_counter() > end:
                break
        busy = bool(self._unread) or any(run.lively for run in self._runs.values())
        if self._timer.isActive():
            self._timer.setInterval(TICK if busy else IDLE)

    def _to_read(self) -> Iterator[str]:
        """The shown run first, then others that are under way, then the rest of what was never read."""
        first = [self.current] if self.current else []
        lively = [name for name, run in self._runs.items() if run.lively and name != self.current]
        yield from dict.fromkeys([*first, *lively, *self._unread])

    def _read(self, name: str) -> None:
        run = self._runs.get(name)
        if run is None:
            self._unread.discard(name)
            return
        messages = run.read(CHUNK)
        if not messages:
            self._unread.discard(name)
            return
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
        for name, run in tuple(self._runs.items()):
            if name in self._unread:
                continue  # its state is known when its journal is read
            if run.lively or name in self.waiting:
                self._judge(name, run)
            elif run.behind():
                self._unread.add(name)

    def _list(self) -> None:
        found = {folder.id: folder for folder in self.workspace.all_runs()}
        if found.keys() == self._runs.keys():
            return
        self._unread |= found.keys() - self._runs.keys()
        self._runs = {name: self._runs.get(name) or Followed(folder, self.workspace) for name, folder in found.items()}
        self._unread &= found.keys()
        if self.current not in self._runs:
            self.current = None
        self.runs_changed.emit()
