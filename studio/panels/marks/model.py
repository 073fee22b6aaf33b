"""The marks as Qt wants them: a table whose cells can be written into."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from engine.spec import Search
from studio.panels.marks.rows import COLUMNS, Row
from studio.theme import TYPE, mono

AnyIndex = QModelIndex | QPersistentModelIndex
ROW, KEY = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MONO = ("Tries", "Value", "Values")


class MarksModel(QAbstractTableModel):
    """Shows rows; says what a person wrote."""

    edited = Signal(str, object)
    """The mark at this path is to be this `Search`."""
    refused = Signal(str)
    """What was written means nothing, in a sentence; empty when all is well again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these; where the marks are the same ones, what is chosen stays chosen."""
        if [row.mark.path for row in rows] == [row.mark.path for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
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
        row, column = self.rows[index.row()], COLUMNS[index.column()]
        found: Any = None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                found = column.text(row)
            case Qt.ItemDataRole.ToolTipRole:
                found = column.text(row) or None
            case Qt.ItemDataRole.TextAlignmentRole:
                found = RIGHT if column.number else LEFT
            case Qt.ItemDataRole.FontRole if column.title in MONO:
                found = mono(TYPE.small)
            case _ if role in {ROW, KEY}:
                found = row if role == ROW else column.key(row)
        return found

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        can = COLUMNS[index.column()].editable(self.rows[index.row()])
        return flags | Qt.ItemFlag.ItemIsEditable if can else flags

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        row = self.rows[index.row()]
        search = self.meant(index, str(value))
        if search is not None and search != row.mark.search:
            self.edited.emit(row.mark.path, search)
        return search is not None

    def meant(self, index: AnyIndex, text: str) -> Search | None:
        """What a text means in a cell; None, and a sentence for the person, where it means nothing."""
        column = COLUMNS[index.column()]
        assert column.read is not None, "the cell cannot be edited"
        try:
            search = column.read(self.rows[index.row()], text)
        except ValueError as error:
            self.refused.emit(str(error))
            return None
        self.refused.emit("")
        return search
