"""Gathering the properties of all runs, a few milliseconds at a time, however many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from time import perf_counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.spec import filled
from studio.pages.runs.plots.properties import Seen, properties

if TYPE_CHECKING:
    from engine.spec import Catalogue
    from studio.live import Live

BUDGET = 0.005
LATER = 700
"""Milliseconds that news are gathered before plots are drawn anew."""


class Gathering(QObject):
    """Knows the properties of all runs while it is awake.

    Args:
        live: whose runs.
        catalogue: tells what settings are that were not written.
    """

    gathered = Signal()
    """There is news, and all runs are known."""

    def __init__(self, live: Live, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live, self._catalogue = live, catalogue
        self._known: dict[str, dict[str, Any]] = {}
        self._waiting: set[str] = set()
        self.seen = Seen()
        """What values there are of each property."""
        self._watches: Counter[str] = Counter()
        self._awake = False
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._work)
        self._later = QTimer(self, singleShot=True, interval=LATER)
        self._later.timeout.connect(self._begin)
        live.summary_changed.connect(self._heard)
        live.runs_changed.connect(self._listed)

    def known(self, among: Collection[str] | None) -> dict[str, dict[str, Any]]:
        """The properties of the runs of which they are known, newest first: of all, or of those among some."""
        known = self._known
        return {run: known[run] for run in self._live.runs if run in known and (among is None or run in among)}

    @property
    def busy(self) -> bool:
        return self._timer.isActive()

    def watched(self) -> str:
        """The metric that most runs watch."""
        return self._watches.most_common(1)[0][0] if self._watches else ""

    def wake(self) -> None:
        """Begin to keep up with the runs."""
        if not self._awake:
            self._awake = True
            self._waiting |= self._unknown()
            self._begin()

    def sleep(self) -> None:
        """Nobody looks: only remember what will have to be looked at."""
        self._awake = False
        self._timer.stop()
        self._later.stop()

    def _heard(self, run: str) -> None:
        self._waiting.add(run)
        self._soon()

    def _listed(self) -> None:
        self._waiting |= self._unknown()
        self._soon()

    def _unknown(self) -> set[str]:
        return set(self._live.runs) - self._known.keys()

    def _soon(self) -> None:
        if self._awake and not self._later.isActive() and not self._timer.isActive():
            self._later.start()

    def _begin(self) -> None:
        if self._awake:
            self._timer.start()
            self._work()

    def _work(self) -> None:
        end = perf_counter() + BUDGET
        while self._waiting and perf_counter() < end:
            run = self._waiting.pop()
            if self._live.state(run):  # otherwise it was deleted since
                self._know(run)
        if not self._waiting:
            self._timer.stop()
            self.gathered.emit()

    def _know(self, run: str) -> None:
        told = self._live.followed(run)
        summary = told.summary
        if run not in self._known and summary.started:
            self._watches[summary.watch] += 1
        row = properties(summary, filled(told.parameters, self._catalogue), state=told.state)
        self._known[run] = row
        self.seen.add(row)
