"""What is wrong with the project, each with its place and, where there is one, the click that mends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.spec import Mend, Problem
from studio.theme import SPACE
from studio.widgets import Button, Label, Scroll, Surface, column, row
from studio.widgets.picture import Picture

if TYPE_CHECKING:
    from studio.analysis import Analysis


def place_of(problem: Problem) -> str:
    """Where a problem stands, in the words of the window."""
    if problem.node:
        inside = "" if problem.network in (None, "model") else f"{problem.network} / "
        return f"{inside}{problem.node}" + (f".{problem.parameter}" if problem.parameter else "")
    names = [problem.section or problem.network or "project", problem.parameter or ""]
    return ".".join(name for name in names if name)


ROW = 48


class ProblemRow(Surface):
    """One problem: a click shows where it is."""

    clicked = Signal()

    def __init__(self, problem: Problem, mend: Callable[[Mend], object]) -> None:
        super().__init__("row")
        self.problem = problem
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"{problem.severity}: {problem.message}")
        box = row(self, gap=SPACE.s)
        box.setContentsMargins(SPACE.l, SPACE.xs, SPACE.m, SPACE.xs)
        box.addWidget(Picture(problem.severity, tone=problem.severity, size=16))
        words = Label(problem.message, wrap=True)
        words.setMinimumWidth(240)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        box.addWidget(words, 1)
        if problem.mend is not None:
            found = problem.mend
            button = Button(found.text, icon="success")
            button.clicked.connect(lambda: mend(found))
            box.addWidget(button)
        box.addWidget(Label(place_of(problem), "mono"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class Problems(Surface):
    """The list of problems.

    Args:
        analysis: who finds problems.
        mend: does what a mend says.
    """

    shown = Signal(object)
    """The problem that was clicked."""
    listed = Signal(str, int)
    """Others are listed: how many there are, in words, and how high they stand."""

    def __init__(self, analysis: Analysis, mend: Callable[[Mend], object], *, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self._analysis = analysis
        self._mend = mend
        self._listed: tuple[Problem, ...] = ()
        self._scroll = Scroll(margin=0, gap=0)
        self._scroll.setMinimumHeight(ROW)
        box = column(self)
        box.addWidget(self._scroll, 1)
        self._scroll.body.addStretch(1)
        self.rows: list[ProblemRow] = []
        analysis.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """List the problems anew if they are others."""
        if self._analysis.problems != self._listed:
            self._listed = self._analysis.problems
            self._fill()
            self.listed.emit(self.counted(), ROW * max(len(self.rows), 1) + SPACE.s)

    def counted(self) -> str:
        """How many there are, for a title: `Problems  3`."""
        return f"Problems  {len(self._listed)}" if self._listed else "Problems"

    def _fill(self) -> None:
        for old in self.rows:
            self._scroll.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        ordered = sorted(self._listed, key=lambda problem: problem.severity != "error")
        self.rows = [ProblemRow(problem, self._mend) for problem in ordered]
        for place, made in enumerate(self.rows):
            made.clicked.connect(lambda problem=made.problem: self.shown.emit(problem))
            self._scroll.body.insertWidget(place, made)
