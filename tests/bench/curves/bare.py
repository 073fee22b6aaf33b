"""pyqtgraph with its own downsampling and clipping, told about new points twenty times a second."""

import numpy as np
import pyqtgraph

from tests.bench.curves import stream


class Curves(pyqtgraph.PlotWidget):
    """Ten curves that keep all their points in one array each."""

    def __init__(self) -> None:
        super().__init__()
        self.setDownsampling(auto=True, mode="peak")
        self.setClipToView(True)
        self.resize(1200, 700)
        room = stream.POINTS + 1_000_000
        self.steps = np.arange(room, dtype=float)
        self.values = np.empty((stream.RUNS, room))
        self.count = stream.POINTS
        self.curves = [self.plot(pen=pyqtgraph.intColor(run)) for run in range(stream.RUNS)]
        for run in range(stream.RUNS):
            self.values[run, : self.count] = stream.history(run)

    def arrive(self, tick: int) -> None:
        """Take the points of one tick."""
        end = self.count + stream.MORE
        for run, curve in enumerate(self.curves):
            self.values[run, self.count : end] = stream.news(run, tick)
            curve.setData(self.steps[:end], self.values[run, :end])
        self.count = end
