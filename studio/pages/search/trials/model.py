"""The trials in the order in which they stand in the table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from engine.runs import Trial
from studio.pages.search.studied import Studied
from studio.pages.search.trials.columns import FIRST, Column, columns_of

AnyIndex = QModelIndex | QPersistentModelIndex
NONE = QModelIndex()
ARROW = "\u2003"
"""Room for the arrow, which the style paints over what is written."""


class TrialsModel(QAbstractTableModel):
    """Trials of a study that the filter leaves, sorted by one column; the newest first until one asks for more."""

    def __init__(self) -> None:
        super().__init__()
        self.found = Studied()
        self.columns: tuple[Column, ...] = columns_of(self.found)
        self.rows: list[Trial] = []
        self.sorted_by = FIRST
        self.descending = True
        self.states: frozenset[str] = frozenset()
        """Which states are left; none is all of them."""

    def show_study(self, found: Studied) -> bool:
        """Show this; return whether rows stand elsewhere, or columns are others."""
        columns = columns_of(found)
        same = [one.key for one in columns] == [one.key for one in self.columns]
        rows = self._arranged(found, columns)
        if same and [one.number for one in self.rows] == [one.number for one in rows]:
            self.found, self.rows = found, rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))
            return False
        self.beginResetModel()
        self.found, self.rows = found, rows
        self.columns = self.columns if same else columns
        self.endResetModel()
        return True

    def filter(self, states: Iterable[str]) -> None:
        """Leave only trials in these states; none is all."""
        self.states = frozenset(states)
        self._rearrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what it says nothing of stands last."""
        if 0 <= column < len(self.columns):
            self.sorted_by = self.columns[column].key
            self.descending = order is Qt.SortOrder.DescendingOrder
            self._rearrange()

    def place(self, number: int) -> int | None:
        """The row of a trial, None where the filter leaves it out."""
        return next((at for at, one in enumerate(self.rows) if one.number == number), None)

    def rowCount(self, parent: AnyIndex = NONE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = NONE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) or not index.isValid():
            return None
        return self.columns[index.column()].text(self.rows[index.row()]) or None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip or column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if column.kind in ("state", "text") else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return f"{column.title}{ARROW}" if column.key == self.sorted_by else column.title

    def _rearrange(self) -> None:
        self.beginResetModel()
        self.rows = self._arranged(self.found, self.columns)
        self.endResetModel()

    def _arranged(self, found: Studied, columns: Iterable[Column]) -> list[Trial]:
        left = [one for one in found.trials if not self.states or one.state in self.states]
        if self.sorted_by == FIRST:  # as they came
            return left[::-1] if self.descending else left
        column = next((one for one in columns if one.key == self.sorted_by), None)
        if column is None:
            return left
        keyed = [(column.order(one), one) for one in left]
        known = [one for one in keyed if one[0] is not None]
        known.sort(key=lambda one: one[0], reverse=self.descending)
        return [one for _, one in known] + [one for key, one in keyed if key is None]
