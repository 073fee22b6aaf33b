"""The table of runs: a model over what is known of them, its filter, and how its cells are painted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from studio.pages.runs.rows import COLUMNS, Row, all_tested, matches
from studio.theme import DARK, SPACE, TYPE, Colors, colors_of, font, mono
from studio.widgets import run_tone

if TYPE_CHECKING:
    from studio.live import Live

AnyIndex = QModelIndex | QPersistentModelIndex
ROW, KEY, COLOR = (int(Qt.ItemDataRole.UserRole) + more for more in range(3))
LATER = 150
"""Milliseconds that news of runs are gathered, so that a table of many is not sorted at every step of each."""
HEIGHT = 34
NAME, STATE = 0, 1
DOT = 10
CYCLE = len(DARK.series)


class RunsModel(QAbstractTableModel):
    """The runs that the window follows, newest first.

    Args:
        live: where they and their news come from.
    """

    def __init__(self, live: Live, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._ids: list[str] = []
        self._colors: dict[str, int] = {}
        self._apart: dict[str, int] = {}
        self._news: set[str] = set()
        self._timer = QTimer(self, singleShot=True, interval=LATER)
        self._timer.timeout.connect(self.tell)
        live.runs_changed.connect(self.refresh)
        live.summary_changed.connect(self._heard)
        live.state_changed.connect(self._heard)
        self.refresh()

    def row(self, run: str) -> Row:
        """What is known of a run now."""
        return Row(id=run, state=self._live.state(run), summary=self._live.summary(run))

    def color(self, run: str) -> int:
        """The run's place in the cycle of series colors: neighbors in time differ, and so do runs told apart."""
        return self._apart.get(run, self._colors.get(run, 0) % CYCLE)

    def tell_apart(self, runs: Iterable[str]) -> None:
        """Give these runs colors of which no two are the same, as long as there are colors."""
        before, self._apart = self._apart, {}
        for run in runs:
            color = before.get(run, self.color(run))
            taken = set(self._apart.values())
            while color in taken and len(taken) < CYCLE:
                color = (color + 1) % CYCLE
            self._apart[run] = color
        self._news |= before.keys() | self._apart.keys()
        self.tell()

    def refresh(self) -> None:
        """Take over which runs there are; rows that stay keep their selection."""
        wanted = list(self._live.runs)
        for run in reversed(wanted):
            self._colors.setdefault(run, len(self._colors))
        if not self._ids or not wanted:
            self.beginResetModel()
            self._ids = wanted
            self.endResetModel()
            return
        self._remove(set(wanted))
        for place, run in enumerate(wanted):
            if place >= len(self._ids) or self._ids[place] != run:
                self.beginInsertRows(QModelIndex(), place, place)
                self._ids.insert(place, run)
                self.endInsertRows()

    def tell(self) -> None:
        """Pass on the news that were gathered."""
        self._timer.stop()
        news, self._news = self._news, set()
        for place, run in enumerate(self._ids):
            if run in news:
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(COLUMNS) - 1))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return COLUMNS[section].title
            case Qt.ItemDataRole.ToolTipRole:
                return COLUMNS[section].tip or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return _side(section)
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.row(self._ids[index.row()]), COLUMNS[index.column()]
        found: Any = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                found = column.text(row)
            case Qt.ItemDataRole.ToolTipRole:
                found = _tip(row, column.title)
            case Qt.ItemDataRole.TextAlignmentRole:
                found = _side(index.column())
            case Qt.ItemDataRole.FontRole if column.number:
                found = mono(TYPE.small)
            case _ if role in {ROW, KEY, COLOR}:
                found = {ROW: row, KEY: column.key(row), COLOR: self.color(row.id)}[role]
        return found

    def _remove(self, kept: set[str]) -> None:
        for place in reversed(range(len(self._ids))):
            if self._ids[place] not in kept:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._ids[place]
                self.endRemoveRows()

    def _heard(self, run: str) -> None:
        self._news.add(run)
        if not self._timer.isActive():
            self._timer.start()


class Sorted(QSortFilterProxyModel):
    """The runs that match a search, in the order of a column; what is not known stands last."""

    def __init__(self, model: RunsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setSourceModel(model)

    def search(self, words: str) -> None:
        """Show only runs that match all of these words."""
        self._words = words
        self.setFilterFixedString(words)  # Qt's own filter, which is not used, says that it changed in every version

    def filterAcceptsRow(self, row: int, parent: AnyIndex) -> bool:
        return not self._words or matches(self.sourceModel().index(row, 0).data(ROW), self._words)

    def lessThan(self, left: AnyIndex, right: AnyIndex) -> bool:
        one, other = left.data(KEY), right.data(KEY)
        if one is None or other is None:
            unknown_first = self.sortOrder() is Qt.SortOrder.DescendingOrder  # which Qt then turns around
            return (one is None) is unknown_first and (one is None) is not (other is None)
        return bool(one < other)


class RunsView(QTableView):
    """The table; a run's color stands before its name, its state is a pill."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(Cells(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSortingEnabled(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsMovable(True)
        self.horizontalHeader().setStretchLastSection(True)
        self.setAccessibleName("Runs")

    def fit(self) -> None:
        """Give every column a width of its own kind."""
        widths = {"Name": 240, "State": 104, "Created": 110, "Trained for": 110, "Watched": 150, "Run": 240}
        for place, column in enumerate(COLUMNS):
            self.setColumnWidth(place, widths.get(column.title, 84))


class Cells(QStyledItemDelegate):
    """Puts a dot in the run's color before its name, and its state into a pill; all else is the style's."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        style: Any = option  # PySide's stubs leave the fields out
        if index.column() == STATE:
            style.text = ""
        elif index.column() == NAME:
            style.decorationSize = QSize(DOT, DOT)
            style.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().paint(painter, option, index)
        style: Any = option
        colors = colors_of(style.widget)
        if index.column() == STATE:
            paint_pill(painter, QRectF(style.rect), str(index.data()), colors)
        elif index.column() == NAME:
            paint_dot(
                painter, QRectF(style.rect), colors.series[index.data(COLOR) or 0]
            )  # a row on its way out has none


def paint_pill(painter: QPainter, cell: QRectF, state: str, colors: Colors) -> None:
    """A state as a badge shows it, in the middle of a cell's left."""
    ink, ground = colors.tone(run_tone(state))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font(TYPE.caption, weight=QFont.Weight.DemiBold))
    width = min(painter.fontMetrics().horizontalAdvance(state) + 2 * SPACE.s, cell.width() - SPACE.s)
    pill = QRectF(cell.left() + SPACE.xs, cell.center().y() - 9, width, 18)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(pill, 9, 9)
    painter.setPen(QColor(ink))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, state)
    painter.restore()


def paint_dot(painter: QPainter, cell: QRectF, color: str) -> None:
    """A run's color where its name's cell keeps room for it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawEllipse(
        QRectF(cell.left() + SPACE.s, cell.center().y() - DOT / 2 + 0.5, DOT, DOT).adjusted(1, 1, -1, -1)
    )
    painter.restore()


def _tip(row: Row, title: str) -> str:
    if title == "Test":
        return all_tested(row) or "No test metrics yet"
    return "\n".join(part for part in (row.summary.name, row.id, row.summary.message) if part)


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if COLUMNS[column].number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
