"""The studio's chart with ten curves, told about new points as a followed run tells it."""

import numpy as np
from PySide6.QtWidgets import QApplication

from studio.curves import Axis, Series
from studio.theme import Theme
from studio.widgets.chart import Chart, Curve
from tests.bench.curves import stream


class Along:
    """Steps along steps."""

    def axis(self, along: str) -> Axis:
        """The plain axis, whichever is asked for."""
        return Axis.even(1)


class Curves(Chart):
    """Ten smoothed curves over every one of their points."""

    def __init__(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.theme = Theme(application, "dark")
        super().__init__("Loss", key="bench")
        self.resize(1200, 700)
        self.series = [Series() for _ in range(stream.RUNS)]
        self.count = stream.POINTS
        for run, series in enumerate(self.series):
            series.append(np.arange(stream.POINTS), stream.history(run))
            self.add(Curve(key=str(run), name=f"run {run}", series=series, placed=Along(), color=run))

    def arrive(self, tick: int) -> None:
        """Take the points of one tick."""
        steps = np.arange(self.count, self.count + stream.MORE)
        for run, series in enumerate(self.series):
            series.append(steps, stream.news(run, tick))
        self.count += stream.MORE
        self.touch()
