"""Runs of other tools among ours: asked for now and then, their histories when somebody wants them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from studio.foreign_run import ForeignRun

if TYPE_CHECKING:
    from studio.live import Live
    from studio.service import Service

EVERY = 60_000
"""Milliseconds between two looks while somebody may be looking."""
BATCH = 20
"""Histories asked for together."""
AHEAD = 200
"""Of so many of the newest runs the history is fetched without being wanted: for trend and best value."""


class Foreign(QObject):
    """Keeps `Live` up to date about runs that other tools told the same MLflow.

    Args:
        live: where they are put among ours.
        service: who asks MLflow.
    """

    failed = Signal(str)
    """MLflow cannot be asked; the sentence says why."""
    heard = Signal()
    """MLflow answered."""

    def __init__(self, live: Live, service: Service, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live, self._service = live, service
        self._runs: dict[str, ForeignRun] = {}
        self._wanted: dict[str, None] = {}
        self._asking: tuple[str, ...] = ()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.refresh)

    @property
    def runs(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(self._runs)

    def refresh(self) -> None:
        """Ask which runs there are."""
        self._timer.start()
        self._service.ask("foreign_runs", {}, then=self._take, failed=self.failed.emit)

    def pause(self) -> None:
        """Look no more until `refresh`: nobody sees them."""
        self._timer.stop()

    def _take(self, answer: Mapping[str, Any]) -> None:
        self.heard.emit()
        told = {str(one["id"]): one for one in answer["runs"]}
        gone = [run for run in self._runs if run not in told]
        new = {run: ForeignRun(one, self._want) for run, one in told.items() if self._changed(run, one)}
        self._runs = {run: new.get(run) or self._runs[run] for run in told}
        if gone:
            self._live.release(*gone)
        if new:
            self._live.adopt(*new.values())
            for run in new:
                self._live.wake(run)
        self._wanted |= {run: None for run in list(self._runs)[:AHEAD] if not self._runs[run].fetched}
        self._fetch()

    def _changed(self, run: str, told: Mapping[str, Any]) -> bool:
        return run not in self._runs or not _same(self._runs[run].told, told)

    def _want(self, run: str) -> None:
        """Have a run's history fetched, before all that is only fetched ahead."""
        self._wanted = {run: None, **self._wanted}
        self._fetch()

    def _fetch(self) -> None:
        if self._asking or not self._wanted:
            return
        self._asking = tuple(self._wanted)[:BATCH]
        self._service.ask("histories", {"runs": list(self._asking)}, then=self._fill, failed=self._give_up)

    def _fill(self, answer: Mapping[str, Any]) -> None:
        for run in self._asked():
            if run in self._runs:
                self._runs[run].take(answer.get(run) or {})
                self._live.wake(run)
        self._fetch()

    def _give_up(self, sentence: str) -> None:
        self._asked()
        self.failed.emit(sentence)

    def _asked(self) -> tuple[str, ...]:
        asked, self._asking = self._asking, ()
        for run in asked:
            self._wanted.pop(run, None)
        return asked


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether both say the same; NaN is no news."""
    return repr(one) == repr(other)
