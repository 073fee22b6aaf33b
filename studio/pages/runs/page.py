"""The page that lists every run of the workspace, and looks at those that are selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedLayout, QWidget

from studio.pages.page import Page
from studio.pages.runs import comparing
from studio.pages.runs.chores import Chores
from studio.pages.runs.table import Layout, Table
from studio.pages.runs.table.facts import matches
from studio.pages.runs.tracking import Tracking
from studio.pages.runs.views import Views
from studio.theme import SPACE
from studio.widgets import EmptyState, Label, Line, SearchField, Split, Surface, ToolButton, column, row

if TYPE_CHECKING:
    from studio.context import Studio


class Runs(Page):
    """A table of runs above, ways to look at the selected ones below."""

    title = "Runs"
    icon = "runs"

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self._memory = f"runs/table/{studio.workspace.path}"
        self.table = Table(studio.live, Layout.from_json(studio.settings.get(self._memory)))
        self.model = self.table.model
        self.search = SearchField("Filter runs")
        self.count = Label("", "muted")
        self.views = Views(studio, self.model.color)
        self.chores = Chores(studio, self.table, self.selected)
        self.tracking = Tracking(studio, self, self.selected)
        comparing.declare(studio, self.views, self.table, self.selected)
        self.empty = EmptyState(
            "runs",
            "No runs yet",
            "Every training leaves a run here, with its settings, curves and results, to be compared with the others.",
            button="Train",
        )
        self._stack = QStackedLayout(self)
        for part in (self.empty, self._lay_out()):
            self._stack.addWidget(part)
        self._connect()
        self._count()

    def selected(self) -> list[str]:
        """The ids of the selected runs, from top to bottom; a group stands for its runs."""
        return self.table.selected()

    def select(self, *runs: str) -> None:
        """Select these runs and no others."""
        self.table.select(*runs)

    def activated(self) -> None:
        self.tracking.refresh()
        self.model.tell()
        self._count()
        if not self.selected() and self.studio.live.current:
            self.select(self.studio.live.current)
        self.table.setFocus()

    def settled(self) -> bool:
        return self.views.settled()

    def _connect(self) -> None:
        self.empty.button.clicked.connect(lambda: self.studio.actions.trigger("run.train"))
        self.search.textChanged.connect(self._search)
        self.table.chosen.connect(self._selected)
        self.table.rearranged.connect(self._count)
        self.views.pointed.connect(self.table.halves.point_at)
        self.table.set_up.connect(lambda setup: self.studio.settings.set(self._memory, setup.to_json()))
        for view in self.table.halves.views:
            view.doubleClicked.connect(lambda _: self.studio.actions.trigger("runs.show"))
        self.studio.live.state_changed.connect(lambda *_: self.studio.actions.refresh())

    def _search(self, words: str) -> None:
        self.model.filter((lambda row: matches(row, words)) if words.strip() else None)

    def _selected(self) -> None:
        selected = self.selected()
        self.model.tell_apart(selected)
        self.views.show_runs(selected)
        self.studio.actions.refresh()
        self._count()

    def _count(self) -> None:
        every, shown, selected = len(self.studio.live.runs), len(self.model.arrangement.shown), len(self.selected())
        noun = "run" if every == 1 else "runs"
        words = f"{every:,} {noun}" if shown == every else f"{shown:,} of {every:,} {noun}"
        self.count.setText(f"{words}, {selected:,} selected" if selected else words)
        self._stack.setCurrentIndex(int(every > 0))

    def _lay_out(self) -> QWidget:
        bar = Surface("panel")
        line = row(bar, margin=SPACE.m, gap=SPACE.s)
        line.addWidget(Label("Runs", "heading"))
        line.addSpacing(SPACE.s)
        line.addWidget(self.count)
        line.addStretch(1)
        for name in ("show", "open", "resume", "stop", "delete"):
            line.addWidget(ToolButton.of(self.chores.actions[name]))
        line.addSpacing(SPACE.s)
        self.search.setFixedWidth(260)
        line.addWidget(self.search)
        for name, action in self.chores.actions.items():
            if name == "delete":
                self.table.addAction(_separator(self.table))
            self.table.addAction(action)
        self.table.addAction(_separator(self.table))
        self.table.addActions([self.tracking.actions[name] for name in ("mlflow", "register")])
        above = Surface("panel")
        box = column(above)
        for part, stretch in ((bar, 0), (Line(), 0), (self.table, 1)):
            box.addWidget(part, stretch)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        areas = Split("runs", memory=self.studio.settings, sizes=(440, 420), vertical=True).fill(above, self.views)
        areas.setStretchFactor(1, 1)
        return areas


def _separator(parent: QWidget) -> QAction:
    made = QAction(parent)
    made.setSeparator(True)
    return made
