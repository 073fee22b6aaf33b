"""A range in the place of a value: pressed, it unfolds its editor."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from engine.spec import Search
from studio import icons
from studio.widgets.fields.words import brief, write
from studio.widgets.style import tag

ROOM = 30
"""Pixels that the text does not have: the edges, and the arrow."""


class RangeButton(QPushButton):
    """Says what is tried, cut where room is short.

    Args:
        title: of what.
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        tag(self, kind="range")
        self._title = title
        self._words = ""
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the words
        self.setIconSize(QSize(12, 12))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_unfolded(False)

    def show_search(self, search: Search) -> None:
        """Say this range."""
        name = f"{search.name}: " if search.name else ""
        self._words = f"{name}{brief(search)}"
        self.setToolTip(f"Searched: {name}{write(search)}")
        self.setAccessibleName(f"{self._title} is searched: {name}{write(search)}")
        self._elide()

    def words(self) -> str:
        """What it says, whole."""
        return self._words

    def set_unfolded(self, unfolded: bool) -> None:
        """Show whether the editor is in sight."""
        self.setIcon(icons.icon("chevron-up" if unfolded else "chevron-down"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = max(self.width() - ROOM, 16)
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room))
