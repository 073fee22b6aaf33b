"""The curves of the selected runs over each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from engine.events import Message
from studio.curves import Record, Series
from studio.pages.runs.view import View
from studio.theme import SPACE
from studio.widgets import column
from studio.widgets.chart import Chart, Curve

if TYPE_CHECKING:
    from studio.context import Studio

MOST = 20
"""Runs drawn at once; more lines than that nobody tells apart."""


class Curves(View):
    """One chart with a line for each run, of whatever they have in common."""

    title = "Curves"
    hint = "Their curves are laid over each other here."

    def __init__(self, studio: Studio, color: Callable[[str], int]) -> None:
        super().__init__(studio, color)
        self._live, self._settings = studio.live, studio.settings
        self.records: dict[str, Record] = {}
        self.chart = Chart("", key="runs/compare", memory=studio.settings)
        self.choice = QComboBox()
        self.choice.setAccessibleName("What is compared")
        self.choice.setToolTip("What is compared")
        self.choice.activated.connect(self._choose)
        self.chart.lead(self.choice)
        self.chart.setMinimumHeight(160)
        column(self, margin=SPACE.m).addWidget(self.chart)
        self._live.received.connect(self._receive)
        self._live.current_changed.connect(self._hold_on)

    @property
    def metric(self) -> str:  # type: ignore[override]  # a painter's device has one of its own, which nobody asks here
        """What is compared."""
        return self.choice.currentText()

    def show_runs(self, runs: Sequence[str]) -> None:
        wanted = list(runs)[:MOST]
        for run in self.records.keys() - set(wanted):
            del self.records[run]
            self._live.unwatch(run)
        for run in wanted:
            if run not in self.records:
                self._live.watch(run)
                self.records[run] = Record().add(self._live.events(run))
        self.records = {run: self.records[run] for run in wanted}
        self._show()

    def _receive(self, run: str, messages: list[Message]) -> None:
        if run in self.records:
            self.records[run].add(messages)
            self._show()

    def _hold_on(self) -> None:
        """The run that the Train page let go of may still be compared here."""
        for run in self.records:
            self._live.watch(run)

    def _show(self) -> None:
        self._offer()
        name = self.metric
        self.chart.show_curves(
            Curve(
                key=run,
                name=f"{self._live.summary(run).name or run} · {run[-4:]}",
                series=series,
                placed=record,
                color=self.color(run),
                dots=name in record.epochs,
            )
            for run, record in self.records.items()
            if (series := found(record, name)) is not None
        )
        self.chart.touch()

    def _offer(self) -> None:
        names = list(dict.fromkeys(name for record in self.records.values() for name in offered(record)))
        if not names or names == [self.choice.itemText(place) for place in range(self.choice.count())]:
            return
        watches = [self._live.summary(run).watch for run in self.records]
        wanted = (str(self._settings.get("runs/metric", "")), *watches)
        self.choice.clear()
        self.choice.addItems(names)
        self.choice.setCurrentIndex(next((names.index(name) for name in wanted if name in names), 0))

    def _choose(self) -> None:
        self._settings.set("runs/metric", self.metric)
        self._show()


def offered(record: Record) -> list[str]:
    """What of a run can be compared: values of epochs by split, then those of every step."""
    order = ("validation/", "train/", "test/")
    epochs = sorted(record.epochs, key=lambda name: (*(not name.startswith(one) for one in order), name))
    return [*epochs, *(f"{name}, every step" for name in record.steps)]


def found(record: Record, name: str) -> Series | None:
    """The series that is offered under that name."""
    return record.epochs.get(name) or record.steps.get(name.removesuffix(", every step"))
