"""The confusion matrices of two runs side by side, and their difference; the pointer reads all three."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.pages.runs.predictions.side import Side
from studio.pages.runs.predictions.words import Found, change, scores
from studio.theme import SPACE
from studio.widgets import Elided, column, row
from studio.widgets.matrix import Cell, Counts, Matrix, said
from studio.widgets.segments import Segments

DIFFERENCE = "Difference"


class Confusions(QWidget):
    """Shows a matrix for each side; clicking a cell chooses the samples behind it."""

    chosen = Signal(object)
    """Which side's cell, true class and answer (three whole numbers), or none of them."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Found | None = None
        self._counts: list[Counts] = []
        self.matrices = (Matrix(), Matrix(), Matrix(difference=True))
        self.titles = tuple(Side() for _ in self.matrices)
        self.measure = Segments({"share": "Share of row", "count": "Counts"}, name="What the cells say")
        self.reading = Elided("", "muted")
        self._parts: list[QWidget] = []
        self._lay_out()
        for side, matrix in enumerate(self.matrices):
            matrix.pointed.connect(self._point)
            matrix.chosen.connect(lambda cell, side=side: self._choose(side, cell))
        self.measure.chosen.connect(lambda _: self._show())
        self._point(None)

    def show_found(self, found: Found, names: Sequence[str], series: Sequence[int]) -> None:
        """Show a comparison of classes; `names` and places in the cycle of colors are the runs'."""
        self._found = found
        count = len(found["classes"])
        self._counts = [_counts(side["confusion"], count) for side in found["sides"]]
        two = len(self._counts) == 2
        for title, name, score, color in zip(self.titles, names, scores(found), series, strict=False):
            title.show_side(name, score, series=color)
        self.titles[2].show_side(DIFFERENCE, change(found))
        for part in self._parts[1:]:
            part.setVisible(two)
        self.clear()
        self._show()

    def clear(self) -> None:
        """Choose no cell."""
        for matrix in self.matrices:
            matrix.pick(None)

    def _show(self) -> None:
        if self._found is None:
            return
        classes, measure = tuple(self._found["classes"]), self.measure.value
        kind = "count" if measure == "count" else "share"
        for counts, matrix in zip(self._counts, self.matrices, strict=False):
            matrix.show_matrix(counts, classes, kind, before=None)  # type: ignore[arg-type]
        if len(self._counts) == 2:
            before, after = self._counts
            self.matrices[2].show_matrix(after, classes, kind, before=before)  # type: ignore[arg-type]
        self._point(None)

    def _point(self, cell: Cell | None) -> None:
        for matrix in self.matrices:
            matrix.point_at(cell)
        self.reading.setText(self._read(cell))

    def _read(self, cell: Cell | None) -> str:
        """What the cell says in every matrix, in one sentence."""
        if self._found is None or cell is None:
            return "Rows are true classes, columns are answers. A click shows the samples of a cell."
        classes = self._found["classes"]
        what = f"True {classes[cell.row]}, answered {classes[cell.column]}"
        parts = []
        for counts in self._counts:
            whole = counts[cell.row].sum()
            share = said(counts[cell] / whole, "share") if whole else "–"
            parts.append(f"{counts[cell]:,.0f} of {whole:,.0f} ({share})")
        return f"{what}: {', then '.join(parts)}"

    def _choose(self, side: int, cell: Cell | None) -> None:
        self.clear()
        if cell is None:
            self.chosen.emit(())
            return
        self.matrices[side].pick(cell)
        self.chosen.emit((min(side, 1), cell.row, cell.column))  # of a difference, the later run's

    def _lay_out(self) -> None:
        line = row(gap=SPACE.m)
        for title, matrix in zip(self.titles, self.matrices, strict=True):
            part = QWidget()
            box = column(part, gap=SPACE.xs)
            box.addWidget(title)
            box.addWidget(matrix, 1)
            line.addWidget(part, 1)
            self._parts.append(part)
        below = row(gap=SPACE.s)
        below.addWidget(self.reading, 1)
        below.addWidget(self.measure)
        box = column(self, margin=SPACE.m, gap=SPACE.s)
        box.addLayout(line, 1)
        box.addLayout(below)


def _counts(flat: Sequence[int], classes: int) -> Counts:
    """The whole matrix from its cells that are not empty."""
    made = np.zeros((classes, classes))
    cells = np.asarray(flat, int).reshape(-1, 3)
    made[cells[:, 0], cells[:, 1]] = cells[:, 2]
    return made
