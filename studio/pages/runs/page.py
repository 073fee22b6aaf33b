"""The page that lists every run of the workspace, and looks at those that are selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedLayout, QWidget

from studio.pages.page import Page
from studio.pages.runs.chores import Chores
from studio.pages.runs.rows import COLUMNS
from studio.pages.runs.table import ROW, RunsModel, RunsView, Sorted
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
        self.model = RunsModel(studio.live, self)
        self.sorted = Sorted(self.model, self)
        self.view = RunsView()
        self.view.setModel(self.sorted)
        self.view.fit()
        self._recall()
        self.search = SearchField("Filter runs")
        self.count = Label("", "muted")
        self.views = Views(studio, self.model.color)
        self.chores = Chores(studio, self.view, self.selected)
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
        """The ids of the selected runs, from top to bottom."""
        rows = sorted(self.view.selectionModel().selectedRows(), key=lambda index: index.row())
        return [index.data(ROW).id for index in rows]

    def select(self, *runs: str) -> None:
        """Select these runs and no others."""
        chosen, flags = QItemSelection(), QItemSelectionModel.SelectionFlag
        for place in range(self.sorted.rowCount()):
            index = self.sorted.index(place, 0)
            if index.data(ROW).id in runs:
                chosen.select(index, index)
        if not chosen.isEmpty():
            self.view.selectionModel().setCurrentIndex(chosen.indexes()[0], flags.NoUpdate)
        self.view.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)

    def activated(self) -> None:
        self.model.tell()
        self._count()
        if not self.selected() and self.studio.live.current:
            self.select(self.studio.live.current)
        self.view.setFocus()

    def settled(self) -> bool:
        return self.views.settled()

    def _connect(self) -> None:
        self.empty.button.clicked.connect(lambda: self.studio.actions.trigger("run.train"))
        self.search.textChanged.connect(self.sorted.search)
        self.view.selectionModel().selectionChanged.connect(self._selected)
        self.view.doubleClicked.connect(lambda _: self.studio.actions.trigger("runs.show"))
        self.view.horizontalHeader().sortIndicatorChanged.connect(self._remember)
        self.studio.live.state_changed.connect(lambda *_: self.studio.actions.refresh())
        for signal in (self.sorted.rowsInserted, self.sorted.rowsRemoved, self.sorted.modelReset):
            signal.connect(self._count)

    def _selected(self) -> None:
        selected = self.selected()
        self.model.tell_apart(selected)
        self.views.show_runs(selected)
        self.studio.actions.refresh()
        self._count()

    def _count(self) -> None:
        every, shown, selected = self.model.rowCount(), self.sorted.rowCount(), len(self.selected())
        noun = "run" if every == 1 else "runs"
        words = f"{every:,} {noun}" if shown == every else f"{shown:,} of {every:,} {noun}"
        self.count.setText(f"{words}, {selected} selected" if selected else words)
        self._stack.setCurrentIndex(int(every > 0))

    def _recall(self) -> None:
        kept = self.studio.settings.get("runs/sort")
        known = isinstance(kept, list) and len(kept) == 2 and kept[0] in range(len(COLUMNS))
        place, down = kept if known else (2, True)
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.view.sortByColumn(place, order)

    def _remember(self, place: int, order: Qt.SortOrder) -> None:
        self.studio.settings.set("runs/sort", [place, order is Qt.SortOrder.DescendingOrder])

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
                self.view.addAction(_separator(self.view))
            self.view.addAction(action)
        above = Surface("panel")
        box = column(above)
        for part, stretch in ((bar, 0), (Line(), 0), (self.view, 1)):
            box.addWidget(part, stretch)
        areas = Split("runs", memory=self.studio.settings, sizes=(440, 420), vertical=True).fill(above, self.views)
        areas.setStretchFactor(1, 1)
        return areas


def _separator(parent: QWidget) -> QAction:
    made = QAction(parent)
    made.setSeparator(True)
    return made
