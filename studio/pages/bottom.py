"""What stands below the canvas: what is wrong, and the table of layers, a tab for each."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from studio.theme import SPACE
from studio.widgets import Surface, column, row

ANY = 16_777_215
"""Qt's word for no limit."""
TALL = 280
"""Pixels that a table opens with."""


class Bottom(Surface):
    """Tabs that come and go; with none of them there is nothing.

    Args:
        tabs: by title, in their order; none is shown yet.
    """

    raised = Signal(object)
    """Another tab is in front."""

    def __init__(self, tabs: dict[str, QWidget], *, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self._tabs = list(tabs.values())
        self._bar = QTabBar()
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setUsesScrollButtons(False)
        self._stack = QStackedWidget()
        self._limits: dict[QWidget, int] = {}
        for title, widget in tabs.items():
            self._bar.addTab(title)
            self._bar.setTabVisible(self._bar.count() - 1, False)
            self._stack.addWidget(widget)
        self._bar.currentChanged.connect(self._raise)
        line = row()
        line.setContentsMargins(SPACE.s, 0, 0, 0)
        line.addWidget(self._bar)
        line.addStretch(1)
        box = column(self)
        box.addLayout(line)
        box.addWidget(self._stack, 1)
        self.hide()

    def shows(self, widget: QWidget) -> bool:
        """Whether there is a tab for this now."""
        return self._bar.isTabVisible(self._tabs.index(widget))

    def show_tab(self, widget: QWidget, *, shown: bool, front: bool = False) -> None:
        """Have a tab for this, or none; and bring it to the front if asked to, or if it is the only one."""
        place = self._tabs.index(widget)
        with QSignalBlocker(self._bar):
            self._bar.setTabVisible(place, shown)
        every = [one for one in range(len(self._tabs)) if self._bar.isTabVisible(one)]
        self.setVisible(bool(every))
        if every and (front or self._bar.currentIndex() not in every or len(every) == 1):
            self._bar.setCurrentIndex(place if front else every[0])
        self._raise(self._bar.currentIndex())

    def entitle(self, widget: QWidget, title: str) -> None:
        """Write something else on a tab."""
        self._bar.setTabText(self._tabs.index(widget), title)

    def limit(self, widget: QWidget, height: int) -> None:
        """Be no higher than this while the tab is in front; it has no more to show."""
        self._limits[widget] = height
        self._raise(self._bar.currentIndex())

    def _raise(self, place: int) -> None:
        if not 0 <= place < len(self._tabs):
            return
        widget = self._tabs[place]
        self._stack.setCurrentWidget(widget)
        height = self._limits.get(widget)
        self.setMaximumHeight(ANY if height is None else height + self._bar.sizeHint().height())
        self.raised.emit(widget)
