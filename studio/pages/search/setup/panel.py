"""A new search: what the open project marks, how it is to be searched, and the button that starts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.spec import Project, SpaceError, space_of
from studio.pace import spoken
from studio.pages.search.setup.settings import StudySettings
from studio.panels.marks import MarksTable
from studio.theme import SPACE
from studio.widgets import Button, EmptyState, Label, Line, Split, Surface, column, row

if TYPE_CHECKING:
    from studio.context import Studio

TEACH = (
    "Press the dice beside a value on the Design page, such as the learning rate or a layer's width: it becomes a "
    "range, and a search tries values of it. Layers can be optional, or one of several."
)


class Setup(QWidget):
    """Marks at the left, settings at the right.

    Args:
        studio: the window's parts.
    """

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.name, self.about = Label("New search", "heading"), Label("", "muted")
        self.start = Button("Start search", kind="primary", icon="play")
        action = studio.actions["run.search"]
        self.start.setToolTip(action.toolTip())
        self.start.clicked.connect(action.trigger)
        self.marks = MarksTable(studio.document, studio.catalogue)
        self.settings = StudySettings(studio)
        self.empty = EmptyState("dice", "Nothing is marked for search", TEACH, button="Go to the Design page")
        self.marks.opened.connect(self._show_place)
        self.empty.button.clicked.connect(lambda: studio.actions.trigger("page.design"))
        self._stack = QStackedWidget()
        self._lay_out()
        studio.document.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the open project as it is now."""
        project = self._studio.document.project
        count = variables_of(project)
        self.about.setText(f"{project.name} · {plan(project)}" if count else project.name)
        self._stack.setCurrentWidget(self.marks if count else self.empty)

    def _show_place(self, network: str, node: str) -> None:
        """Show where a mark stands."""
        self._studio.wanted.ask_place(network, node)
        self._studio.actions.trigger("page.design")

    def _lay_out(self) -> None:
        head = Surface("panel")
        line = row(head, margin=SPACE.l, gap=SPACE.m)
        words = column(gap=SPACE.xxs)
        words.addWidget(self.name)
        words.addWidget(self.about)
        line.addLayout(words, 1)
        line.addWidget(self.start, 0, Qt.AlignmentFlag.AlignVCenter)
        for part in (self.marks, self.empty):
            self._stack.addWidget(part)
        ground = Surface("window")
        column(ground).addWidget(self._stack)
        side = Surface("panel")
        column(side).addWidget(self.settings)
        side.setMinimumWidth(300)
        areas = Split("search/setup", memory=self._studio.settings, sizes=(900, 380)).fill(ground, side)
        box = column(self)
        box.addWidget(head)
        box.addWidget(Line())
        box.addWidget(areas, 1)


def variables_of(project: Project) -> int:
    """How many variables a project marks; 1 where marks contradict each other, which is said elsewhere."""
    try:
        return len(space_of(project).variables)
    except SpaceError:
        return 1


def plan(project: Project) -> str:
    """What will be done, in a line."""
    study = project.study
    parts = [f"up to {study.trials:,} trials"] if study.trials else []
    parts += [spoken(study.timeout)] if study.timeout else []
    often = f", {study.seeds} seeds each" if study.seeds > 1 else ""
    who = "1 worker" if study.workers == 1 else f"{study.workers} workers"
    return f"{' or '.join(parts) or 'trials until you pause it'}{often}, chosen by {study.sampler.kind}, on {who}"
