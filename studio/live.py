"""Runs as they happen: one timer reads what is new in the run folders and tells the window.

A run of this window, one from the command line and one that ended last week are read by the same code. Reading keeps
to a few milliseconds at a time, so that a workspace with a thousand runs opens as fast as an empty one.
"""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from engine.runs import Notes, Workspace
from studio.curves import Record
from studio.followed import Followed
from studio.known_runs import KnownRuns
from studio.roster import Roster
from studio.traced import Silence, Traced
from studio.tracing import Tracing

TICK = 40
"""Milliseconds between two looks while something is going on: a new point is on the screen within two of them."""
HURRY = 4
"""Milliseconds between two looks while journals are still to be read."""
RUSH = 1
"""Milliseconds between two looks while somebody waits: for the list of runs, or for curves."""
IDLE = 400
"""Milliseconds between two looks while nothing is."""
LOOK = 0.4
"""Seconds between two looks at the list of runs and at owners."""
BUDGET = 0.006
"""Seconds of reading in one look: less than half a frame."""
FLOOD = 100
"""So many unread runs are told of together and now and then: each news has the table sorted and painted again."""
NOW_AND_THEN = 1.0
"""Seconds between two times that news of a flood are told."""
START = 0.1
"""Seconds that the beginning may take until the first runs are there; all others come later."""
CHUNK = 1 << 16
GLANCES = 200
"""Runs that one look asks whether they were taken up again or written on, once all were asked."""


class Live(KnownRuns):
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
    noted = Signal(str)
    """Somebody wrote on a run."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.current: str | None = None
        """The run that the transport bar and the Train page show."""
        self.waiting: tuple[str, ...] = ()
        """Ids of queued runs, the next one first."""
        self._adopted: dict[str, Followed] = {}
        self._lively: dict[str, None] = {}
        self._roster = Roster(workspace)
        self._tracing = Tracing(self._trace, lambda run: run in self._lively)
        self._news: dict[str, None] = {}
        self._opening = False
        self._looked = 0.0
        self._told = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.poll)

    def start(self) -> None:
        """Begin: look at once, then ever again."""
        self._opening, end = True, perf_counter() + START
        while self._opening and perf_counter() < end:
            self.poll()
        self._timer.start(RUSH)

    def close(self) -> None:
        """Look no more, and keep what is known for the next time."""
        self._timer.stop()
        self._roster.close()

    def settled(self) -> bool:
        """Whether all runs are there, as far as they go; settings may still be missing."""
        return self._roster.remembered and not (self._roster.listing or self._roster.unread or self._roster.unseen)

    @property
    def listed(self) -> bool:
        """Whether all runs are there that were there the last time, however far they were read."""
        return self._roster.remembered

    @property
    def learning(self) -> bool:
        """Whether there are runs whose settings were not read yet."""
        return bool(self._roster.parameters)

    def note(self, run: str, notes: Notes) -> None:
        """Write on a run in place of what was written; raise OSError where that is not possible."""
        self._runs[run].note(notes)
        self.noted.emit(run)
        self._roster.changed(run)
        self.summary_changed.emit(run)

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

    def foreign(self, run: str) -> bool:
        """Whether a run was adopted: there is no folder of it to work with."""
        return run in self._adopted

    def adopt(self, *runs: Followed) -> None:
        """Have runs among ours that are no folders of this workspace, such as another tool's, until `release`."""
        self._adopted |= {run.id: run for run in runs}
        self._take_over()

    def release(self, *runs: str) -> None:
        """Let adopted runs go."""
        self._adopted = {name: run for name, run in self._adopted.items() if name not in runs}
        self._take_over()

    def wake(self, run: str) -> None:
        """Tell that an adopted run has news: of its summary, state or notes, or events that can be read now."""
        if run in self._adopted:
            self._feel(run)
            self._tracing.wake(run)
            self._read(run)
            self.summary_changed.emit(run)
            self._hurry()

    def watch(self, run: str) -> None:
        """Have `received` tell this run's events; a run that is watched already goes on as it was."""
        if run in self._runs and self._runs[run].kept is None:
            self._runs[run].watch()
            self._read(run)

    def unwatch(self, run: str) -> None:
        """Forget the events of a run that nobody shows any more."""
        if run in self._runs and run != self.current:
            self._runs[run].kept = None

    def show(self, run: str) -> None:
        """Make this the run that the transport bar and the Train page show."""
        if run not in self._runs and self._roster.meet(run):
            self._take_over()
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
        due = perf_counter() - self._looked > LOOK
        if (due or self._roster.listing) and self._roster.take_stock(end):
            self._take_over()
        if due and (self._runs or not self._roster.listing):
            self._looked = perf_counter()
            self._look(end)
        if self._opening:
            self._open()
        if grown := self._tracing.look(end):
            self.curves_changed.emit(grown)
        self._read_on(end)
        self._tell()
        if perf_counter() < end:
            self._look_around(end)
        if self._timer.isActive():
            self._timer.setInterval(self._interval())

    def _open(self) -> None:
        """Show the newest run that is under way, or else the newest, as soon as there is one."""
        self._opening = not (self._runs or self._roster.remembered)
        if self.current is None and self._runs:
            self.show(next(iter(self._lively), next(iter(self._runs))))

    def _interval(self) -> int:
        if self._tracing or not self._roster.remembered:
            return RUSH
        if not self.settled():
            return HURRY
        if self._lively:
            return TICK
        return HURRY if self.learning else IDLE

    def _read_on(self, end: float) -> None:
        """Read the shown run first, then others that are under way, then the rest, newest first."""
        unread = self._roster.unread
        for name in dict.fromkeys([*([self.current] if self.current else ()), *self._lively, *unread]):
            self._read(name)
            while name == self.current and name in unread and perf_counter() < end:
                self._read(name)
            if perf_counter() > end:
                break

    def _read(self, name: str) -> None:
        run, unread = self._runs.get(name), self._roster.unread
        messages = run.read(CHUNK) if run is not None else []
        if run is None or not messages:
            unread.pop(name, None)
            self._feel(name)
            return
        if not run.behind():
            unread.pop(name, None)
        elif name not in self._adopted:
            unread.setdefault(name)
        self._roster.changed(name)
        self._tracing.wake(name)
        if run.kept is not None:
            self.received.emit(name, messages)
        flooded = self._flooded and name != self.current
        if flooded:
            self._news[name] = None
        else:
            self.summary_changed.emit(name)
        self._judge(name, run, quiet=flooded)
        self._feel(name)

    @property
    def _flooded(self) -> bool:
        return len(self._roster.unread) > FLOOD

    def _tell(self) -> None:
        """Tell of what was read in a flood."""
        if self._news and (not self._flooded or perf_counter() - self._told > NOW_AND_THEN):
            news, self._news = self._news, {}
            for name in news:
                self.summary_changed.emit(name)
            self._told = perf_counter()

    def _judge(self, name: str, run: Followed, *, quiet: bool = False) -> None:
        """Say anew what state a run is in; quietly where it ended long ago and is only read now."""
        if run.judge(set(self.waiting)):
            self._feel(name)
            self._roster.changed(name)
            if run.lively or not quiet:
                self.state_changed.emit(name, run.state)

    def _feel(self, name: str) -> None:
        """Whether something may happen to a run soon."""
        if name in self._runs and self._runs[name].lively and name not in self._roster.unread:
            self._lively.setdefault(name)
        else:
            self._lively.pop(name, None)

    def _look(self, end: float) -> None:
        """Whether queued runs were taken, owners died, or ended runs were taken up again or written on."""
        self.waiting = tuple(run.id for run in self.workspace.waiting())
        for name in dict.fromkeys([*self._lively, *self.waiting]):
            if name in self._runs and name not in self._roster.unread:
                self._judge(name, self._runs[name])
        self._glance(end)
        self._roster.keep()

    def _glance(self, end: float) -> None:
        for name in self._roster.look(GLANCES, end):
            self.summary_changed.emit(name)

    def _look_around(self, end: float) -> None:
        """With the time that is left: see what became of runs that were only remembered, and learn their settings."""
        if self._roster.unseen:
            self._glance(end)
        elif not self._roster.listing:
            for name in self._roster.parameters.read(end):
                self.summary_changed.emit(name)

    def _take_over(self) -> None:
        """Have the runs of the roster and those that were adopted, and no others."""
        before, self._runs = self._runs, {**self._roster.runs, **self._adopted}
        others = (before.keys() ^ self._runs.keys()) | self._adopted.keys()
        for name in (*(one for one in self._runs if one in others), *(others - self._runs.keys())):
            self._feel(name)
        if self.current not in self._runs:
            self.current = None
        self.runs_changed.emit()

    def _trace(self, run: str) -> Traced:
        return self._runs[run].trace() if run in self._runs else Traced(Silence())

    def _hurry(self) -> None:
        if self._timer.isActive():
            self._timer.setInterval(RUSH)
