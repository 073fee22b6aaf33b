"""What a search may put in one place: a button for each, of which one is shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from studio.theme import SPACE
from studio.widgets import ToolButton, column, row, tag
from studio.widgets.flow import Flow

SIDE = 24
"""Pixels of the buttons beside, hardly more than those of the titles."""


class Variants(QWidget):
    """Shows the titles of all candidates once there is more than one; the first is what stands in the place itself."""

    chosen = Signal(str)
    """A person wants to see another: its title, empty for what stands in the place itself."""
    removed = Signal(str)
    """A search is no longer to try this one."""
    preferred = Signal(str)
    """This one is to stand in the place itself."""

    def __init__(self) -> None:
        super().__init__()
        self._titles: tuple[str, ...] = ()
        self.shown = ""
        """The title of the variant that is shown; empty for what stands in the place itself."""
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        place = QWidget()
        self._flow = Flow(place)
        self.prefer = ToolButton("pin", "Put it in the place itself")
        self.remove = ToolButton("remove", "Do not try it")
        self.prefer.clicked.connect(lambda: self.preferred.emit(self.shown))
        self.remove.clicked.connect(lambda: self.removed.emit(self.shown))
        line = row(gap=SPACE.xxs)
        line.addWidget(place, 1)
        for tool in (self.prefer, self.remove):
            tool.setIconSize(QSize(14, 14))
            tool.setFixedSize(SIDE, SIDE)
            line.addWidget(tool, 0, Qt.AlignmentFlag.AlignTop)
        column(self).addLayout(line)
        self.hide()

    def show_titles(self, titles: tuple[str, ...]) -> None:
        """Show these; without variants nothing is in sight."""
        if titles != self._titles:
            self._build(titles)
        if self.shown not in titles[1:]:
            self.shown = ""
        for place, (title, button) in enumerate(self.buttons.items()):
            button.setChecked(title == self.shown if place else not self.shown)
        for tool, words in ((self.prefer, "Put {} in the place itself"), (self.remove, "Do not try {}")):
            tool.setVisible(bool(self.shown))
            tool.setToolTip(words.format(self.shown))
            tool.setAccessibleName(words.format(self.shown))
        self.setVisible(len(titles) > 1)

    def _build(self, titles: tuple[str, ...]) -> None:
        self._titles = titles
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.buttons = {}
        for place, title in enumerate(titles):
            button = tag(QPushButton(title), kind="chip")
            button.setCheckable(True)
            button.setToolTip("Stands here outside of a search, and is tried" if not place else "Is tried in its place")
            button.clicked.connect(partial(self._choose, title if place else ""))
            self._group.addButton(button)
            self._flow.addWidget(button)
            self.buttons[title] = button

    def _choose(self, title: str, *_: object) -> None:
        self.shown = title
        self.chosen.emit(title)
