"""The table of a comparison: a column for each run, a row for each line and for the head of each section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from engine.compare import Line, Subject

AnyIndex = QModelIndex | QPersistentModelIndex
DISPLAY, TIP, ROW = (
    int(role) for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.UserRole)
)


@dataclass(frozen=True, slots=True)
class Section:
    """The head of a section."""

    title: str


Row: TypeAlias = Section | Line


def rows_of(lines: Iterable[Line], words: str) -> list[Row]:
    """The lines that match all words, by their names or values, each section with its head."""
    parts, rows, section = words.casefold().split(), list[Row](), ""
    for line in lines:
        if parts and not _matches(line, parts):
            continue
        if line.place.section != section:
            section = line.place.section
            rows.append(Section(section))
        rows.append(line)
    return rows


def _matches(line: Line, parts: Sequence[str]) -> bool:
    values = (line.text(column) for column in range(len(line.values)))
    said = " ".join((line.place.section, line.place.name, *values)).casefold()
    return all(part in said for part in parts)


class Lines(QAbstractTableModel):
    """Rows that are shown, and the run that the others are set against."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.subjects: tuple[Subject, ...] = ()
        self.rows: list[Row] = []
        self.baseline = 0

    @property
    def lines(self) -> list[Line]:
        """The rows without heads."""
        return [row for row in self.rows if isinstance(row, Line)]

    def show(self, subjects: Sequence[Subject], rows: Sequence[Row]) -> None:
        """Have these; where only values are new, the view stays where it is."""
        same = [one.id for one in subjects] == [one.id for one in self.subjects]
        if same and list(map(_place, rows)) == list(map(_place, self.rows)):
            self.subjects, self.rows = tuple(subjects), list(rows)
            self._tell()
            return
        self.beginResetModel()
        self.subjects, self.rows = tuple(subjects), list(rows)
        self.endResetModel()

    def set_baseline(self, column: int) -> None:
        """Set all runs against this one."""
        self.baseline = column
        self._tell()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.subjects)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        match role:
            case _ if role == ROW:
                return row
            case Qt.ItemDataRole.DisplayRole if isinstance(row, Line):
                return row.text(index.column())
            case Qt.ItemDataRole.ToolTipRole if isinstance(row, Line):
                return self._tip(row, index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            row = self.rows[section]
            words = row.title if isinstance(row, Section) else row.place.name
            return {DISPLAY: words, TIP: words, ROW: row}.get(role)
        one = self.subjects[section]
        tip = f"{one.title}\n{one.id}\nClick to set the others against it"
        return {DISPLAY: one.title, TIP: tip}.get(role)

    def _tip(self, line: Line, column: int) -> str:
        relation = line.relation(column, self.baseline)
        text = line.text(column)
        return f"{line.place.name}\n{text}{f'  ({relation})' if relation else ''}"

    def _tell(self) -> None:
        if self.rows and self.subjects:
            last = self.index(len(self.rows) - 1, len(self.subjects) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.subjects) - 1)


def _place(row: Row) -> object:
    return row if isinstance(row, Section) else row.place
