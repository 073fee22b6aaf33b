"""The two charts of the Train page: loss, and one metric of choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QSplitter

from studio.curves import Record
from studio.widgets.chart import Chart, Curve

if TYPE_CHECKING:
    from studio.settings import Settings

TRAIN, VALIDATION, STEP = 0, 1, 0
WIDE = 2.1
"""Width over height from which on the charts stand side by side."""
LOW = 420
"""Pixels of height that two charts above each other need."""


def loss_curves(record: Record) -> list[Curve]:
    """The loss of every step, and that of every epoch."""
    found = []
    if (series := record.steps.get("loss")) is not None:
        found.append(Curve(key="loss", name="train, every step", series=series, placed=record, color=STEP))
    return found + metric_curves(record, "loss")


def metric_curves(record: Record, metric: str) -> list[Curve]:
    """A metric on each split at the epochs' ends, or a value of every step such as the learning rate."""
    found = []
    for color, split in ((2, "train"), (VALIDATION, "validation")):
        name = f"{split}/{metric}"
        if (series := record.epochs.get(name)) is not None:
            label = f"{split}, epoch mean" if (split, metric) == ("train", "loss") else split
            found.append(
                Curve(key=name, name=label, series=series, placed=record, color=color, dots=True, smooths=False)
            )
    if metric != "loss" and (series := record.steps.get(metric)) is not None:
        found.append(Curve(key=metric, name=metric.replace("_", " "), series=series, placed=record, color=3))
    return found


def metrics(record: Record) -> list[str]:
    """What the second chart can show: epochs' metrics besides the loss, then values of every step."""
    of_epochs = dict.fromkeys(name.partition("/")[2] for name in record.epochs)
    return [name for name in (*of_epochs, *record.steps) if name != "loss"]


class Charts(QSplitter):
    """Loss and metric, above each other or, where there is more width than height, side by side.

    Args:
        settings: remembers how the charts are looked at.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._settings = settings
        self._record = Record()
        self.loss_chart = Chart("Loss", key="train/loss", memory=settings)
        self.metric_chart = Chart("", key="train/metric", memory=settings, smoothing=None)
        self.choice = QComboBox()
        self.choice.setAccessibleName("Metric")
        self.choice.setToolTip("What this chart shows")
        self.choice.activated.connect(self._choose)
        self.metric_chart.lead(self.choice)
        for place, chart in enumerate((self.loss_chart, self.metric_chart)):
            chart.setMinimumHeight(120)
            self.addWidget(chart)
            self.setStretchFactor(place, 1)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(9)
        self.setStyleSheet("QSplitter::handle { background: transparent; }")

    def show_record(self, record: Record) -> None:
        """Show a run's curves; call again whenever it got new ones or new points."""
        self._record = record
        self.loss_chart.show_curves(loss_curves(record))
        self._offer(metrics(record))
        self.metric_chart.show_curves(metric_curves(record, self.choice.currentText()))
        self.loss_chart.touch()
        self.metric_chart.touch()

    def _offer(self, names: list[str]) -> None:
        if names == [self.choice.itemText(place) for place in range(self.choice.count())]:
            return
        chosen = str(self._settings.get("train/metric", ""))  # by a person; the first name to arrive is nobody's choice
        self.choice.clear()
        self.choice.addItems(names)
        self.choice.setCurrentIndex(max(self.choice.findText(chosen), 0) if names else -1)

    def _choose(self) -> None:
        self._settings.set("train/metric", self.choice.currentText())
        self.show_record(self._record)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = self.width() > WIDE * self.height() or self.height() < LOW
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if wanted is not self.orientation():
            self.setOrientation(wanted)
        super().resizeEvent(event)
