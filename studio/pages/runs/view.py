"""What the Runs page asks of a way to look at the selected runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from studio.context import Studio


class View(QWidget):
    """A tab below the table, made when it is first shown; it is told of the selection while it is in front.

    `title`, `least` (how many runs it needs) and `hint` (what it shows once that many are selected) are class
    attributes, so that the tabs need no view.

    Args:
        studio: the window's parts.
        color: a run's place in the cycle of series colors.
    """

    pointed = Signal(str)
    """A run that a person points at: the table brings its row into sight, and the selection stays."""

    wanted = Signal(list)
    """Ids of runs that the table is to select: a person chose them here."""

    title: ClassVar[str] = ""
    least: ClassVar[int] = 1
    hint: ClassVar[str] = ""

    def __init__(self, studio: Studio, color: Callable[[str], int]) -> None:
        super().__init__()
        self.studio = studio
        self.color = color

    def show_runs(self, runs: Sequence[str]) -> None:
        """Look at these, from top to bottom of the table, and no longer at any others; maybe at none."""
        raise NotImplementedError

    def list_runs(self, runs: Sequence[str]) -> None:
        """These are the runs that the table's filter leaves; most views look at selected ones alone."""

    def settled(self) -> bool:
        """Whether what the view asked for has arrived; pictures of the page wait for it."""
        return True
