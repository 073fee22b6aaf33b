"""The list of all columns that could be shown, for the panel that chooses them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio import icons
from studio.pages.runs.table.layout import Layout
from studio.pages.runs.table.row import Column
from studio.theme import RADIUS, SPACE, colors_of
from studio.widgets.ink import Ink

AnyIndex = QModelIndex | QPersistentModelIndex
COLUMN, SHOWN, PINNED = (int(Qt.ItemDataRole.UserRole) + more for more in range(3))
ROW = 30
BOX = 16
NONE = QModelIndex()


class ColumnList(QAbstractListModel):
    """Columns, those that are shown first and in their order; a search leaves what matches."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._every: Sequence[Column] = ()
        self._setup = Layout()
        self._words: tuple[str, ...] = ()
        self.columns: list[Column] = []

    def show_columns(self, every: Sequence[Column], setup: Layout) -> None:
        """These are all, and this is how the table is set up."""
        self._every, self._setup = every, setup
        self._arrange()

    def search(self, text: str) -> None:
        """Leave columns in which every word occurs."""
        self._words = tuple(text.casefold().split())
        self._arrange()

    def rowCount(self, parent: AnyIndex = NONE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip
            case _ if role == COLUMN:
                return column
            case _ if role == SHOWN:
                return column.key in self._setup.columns
            case _ if role == PINNED:
                return self._setup.is_pinned(column.key)
        return None

    def _arrange(self) -> None:
        places = {key: place for place, key in enumerate(self._setup.columns)}
        found = [column for column in self._every if self._matches(column)]
        shown = sorted((one for one in found if one.key in places), key=lambda one: places[one.key])
        self.beginResetModel()
        self.columns = [*shown, *(one for one in found if one.key not in places)]
        self.endResetModel()

    def _matches(self, column: Column) -> bool:
        said = f"{column.title} {column.tip} {column.section}".casefold()
        return all(word in said for word in self._words)


class ColumnRow(QStyledItemDelegate):
    """A box that is ticked for a column that is shown, its title, a pin, and what kind of column it is."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._ink = Ink()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        style: Any = option
        colors, place = colors_of(self._view), QRectF(style.rect).adjusted(SPACE.s, 1, -SPACE.s, -1)
        column: Column = index.data(COLUMN)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if style.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            selected = style.state & QStyle.StateFlag.State_Selected
            painter.setBrush(QColor(colors.selected if selected else colors.hover))
            painter.drawRoundedRect(place, RADIUS.m, RADIUS.m)
        box = QRectF(place.left() + SPACE.s, place.center().y() - BOX / 2, BOX, BOX)
        shown = index.data(SHOWN)
        painter.setBrush(QColor(colors.accent_fill if shown else colors.sunken))
        painter.setPen(QColor(colors.accent_fill if shown else colors.border_strong))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS.s, RADIUS.s)
        if shown:
            icons.paint(painter, box.adjusted(2, 2, -2, -2), "check", colors.on_accent)
        if shown or style.state & QStyle.StateFlag.State_Selected:
            icons.paint(painter, pin_place(place), "pin", colors.accent if index.data(PINNED) else colors.disabled)
        right = QRectF(place).adjusted(0, 0, -SPACE.s - BOX - SPACE.m, 0)
        section = self._ink.width(column.section, "small")
        words = QRectF(box.right() + SPACE.s, place.top(), right.right() - section - box.right() - 2 * SPACE.s, ROW - 2)
        self._ink.write(painter, words, column.title, style=("text", colors.text))
        self._ink.write(painter, right, column.section, style=("small", colors.faint), side="right")
        painter.restore()


def pin_place(row: QRectF | QRect) -> QRectF:
    """Where the pin of a row is."""
    room = QRectF(row)
    return QRectF(room.right() - SPACE.s - BOX, room.center().y() - BOX / 2, BOX, BOX)
