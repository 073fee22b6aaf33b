"""The curves of the selected runs over each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QStackedLayout, QWidget

from engine.events import Message
from studio.curves import Record, Series
from studio.widgets import EmptyState
from studio.widgets.chart import Chart, Curve

if TYPE_CHECKING:
    from studio.live import Live
    from studio.settings import Settings

MOST = 20
"""Runs drawn at once; more lines than that nobody tells apart."""


class Compare(QWidget):
    """One chart with a line for each run, of whatever they have in common.

    Args:
        live: where the runs' events come from.
        settings: remembers what is shown, and how.
        color: a run's place in the cycle of series colors.
    """

    def __init__(self, live: Live, settings: Settings, color: Callable[[str], int]) -> None:
        super().__init__()
        self._live, self._settings, self._color = live, settings, color
        self.records: dict[str, Record] = {}
        self.chart = Chart("", key="runs/compare", memory=settings)
        self.choice = QComboBox()
        self.choice.setAccessibleName("What is compared")
        self.choice.setToolTip("What is compared")
        self.choice.activated.connect(self._choose)
        self.chart.lead(self.choice)
        self.chart.setMinimumHeight(160)
        hint = EmptyState("chart", "Select runs to compare them", "Their curves are laid over each other here.")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(hint)
        self._stack.addWidget(self.chart)
        live.received.connect(self._receive)
        live.current_changed.connect(self._hold_on)

    @property
    def metric(self) -> str:  # type: ignore[override]  # a painter's device has one of its own, which nobody asks here
        """What is compared."""
        return self.choice.currentText()

    def show_runs(self, runs: Iterable[str]) -> None:
        """Compare these, and no longer any others."""
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
                color=self._color(run),
                dots=name in record.epochs,
            )
            for run, record in self.records.items()
            if (series := found(record, name)) is not None
        )
        self.chart.touch()
        self._stack.setCurrentIndex(int(bool(self.records)))

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
