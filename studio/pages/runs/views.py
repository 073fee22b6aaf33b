"""The ways to look at the selected runs, a tab for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar

from studio.pages.runs.curves import Curves
from studio.pages.runs.differences import Differences
from studio.pages.runs.network import Network
from studio.pages.runs.plots import Plots
from studio.pages.runs.predictions import Predictions
from studio.pages.runs.seeds import SeedsView
from studio.pages.runs.view import View
from studio.theme import SPACE
from studio.widgets import EmptyState, Line, Surface, column, row

if TYPE_CHECKING:
    from studio.context import Studio

VIEWS: tuple[type[View], ...] = (Curves, SeedsView, Differences, Network, Predictions, Plots)
"""In the order of their tabs."""
CHOSEN = "runs/view"
NUMBERS = {1: "a run", 2: "two runs or more"}


class Views(Surface):
    """Shows one view at a time, and remembers which.

    Args:
        studio: the window's parts.
        color: a run's place in the cycle of series colors.
    """

    pointed = Signal(str)
    """A run that a person points at in one of them."""

    wanted = Signal(list)
    """Ids of runs that the table is to select."""

    def __init__(self, studio: Studio, color: Callable[[str], int]) -> None:
        super().__init__("window")
        self._studio, self._color = studio, color
        self._runs: tuple[str, ...] = ()
        self._listed: Sequence[str] = ()
        self._made: dict[type[View], View] = {}
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName("Ways to look at the selected runs")
        for view in VIEWS:
            self.bar.addTab(view.title)
        self._empty = EmptyState("chart", "", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        titles = [one.title for one in VIEWS]
        chosen = studio.settings.get(CHOSEN)
        self.bar.setCurrentIndex(titles.index(chosen) if chosen in titles else 0)
        self.bar.currentChanged.connect(self._choose)
        self._lay_out()
        self._show()

    @property
    def kind(self) -> type[View]:
        """Which view is in front."""
        return VIEWS[self.bar.currentIndex()]

    def view(self, kind: type[View]) -> View:
        """The view of a kind, made if it was not yet."""
        if kind not in self._made:
            self._made[kind] = kind(self._studio, self._color)
            self._made[kind].pointed.connect(self.pointed)
            self._made[kind].wanted.connect(self.wanted)
            self._stack.addWidget(self._made[kind])
        return self._made[kind]

    def bring(self, kind: type[View]) -> View:
        """Put a view in front and return it."""
        self.bar.setCurrentIndex(VIEWS.index(kind))
        return self.view(kind)

    def show_runs(self, runs: Sequence[str]) -> None:
        """Look at these runs from now on."""
        self._runs = tuple(runs)
        self._show()

    def list_runs(self, runs: Sequence[str]) -> None:
        """These runs are in the table from now on."""
        self._listed = runs
        if self.kind in self._made:
            self._made[self.kind].list_runs(runs)

    def settled(self) -> bool:
        """Whether the view in front has what it asked for."""
        return self.kind not in self._made or self._made[self.kind].settled()

    def _choose(self) -> None:
        self._studio.settings.set(CHOSEN, self.kind.title)
        for kind, view in self._made.items():
            if kind is not self.kind:
                view.show_runs(())  # whatever it keeps for them is no longer needed
        self._show()

    def _show(self) -> None:
        kind = self.kind
        if len(self._runs) < kind.least:
            self._empty.set_text(f"Select {NUMBERS[kind.least]} above", kind.hint)
            self._stack.setCurrentWidget(self._empty)
            if kind in self._made:
                self._made[kind].show_runs(())
            return
        view = self.view(kind)
        view.list_runs(self._listed)
        self._stack.setCurrentWidget(view)
        view.show_runs(self._runs)

    def _lay_out(self) -> None:
        line = row()
        line.setContentsMargins(SPACE.s, 0, 0, 0)
        line.addWidget(self.bar)
        line.addStretch(1)
        box = column(self)
        box.addLayout(line)
        box.addWidget(Line())
        box.addWidget(self._stack, 1)
