"""Reading what is compared, a run at a time between two frames, and keeping it: a run's project never changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from engine.compare import Subject, read_subject, subject_of
from engine.runs import RunFolder, Summary
from engine.runs.repeated import kept

if TYPE_CHECKING:
    from studio.context import Studio

KEPT = 200
"""So many runs are remembered after they were read."""


class Reading(QObject):
    """Knows the runs that were asked for last.

    Args:
        studio: the window's parts.
    """

    arrived = Signal()
    """All that was asked for is read."""

    def __init__(self, studio: Studio, parent: QObject) -> None:
        super().__init__(parent)
        self._studio = studio
        self._known: dict[str, Subject] = {}
        self._wanted: tuple[str, ...] = ()
        self._missing: list[str] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._read_one)

    @property
    def settled(self) -> bool:
        """Whether everything is read."""
        return not self._missing

    def ask(self, runs: Sequence[str]) -> None:
        """Read these; `arrived` tells when they are there, which may be at once."""
        if len(self._known) > KEPT:
            self._known = {run: one for run, one in self._known.items() if run in runs}
        self._wanted = tuple(runs)
        self._missing = [run for run in runs if run not in self._known]
        if self._missing:
            self._timer.start()
        else:
            self._timer.stop()
            self.arrived.emit()

    def subjects(self) -> tuple[Subject, ...]:
        """What was asked for, the oldest first, with results as they are now; of one moment, the last asked for."""
        found = [self._fresh(self._known[run]) for run in reversed(self._wanted) if run in self._known]
        return tuple(sorted(found, key=lambda one: one.summary.created if one.summary else 0.0))

    def opened(self) -> Subject:
        """The project that is open in the window."""
        document = self._studio.document
        return subject_of(document.project, f"{document.name}, as it is open")

    def _read_one(self) -> None:
        run = self._missing.pop(0)
        self._known[run] = self._read(run)
        if not self._missing:
            self._timer.stop()
            self.arrived.emit()

    def _read(self, run: str) -> Subject:
        live, folder = self._studio.live, RunFolder(self._studio.workspace.runs / run)
        if folder.path.is_dir():
            return read_subject(folder, live.summary(run))
        settings = dict(live.parameters(run))
        return Subject(id=run, name=live.summary(run).name or run, settings=settings, summary=live.summary(run))

    def _fresh(self, known: Subject) -> Subject:
        live = self._studio.live
        summary: Summary = live.summary(known.id)
        if live.state(known.id) == "interrupted":
            summary = replace(summary, state="interrupted")
        repetition = known.repetition
        if summary.origin and not repetition and not live.foreign(known.id):
            repetition = kept(RunFolder(self._studio.workspace.runs / known.id))  # it is found when the run has ended
        name = live.notes(known.id).name or summary.name or known.id
        return replace(known, summary=summary, name=name, repetition=repetition)
