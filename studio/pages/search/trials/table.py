"""The table of trials: sorted, filtered by state, and at one with what the views show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from studio.pages.search.studied import Studied
from studio.pages.search.trials.cells import TrialCells
from studio.pages.search.trials.model import TrialsModel
from studio.pages.search.trials.states import StateFilter
from studio.theme import SPACE
from studio.widgets import Label, Line, Surface, column, row
from studio.widgets.painted import PaintedTable, stretches


class TrialsTable(Surface):
    """Trials below a line that counts and filters them."""

    chosen = Signal(list)
    """A person selected the trials with these numbers."""
    opened = Signal(int)
    """A person wants to see the run of this trial."""
    menu_asked = Signal(QPoint)
    """A person wants to know what can be done with the selected trials; the place on the screen."""

    def __init__(self) -> None:
        super().__init__("panel")
        self.model = TrialsModel()
        self.view = _View(self.model)
        self.count = Label("", "muted")
        self.filter = StateFilter(lambda: self.model.found.trials)
        self._quiet = False
        self._lay_out()
        self._connect()
        self._tell()

    def show_study(self, found: Studied) -> None:
        """Show these trials; what is selected and in sight stays."""
        selected, bar = self.selected(), self.view.verticalScrollBar()
        place, another, columns = bar.value(), found.id != self.model.found.id, self.model.columns
        with self._silent():
            if self.model.show_study(found) and not another:
                self._select(selected)
                bar.setValue(place)
        if self.model.columns != columns:
            self._size()
        self._tell()

    def selected(self) -> list[int]:
        """The numbers of the selected trials, from top to bottom."""
        parts: Any = self.view.selectionModel().selection()  # PySide's stubs do not say that it can be gone through
        rows = {at for part in parts for at in range(part.top(), part.bottom() + 1)}
        return [self.model.rows[at].number for at in sorted(rows)]

    def select(self, numbers: Sequence[int]) -> None:
        """Select these trials and no others, and bring the first into sight; tells nobody."""
        with self._silent():
            first = self._select(numbers)
            if first is not None:
                index = self.model.index(first, 0)
                self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
                self.view.scrollTo(index)
        self._tell()

    def point_at(self, number: int) -> None:
        """Light up the row of a trial, none for -1."""
        place = self.model.place(number) if number >= 0 else None
        self.view.hover(-1 if place is None else place)

    def filter_states(self, states: Iterable[str]) -> None:
        """Leave only trials in these states; none is all."""
        selected = self.selected()
        with self._silent():
            self.model.filter(states)
            self._select(selected)
        self._tell()

    @contextmanager
    def _silent(self) -> Iterator[None]:
        """Meanwhile nobody is told what is selected: no person did it."""
        self._quiet = True
        yield
        self._quiet = False

    def _select(self, numbers: Sequence[int]) -> int | None:
        """Select rows; return the first of them."""
        wanted, last = set(numbers), len(self.model.columns) - 1
        places = [at for at, one in enumerate(self.model.rows) if one.number in wanted] if wanted else []
        chosen, flags = QItemSelection(), QItemSelectionModel.SelectionFlag
        for top, bottom in stretches(places):
            chosen.select(self.model.index(top, 0), self.model.index(bottom, last))
        self.view.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)
        return places[0] if places else None

    def _tell(self) -> None:
        every, left, selected = len(self.model.found.trials), len(self.model.rows), len(self.selected())
        noun = "trial" if every == 1 else "trials"
        words = f"{every:,} {noun}" if every == left else f"{left:,} of {every:,} {noun}"
        self.count.setText(f"{words}, {selected:,} selected" if selected else words)

    def _chose(self) -> None:
        if not self._quiet:
            self._tell()
            self.chosen.emit(self.selected())

    def _sort(self, section: int) -> None:
        """The other way round, or by another column: numbers from the least, values from the best."""
        one, objectives = self.model.columns[section], self.model.found.objectives
        if one.key == self.model.sorted_by:
            down = not self.model.descending
        else:
            down = one.key.startswith("value ") and objectives[int(one.key[6:])].goal == "max"
        selected = self.selected()
        with self._silent():
            self.model.sort(section, _order(down=down))
            self._select(selected)
        self.view.horizontalHeader().setSortIndicator(section, _order(down=down))

    def _size(self) -> None:
        keys = [one.key for one in self.model.columns]
        for at, one in enumerate(self.model.columns):
            self.view.setColumnWidth(at, one.width)
        if self.model.sorted_by in keys:
            place = keys.index(self.model.sorted_by)
            self.view.horizontalHeader().setSortIndicator(place, _order(down=self.model.descending))

    def _connect(self) -> None:
        view = self.view
        view.selectionModel().selectionChanged.connect(lambda *_: self._chose())
        view.horizontalHeader().sectionClicked.connect(self._sort)
        view.hovered.connect(view.hover)
        view.opened.connect(lambda at: self.opened.emit(self.model.rows[at].number))
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(lambda at: self.menu_asked.emit(view.viewport().mapToGlobal(at)))
        self.filter.changed.connect(self.filter_states)

    def _lay_out(self) -> None:
        header = self.view.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setStretchLastSection(True)
        self._size()
        line = row(gap=SPACE.m)
        line.setContentsMargins(SPACE.l, SPACE.xs, SPACE.s, SPACE.xs)
        line.addWidget(Label("Trials", "section"))
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(self.filter)
        box = column(self)
        box.addLayout(line)
        box.addWidget(Line())
        box.addWidget(self.view, 1)
        self.setFocusProxy(self.view)


class _View(PaintedTable):
    """The rows; a double click or Return opens one."""

    opened = Signal(int)

    def __init__(self, model: TrialsModel) -> None:
        super().__init__(model, "Trials")
        self.setFrameShape(PaintedTable.Shape.NoFrame)
        cells = TrialCells(self, model)
        self.paint_with(cells, cells)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(index.row())


def _order(*, down: bool) -> Qt.SortOrder:
    return Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
