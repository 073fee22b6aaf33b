"""The table of runs as Qt asks for it: lines over what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from engine.runs.query import Asked
from studio.pages.runs.table.arrangement import Arrangement, Matches
from studio.pages.runs.table.colors import RunColors
from studio.pages.runs.table.columns import STANDARD, column_of
from studio.pages.runs.table.order import Group, Line
from studio.pages.runs.table.row import Column, Row
from studio.pages.runs.table.texts import Texts

if TYPE_CHECKING:
    from studio.live import Live

AnyIndex = QModelIndex | QPersistentModelIndex
LINE = int(Qt.ItemDataRole.UserRole)
"""The run's id, or the group."""
LATER = 150
"""Milliseconds that news of runs are gathered, so that a table of many is not sorted at every step of each."""
FEW = 8
"""Runs whose rows are painted anew one by one; for more, all that is seen is."""
NONE = QModelIndex()


class RunsModel(QAbstractTableModel):
    """The runs that the window follows, newest first until they are sorted.

    Args:
        live: where they and their news come from.
    """

    rearranged = Signal()
    """Lines came, went, or changed places."""

    heard = Signal(object)
    """There is news of these runs, ids in a set."""
    recolored = Signal()
    """Runs that are told apart have other colors."""

    def __init__(self, live: Live, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self.columns: tuple[Column, ...] = tuple(column for key in STANDARD if (column := column_of(key)))
        self.lines: list[Line] = []
        self.arrangement = Arrangement(self.row)
        self.sizes: dict[str, int] = {}
        """Bytes that runs take on the disk, as far as they were counted."""
        self._models: dict[str, str] = {}
        self._colors = RunColors(lambda run: live.notes(run).color)
        self._texts = Texts(self.row, self.arrangement, self)
        self.text = self._texts.text
        """What a cell says: `text(line, column)`."""
        self._texts.changed.connect(self._repaint)
        self._asked: dict[str, Asked] = {}
        self._apart: tuple[str, ...] = ()
        self._told: list[int] = []
        self._news: set[str] = set()
        self._timer = QTimer(self, singleShot=True, interval=LATER)
        self._timer.timeout.connect(self.tell)
        live.runs_changed.connect(self.refresh)
        live.summary_changed.connect(self._heard)
        live.state_changed.connect(self._heard)
        self.refresh()

    def row(self, run: str) -> Row:
        """What is known of a run now."""
        return Row(self._live.followed(run), self.sizes.get(run), self._models.get(run, ""))

    def asked(self, run: str) -> Asked:
        """A run as filters ask for it, kept until there is news of it."""
        if run not in self._asked:
            self._asked[run] = Asked(self.row(run))
        return self._asked[run]

    def color(self, run: str) -> int:
        """The run's place in the cycle of series colors."""
        return self._colors.color(run)

    def tell_apart(self, runs: Iterable[str]) -> None:
        """Give these runs colors of which no two are the same, as long as there are colors."""
        self._apart = tuple(runs)
        self._paint_anew(self._colors.tell_apart(self._apart))
        self._told = self._hues()

    def _hues(self) -> list[int]:
        return [self.color(run) for run in self._apart]

    def runs_of(self, line: Line) -> list[str]:
        """The run of a line, or all those of a group."""
        return list(self.arrangement.members.get(line, ())) if isinstance(line, Group) else [line]

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show these columns."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def arrange(self, *changes: Callable[[Arrangement], object]) -> None:
        """Change how the lines are arranged, and arrange them anew; rows that stay keep their selection."""
        for change in changes:
            change(self.arrangement)
        self._place(self.arrangement.lines())
        if changes and self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def filter(self, matches: Matches | None) -> None:
        """Show only the runs that match."""
        self.arrange(lambda arrangement: arrangement.filter(matches))

    def unfold(self, groups: Iterable[Group], *, opened: bool) -> None:
        """Open groups, or close them."""
        self.arrange(lambda arrangement: arrangement.open(groups, opened=opened))

    def registered(self, models: Mapping[str, str]) -> None:
        """The runs' models are registered under these names and versions, and no others."""
        before, self._models = self._models, dict(models)
        self._news |= {run for run in models.keys() | before.keys() if models.get(run) != before.get(run)}
        self.tell()

    def measured(self, sizes: Mapping[str, int]) -> None:
        """Some runs' folders were counted."""
        self.sizes |= sizes
        self._news |= sizes.keys()
        self.tell()

    def refresh(self) -> None:
        """Take over which runs there are."""
        runs = self._live.runs
        self._colors.meet(reversed(runs))
        self.arrange(lambda arrangement: arrangement.take(runs))

    def tell(self) -> None:
        """Pass on the news that were gathered."""
        self._timer.stop()
        news, self._news = self._news, set()
        if not news:
            return
        self._texts.forget(news)
        for run in news:
            self._asked.pop(run, None)
        moved = [run for run in news if self.arrangement.forget(run)]
        if moved:
            self.arrange()
        self._paint_anew(news)
        self.heard.emit(news)
        if self._hues() != self._told:  # a person chose a color
            self.tell_apart(self._apart)
            self.recolored.emit()

    def rowCount(self, parent: AnyIndex = NONE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = NONE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._texts.heading(column)
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip or None
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._texts.label(line) if column.key == "name" else self.text(line, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._texts.tip(line, column)
            case _ if role == LINE:
                return line
        return None

    def _place(self, lines: list[Line]) -> None:
        """Let the lines stand like this; what Qt holds on to, such as the selection, moves along."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        names = [(self.lines[index.row()], index.column()) for index in held]
        self.lines = lines
        self._texts.forget_groups()
        wanted = {line for line, _ in names}
        places = {line: place for place, line in enumerate(lines) if line in wanted}
        moved = [self.index(places[line], column) if line in places else NONE for line, column in names]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()
        self.rearranged.emit()

    def _paint_anew(self, runs: set[str]) -> None:
        """Say that cells of these runs and of their groups look different now."""
        if len(runs) > FEW:
            self._repaint()
            return
        groups = [group for group, members in self.arrangement.members.items() if not runs.isdisjoint(members)]
        for line in (*runs, *groups):
            if line in self.lines:
                row = self.lines.index(line)
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def _repaint(self) -> None:
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(self.columns) - 1))

    def _heard(self, run: str) -> None:
        self._news.add(run)
        if not self._timer.isActive():
            self._timer.start()
