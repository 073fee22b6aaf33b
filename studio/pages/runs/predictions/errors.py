"""How far answers are from the truth: answer against truth, and how errors are spread."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QWidget

from studio.pages.runs.predictions.side import Side
from studio.pages.runs.predictions.words import Found, scores
from studio.theme import SPACE
from studio.widgets import Label, column, row
from studio.widgets.histogram import Histogram
from studio.widgets.scale import dimension
from studio.widgets.scatter import Cloud, Scatter


class Errors(QWidget):
    """Shows a comparison of numbers, or of anything of which only the error is known."""

    def __init__(self) -> None:
        super().__init__()
        self.scatter, self.histogram = Scatter(), Histogram()
        self.legends = (Side(), Side())
        self.drawn = Label("", "caption")
        line = row(gap=SPACE.m)
        line.addWidget(self.scatter, 3)
        line.addWidget(self.histogram, 2)
        head = row(gap=SPACE.m)
        for legend in self.legends:
            head.addWidget(legend, 1)
        box = column(self, margin=SPACE.m, gap=SPACE.s)
        box.addLayout(head)
        box.addLayout(line, 1)
        box.addWidget(self.drawn)

    def show_found(self, found: Found, names: Sequence[str], series: Sequence[int]) -> None:
        """Show it; `names` and places in the cycle of colors are the runs'."""
        for legend in self.legends[len(names) :]:
            legend.hide()
        for legend, name, score, color in zip(self.legends, names, scores(found), series, strict=False):
            legend.show_side(name, score, series=color)
            legend.show()
        unit = f" ({found['unit']})" if found["unit"] else ""
        signed = found["kind"] == "number"
        title = f"answer − truth{unit}" if signed else f"{found['error']}{unit}"
        histogram = found["histogram"]
        self.histogram.show_counts(histogram["edges"], histogram["counts"], series=series, title=title)
        self.scatter.setVisible(signed)
        self.drawn.setVisible(False)
        if signed:
            self._show_points(found, names, series, unit)

    def _show_points(self, found: Found, names: Sequence[str], series: Sequence[int], unit: str) -> None:
        points = found["points"]
        sides, truth, rows = points["answers"], points["truth"], points["rows"]
        cloud = Cloud(
            x=dimension("truth", f"truth{unit}", truth * len(sides)).set(log=False),
            y=dimension("answer", f"answer{unit}", [one for side in sides for one in side]).set(log=False),
            names=[f"sample {at} · {name}" for name, _ in zip(names, sides, strict=True) for at in rows],
            series=np.repeat(np.asarray(series[: len(sides)], np.int64), len(truth)),
            diagonal=True,
        )
        self.scatter.show_cloud(cloud)
        if points["of"] > len(truth):
            self.drawn.setText(f"{len(truth):,} of {points['of']:,} drawn at random; the histogram counts all")
            self.drawn.setVisible(True)
