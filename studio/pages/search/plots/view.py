"""What the Search page asks of a way to look at a study."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from studio.pages.search.studied import Studied

if TYPE_CHECKING:
    from studio.context import Studio


class StudyView(QWidget):
    """A tab of the page, made when it is first shown; it is told of news while it is in front.

    `title`, `icon` and `hint` (what it shows) are class attributes, so that the tabs need no view. A view says itself,
    in words, when there is nothing to see yet.

    Args:
        studio: the window's parts.
    """

    hovered = Signal(int)
    """The number of the trial that a person points at; -1 for none."""

    chosen = Signal(list)
    """Numbers of the trials that a person chose here; the page selects them in all views."""

    opened = Signal(int)
    """The number of a trial that a person wants to see whole: a double click, or Return."""

    title: ClassVar[str] = ""
    icon: ClassVar[str] = "chart"
    hint: ClassVar[str] = ""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio

    def show_study(self, found: Studied) -> None:
        """Look at this from now on: another study, or the same with news."""
        raise NotImplementedError

    def select(self, numbers: Sequence[int]) -> None:
        """Let these trials stand out; none is no choice. Tells nobody."""
        raise NotImplementedError

    def offer(self, actions: Sequence[QAction]) -> None:
        """Have these in its menu, where it has one."""

    def settled(self) -> bool:
        """Whether all is drawn and what the view asked for has arrived; pictures of the page wait for it."""
        return True
