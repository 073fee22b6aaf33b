"""The ways to look at a study, a tab for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar

from studio.pages.search.plots import VIEWS, StudyView, declare_plot
from studio.pages.search.studied import Studied
from studio.theme import SPACE
from studio.widgets import Line, Surface, column, row

if TYPE_CHECKING:
    from studio.context import Studio

CHOSEN = "search/view"


class Views(Surface):
    """Shows one view at a time, made when it is first shown, and remembers which.

    Args:
        studio: the window's parts.
        kinds: the views, in the order of their tabs.
    """

    hovered = Signal(int)
    chosen = Signal(list)
    opened = Signal(int)

    def __init__(self, studio: Studio, kinds: Sequence[type[StudyView]] = VIEWS) -> None:
        super().__init__("window")
        self._studio = studio
        self._kinds = tuple(kinds)
        self._found, self._selected = Studied(), tuple[int, ...]()
        self._made: dict[type[StudyView], StudyView] = {}
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(True)
        self.bar.setAccessibleName("Ways to look at the study")
        for place, view in enumerate(self._kinds):
            self.bar.addTab(view.title)
            self.bar.setTabToolTip(place, view.hint)
        self._stack = QStackedWidget()
        titles = [one.title for one in self._kinds]
        chosen = studio.settings.get(CHOSEN)
        self.bar.setCurrentIndex(titles.index(chosen) if chosen in titles else 0)
        self.bar.currentChanged.connect(self._choose)
        self._actions = declare_plot(studio, self, lambda: self._made.get(self._kinds[max(self.bar.currentIndex(), 0)]))
        line = row()
        line.setContentsMargins(SPACE.s, 0, 0, 0)
        line.addWidget(self.bar, 1)
        box = column(self)
        box.addLayout(line)
        box.addWidget(Line())
        box.addWidget(self._stack, 1)

    @property
    def front(self) -> StudyView | None:
        """The view in front, made if it was not yet; None where there are no views."""
        if not self._kinds:
            return None
        kind = self._kinds[max(self.bar.currentIndex(), 0)]
        if kind not in self._made:
            view = self._made[kind] = kind(self._studio)
            view.hovered.connect(self.hovered)
            view.chosen.connect(self.chosen)
            view.opened.connect(self.opened)
            view.offer(self._actions)
            self._stack.addWidget(view)
        return self._made[kind]

    def bring(self, title: str) -> None:
        """Put the view of a title in front."""
        self.bar.setCurrentIndex([one.title for one in self._kinds].index(title))

    def show_study(self, found: Studied) -> None:
        """Look at this from now on."""
        self._found = found
        self._show()

    def select(self, numbers: Sequence[int]) -> None:
        """Let these trials stand out."""
        self._selected = tuple(numbers)
        if (view := self.front) is not None:
            view.select(self._selected)

    def settled(self) -> bool:
        """Whether the view in front has what it asked for."""
        view = self.front
        return view is None or view.settled()

    def _choose(self) -> None:
        self._studio.settings.set(CHOSEN, self._kinds[self.bar.currentIndex()].title)
        self._show()

    def _show(self) -> None:
        if (view := self.front) is not None:
            self._stack.setCurrentWidget(view)
            view.show_study(self._found)
            view.select(self._selected)
