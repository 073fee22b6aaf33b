"""The table of runs: how it is set up, and what its headers and keys do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from studio.pages.runs.table.columns import column_of
from studio.pages.runs.table.facts import FACTS
from studio.pages.runs.table.halves import Halves
from studio.pages.runs.table.layout import Layout
from studio.pages.runs.table.model import RunsModel
from studio.pages.runs.table.order import Group
from studio.pages.runs.table.row import Column
from studio.widgets import column

if TYPE_CHECKING:
    from studio.live import Live


class Table(QWidget):
    """Shows the runs as a layout says.

    Args:
        live: where the runs come from.
        setup: how the table is set up at first.
    """

    chosen = Signal()
    """Other runs are selected."""
    rearranged = Signal()
    """Lines came, went, or changed places."""
    set_up = Signal(object)
    """The layout was changed by hand."""
    header_menu = Signal(str, QPoint)
    """A menu is wanted for the column of that key, at a place on the screen."""

    def __init__(self, live: Live, setup: Layout) -> None:
        super().__init__()
        self.model = RunsModel(live, self)
        self.setup = setup
        self.halves = Halves(self.model)
        self.view = self.halves.moving
        column(self).addWidget(self.halves)
        self.setFocusProxy(self.halves)
        self._applying = False
        self._selected: list[str] | None = None
        self.halves.chosen.connect(self._choose)
        self.model.rearranged.connect(self._rearrange)
        for view in self.halves.views:
            view.fold_pressed.connect(self._fold)
            view.fold_wanted.connect(lambda group, opened: self.model.unfold([group], opened=opened))
            self._connect(view.horizontalHeader())
        self._show_columns()
        self._arrange()

    def selected(self) -> list[str]:
        """The ids of the selected runs, from top to bottom; a group stands for its runs."""
        if self._selected is None:
            lines = self.halves.selected()
            self._selected = list(dict.fromkeys(run for line in lines for run in self.model.runs_of(line)))
        return list(self._selected)

    def select(self, *runs: str) -> None:
        """Select these runs and no others."""
        self.halves.select(runs)

    def change(self, change: Callable[[Layout], Layout]) -> None:
        """Set the table up another way; the selection stays."""
        before, self.setup = self.setup, change(self.setup)
        if self.setup == before:
            return
        if self.setup.columns != before.columns:
            kept = self.halves.selected()
            self._show_columns()
            self.halves.select(kept)
        elif (self.setup.pinned, self.setup.widths, bool(self.setup.group)) != (
            before.pinned,
            before.widths,
            bool(before.group),
        ):
            self._hold()
        if (self.setup.sort, self.setup.down, self.setup.group) != (before.sort, before.down, before.group):
            self._arrange()
        self.set_up.emit(self.setup)

    def sort_by(self, key: str, *, down: bool) -> None:
        """Stand in the order of a column."""
        self.change(lambda setup: replace(setup, sort=key, down=down))

    def group_by(self, key: str) -> None:
        """Fold runs with the same value of a column together; an empty key unfolds all."""
        self.change(lambda setup: replace(setup, group=key))

    def _choose(self) -> None:
        self._selected = None
        self.chosen.emit()

    def _rearrange(self) -> None:
        before, self._selected = self._selected, None
        if before is not None and self.selected() != before:
            self.chosen.emit()  # a selected run was filtered out, or stands elsewhere now
        self.rearranged.emit()

    def _fold(self, group: Group) -> None:
        self.model.unfold([group], opened=not self.model.arrangement.opened(group))

    def _connect(self, header: QHeaderView) -> None:
        header.sectionClicked.connect(lambda place: self._pressed(self.model.columns[place]))
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(lambda place, _before, after: self._moved(header, place, after))
        header.customContextMenuRequested.connect(
            lambda at: self.header_menu.emit(self._key_at(header, at), header.mapToGlobal(at))
        )
        header.setSectionsMovable(True)

    def _key_at(self, header: QHeaderView, at: QPoint) -> str:
        place = header.logicalIndexAt(at)
        return self.model.columns[place].key if place >= 0 else ""

    def _pressed(self, column: Column) -> None:
        same = column.key == self.setup.sort
        self.sort_by(column.key, down=not self.setup.down if same else column.kind in {"number", "trend"})

    def _resized(self, place: int, _before: int, width: int) -> None:
        if not self._applying and width > 0 and place != len(self.model.columns) - 1:  # the last one fills the rest
            key = self.model.columns[place].key
            self.change(lambda setup: setup.widened(key, width))

    def _moved(self, header: QHeaderView, place: int, after: int) -> None:
        if not self._applying:
            self._applying = True
            header.moveSection(after, place)  # the model's own order moves, not the header's
            self._applying = False
            key = self.model.columns[place].key
            self.change(lambda setup: setup.moved(key, after))

    def _show_columns(self) -> None:
        found = [column for key in self.setup.columns if (column := column_of(key)) is not None]
        self._applying = True
        self.model.show_columns(found)
        self._applying = False
        self._hold()

    def _hold(self) -> None:
        self._applying = True
        self.halves.hold(self.setup.pinned, lambda place: self.setup.width(self.setup.columns[place]))
        self._applying = False

    def _arrange(self) -> None:
        setup = self.setup
        by, group = column_of(setup.sort) or FACTS["created"], column_of(setup.group)
        self.model.arrange(
            lambda arrangement: arrangement.sort(by, down=setup.down), lambda arrangement: arrangement.group(group)
        )
