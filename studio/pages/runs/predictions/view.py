"""The tab that compares what runs answer to the same samples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedLayout, QStackedWidget, QWidget

from studio.pages.runs.predictions.asking import Asking
from studio.pages.runs.predictions.confusions import Confusions
from studio.pages.runs.predictions.errors import Errors
from studio.pages.runs.predictions.groups import Groups
from studio.pages.runs.predictions.head import Head
from studio.pages.runs.predictions.tiles import Samples
from studio.pages.runs.view import View
from studio.widgets import EmptyState, Line, Split, column

if TYPE_CHECKING:
    from studio.context import Studio

SPLIT = "runs/predictions/split"


class Predictions(View):
    """Which samples one run got wrong and the other right, and the samples themselves."""

    title = "Predictions"
    hint = "What they answer to the same samples is compared here: fixed, broken, both wrong."

    def __init__(self, studio: Studio, color: Callable[[str], int]) -> None:
        super().__init__(studio, color)
        self.asking = Asking(studio.service, self)
        self.head = Head(self._name, color)
        self.groups, self.samples = Groups(), Samples(studio.service)
        self.confusions, self.errors = Confusions(), Errors()
        self.failure = EmptyState("warning", "", "")
        self.waiting = EmptyState("clock", "Asking the runs", "Their answers are kept, so that it is quick next time.")
        self._found: dict[str, Any] | None = None
        self._cell: tuple[int, ...] = ()
        self._lay_out()
        self._connect()
        if (split := studio.settings.get(SPLIT)) in ("validation", "test"):
            self.head.splits.choose(split)

    def show_runs(self, runs: Sequence[str]) -> None:
        self.head.show_runs(runs)
        if not runs:
            self.asking.cancel()
            self._found = None
            self.samples.model.show_samples(None)
            return
        self._ask()

    def settled(self) -> bool:
        return not self.asking.busy and not self.samples.model.asking

    def _ask(self) -> None:
        """Ask, unless it is what is shown already: another selected run changes nothing by itself."""
        wanted = (self.head.runs, self.head.split)
        if wanted == self.asking.wanted:
            return
        self.studio.settings.set(SPLIT, self.head.split)
        self._body.setCurrentWidget(self.waiting)
        self.head.set_working("Opening the data…")
        self.asking.ask(*wanted)

    def _progress(self, run: str, done: int, of: int) -> None:
        self.head.set_working(f"{self._name(run)}: {done:,} of {of:,} samples", done / max(of, 1))

    def _show(self, found: dict[str, Any]) -> None:
        self.head.set_working("")
        self._found, self._cell = found, ()
        runs = self.head.runs
        names, series = [self._name(run) for run in runs], [self.color(run) for run in runs]
        self.samples.set_series(series)
        if found["kind"] == "class":
            self.confusions.show_found(found, names, series)
            self._middle.setCurrentWidget(self.confusions)
        else:
            self.errors.show_found(found, names, series)
            self._middle.setCurrentWidget(self.errors)
        self.groups.show_found(found)
        self._body.setCurrentWidget(self._areas)
        self._show_samples()

    def _show_samples(self) -> None:
        if self._found is None:
            return
        title = next(one["title"] for one in self._found["groups"] if one["name"] == self.groups.group)
        question: dict[str, Any] = {"runs": list(self.head.runs), "split": self.head.split, "group": self.groups.group}
        cell = ""
        if self._cell:
            side, truth, answer = self._cell
            classes = self._found["classes"]
            cell = f"{classes[truth]} taken for {classes[answer]}" if truth != answer else f"{classes[truth]}, right"
            cell += (" by the first", " by the second")[side] if len(self.head.runs) > 1 else ""
            question |= {"group": "all", "cell": list(self._cell)}
            title = ""
        names = [self._name(run) for run in self.head.runs]
        self.samples.show_samples(question, title=title, cell=cell, names=names)

    def _choose_cell(self, cell: tuple[int, ...]) -> None:
        self._cell = tuple(cell)
        self._show_samples()

    def _choose_group(self, _: str) -> None:
        self._clear_cell()

    def _clear_cell(self) -> None:
        self._cell = ()
        self.confusions.clear()
        self._show_samples()

    def _fail(self, sentence: str) -> None:
        self.head.set_working("")
        self.failure.set_text("These runs cannot be compared by their answers", sentence)
        self._body.setCurrentWidget(self.failure)

    def _cancel(self) -> None:
        self.asking.cancel()
        self._fail("It was cancelled. Choose a run or a split to ask again.")

    def _name(self, run: str) -> str:
        """Its name, and the end of its id, since names repeat."""
        name = self.studio.live.notes(run).name or self.studio.live.summary(run).name or run
        return f"{name} · {run[-4:]}"

    def _connect(self) -> None:
        self.head.changed.connect(self._ask)
        self.head.cancelled.connect(self._cancel)
        self.asking.progressed.connect(self._progress)
        self.asking.answered.connect(self._show)
        self.asking.failed.connect(self._fail)
        self.groups.chosen.connect(self._choose_group)
        self.confusions.chosen.connect(self._choose_cell)
        self.samples.changed.connect(self._show_samples)
        self.samples.cleared.connect(self._clear_cell)
        self.samples.model.failed.connect(self._fail)

    def _lay_out(self) -> None:
        self._middle = QStackedWidget()
        self._middle.addWidget(self.confusions)
        self._middle.addWidget(self.errors)
        self._areas = Split("runs/predictions", memory=self.studio.settings, sizes=(220, 760, 480))
        self._areas.fill(self.groups, self._middle, self.samples, stretch=1)
        body = QWidget()
        self._body = QStackedLayout(body)
        for part in (self.waiting, self.failure, self._areas):
            self._body.addWidget(part)
        box = column(self)
        box.addWidget(self.head)
        box.addWidget(Line())
        box.addWidget(body, 1)
