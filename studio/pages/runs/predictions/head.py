"""The line above: which run against which, on which split, and how far the asking is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox

from studio.pages.runs.predictions.side import DOT, dot
from studio.theme import SPACE, colors_of
from studio.widgets import Button, Label, Progress, Surface, ToolButton, row
from studio.widgets.segments import Segments

SPLITS = ("validation", "test")


class Head(Surface):
    """Chooses what is compared.

    Args:
        name: what a run is called.
        color: a run's place in the cycle of series colors.
    """

    changed = Signal()
    """Another run or split was chosen."""
    cancelled = Signal()

    def __init__(self, name: Callable[[str], str], color: Callable[[str], int]) -> None:
        super().__init__("panel")
        self._name, self._color = name, color
        self.first, self.second = QComboBox(), QComboBox()
        self.swap = ToolButton("sort", "Compare the other way round")
        self.splits = Segments({name: name.capitalize() for name in SPLITS}, name="Which samples")
        self.splits.setToolTip("Validation samples chose the best epoch; test samples chose nothing")
        self.says = Label("", "muted")
        self.progress, self.cancel = Progress(), Button("Cancel", kind="quiet")
        self._runs: tuple[str, ...] = ()
        self._lay_out()
        for box, what in ((self.first, "Compared with"), (self.second, "The run that is judged")):
            box.setAccessibleName(what)
            box.setMinimumContentsLength(18)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setIconSize(QSize(DOT, DOT))
            box.activated.connect(lambda *_: self.changed.emit())
        self.swap.clicked.connect(self._swap)
        self.splits.chosen.connect(lambda _: self.changed.emit())
        self.cancel.clicked.connect(self.cancelled)
        self.set_working("")

    @property
    def runs(self) -> tuple[str, ...]:
        """The run that is looked at, or the two: the earlier one, then the one that is judged."""
        found = [box.currentData() for box in (self.first, self.second) if box.currentData()]
        return tuple(dict.fromkeys(found))

    @property
    def split(self) -> str:
        return self.splits.value

    def show_runs(self, runs: Sequence[str]) -> None:
        """Offer these; what was chosen stays where it can."""
        before, self._runs = self.runs, tuple(runs)
        kept = [run for run in before if run in runs] if len(before) == 2 else []
        rest = [run for run in reversed(runs) if run not in kept]  # the oldest is what the others are compared with
        chosen = [*kept, *rest][:2]
        for box, run in zip((self.first, self.second), (*chosen, "", ""), strict=False):
            with QSignalBlocker(box):
                box.clear()
                for one in runs:
                    box.addItem(self._dot(one), self._name(one), one)
                box.setCurrentIndex(box.findData(run))
        for widget in (self.second, self.swap):
            widget.setVisible(len(runs) > 1)

    def set_working(self, sentence: str, share: float = 0.0) -> None:
        """Say what is going on and how much of it is done; nothing when it is over."""
        self.says.setText(sentence)
        self.progress.setVisible(bool(sentence))
        self.cancel.setVisible(bool(sentence))
        if share:
            self.progress.set_fraction(share)
        else:
            self.progress.set_busy()

    def _swap(self) -> None:
        one, other = self.first.currentIndex(), self.second.currentIndex()
        self.first.setCurrentIndex(other)
        self.second.setCurrentIndex(one)
        self.changed.emit()

    def _dot(self, run: str) -> QIcon:
        colors = colors_of(self).series
        return QIcon(dot(colors[self._color(run) % len(colors)]))

    def _lay_out(self) -> None:
        self.progress.setFixedWidth(120)
        line = row(self, gap=SPACE.s)
        line.setContentsMargins(SPACE.m, SPACE.s, SPACE.m, SPACE.s)
        for widget in (self.first, self.swap, self.second):
            line.addWidget(widget)
        line.addSpacing(SPACE.s)
        line.addWidget(self.splits)
        line.addStretch(1)
        for part in (self.says, self.progress, self.cancel):
            line.addWidget(part)
