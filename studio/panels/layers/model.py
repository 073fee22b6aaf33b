"""The table's rows as Qt asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from studio.panels.layers.rows import COLUMNS, Row
from studio.theme import TYPE, mono

AnyIndex = QModelIndex | QPersistentModelIndex
ROW, KEY = (int(Qt.ItemDataRole.UserRole) + more for more in range(2))
ROOT = -1
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class LayersModel(QAbstractItemModel):
    """A tree of rows; every row is known by its number in reading order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self._every: list[Row] = []
        self._above: list[int] = []
        self._place: list[int] = []
        self._inside: dict[int, list[int]] = {ROOT: []}

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these; where they are the same layers, what was chosen and opened stays so."""
        names = [row.node for row in _reading(rows)]
        if names == [row.node for row in self._every] and len(rows) == len(self.rows):
            self.rows, self._every = rows, list(_reading(rows))
            for above, inside in self._inside.items():
                if inside:
                    parent = QModelIndex() if above == ROOT else self._index(above)
                    last = len(inside) - 1
                    self.dataChanged.emit(self.index(0, 0, parent), self.index(last, len(COLUMNS) - 1, parent))
            return
        self.beginResetModel()
        self.rows, self._every, self._above, self._place, self._inside = rows, [], [], [], {ROOT: []}
        for row in rows:
            self._take(row, ROOT)
        self.endResetModel()

    def _take(self, row: Row, above: int) -> None:
        number = len(self._every)
        self._every.append(row)
        self._above.append(above)
        self._place.append(len(self._inside[above]))
        self._inside[above].append(number)
        self._inside[number] = []
        for one in row.inside:
            self._take(one, number)

    def outermost(self, index: AnyIndex) -> Row:
        """The row at the top in which this one stands, itself where it is one."""
        number = index.internalId()
        while self._above[number] != ROOT:
            number = self._above[number]
        return self._every[number]

    def top(self, node: str) -> QModelIndex:
        """The first cell of a layer's row at the top; none where there is no such."""
        number = next((one for one in self._inside[ROOT] if self._every[one].node == node), None)
        return QModelIndex() if number is None else self._index(number)

    def _index(self, number: int) -> QModelIndex:
        return self.createIndex(self._place[number], 0, number)

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        inside = self._inside[parent.internalId() if parent.isValid() else ROOT]
        if not (0 <= row < len(inside) and 0 <= column < len(COLUMNS)):
            return QModelIndex()
        return self.createIndex(row, column, inside[row])

    def parent(self, index: AnyIndex) -> QModelIndex:  # type: ignore[override]  # QObject's has no argument
        above = self._above[index.internalId()] if index.isValid() else ROOT
        return QModelIndex() if above == ROOT else self._index(above)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        if parent.isValid() and parent.column() > 0:
            return 0
        return len(self._inside[parent.internalId() if parent.isValid() else ROOT])

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = COLUMNS[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if column.number else LEFT
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._every[index.internalId()], COLUMNS[index.column()]
        found: Any = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                found = column.text(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                found = RIGHT if column.number else LEFT
            case Qt.ItemDataRole.FontRole if column.number or column.title == "Output":
                found = mono(TYPE.small)
            case _ if role in {ROW, KEY}:
                found = row if role == ROW else column.key(row)
        return found


def _reading(rows: tuple[Row, ...]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from _reading(row.inside)
