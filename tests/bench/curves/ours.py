"""The Train page's chart as it is, smoothing on, fed with the events that a run's journal holds."""

from typing import cast

from PySide6.QtWidgets import QApplication

from engine.events import Created, Started, Steps
from studio.curves import Record
from studio.theme import Theme
from studio.widgets.chart import Chart, Curve
from tests.bench.curves import stream


class Curves(Chart):
    """Ten runs' losses on one chart."""

    def __init__(self) -> None:
        self.theme = Theme(cast("QApplication", QApplication.instance()), "dark")
        super().__init__("Loss", key="bench")
        self.resize(1200, 700)
        self.step = stream.POINTS
        self.records = [record(run) for run in range(stream.RUNS)]
        for run, one in enumerate(self.records):
            self.add(Curve(key=str(run), name=f"run {run}", series=one.steps["loss"], placed=one, color=run))

    def arrive(self, tick: int) -> None:
        """Take the points of one tick."""
        for run, one in enumerate(self.records):
            one.add([Steps(first=self.step + 1, values={"loss": stream.news(run, tick).tolist()})])
        self.step += stream.MORE
        self.touch()


def record(run: int) -> Record:
    """A run of a million steps."""
    beginning = [
        Created(name=f"run {run}"),
        Started(device="cpu", pid=1, host="here", epochs=1000, steps_per_epoch=1000),
        Steps(first=1, values={"loss": stream.history(run).tolist()}),
    ]
    return Record().add(beginning)
