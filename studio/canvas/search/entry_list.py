"""A list of layers to choose from, under headings by category; shared by the palette and the search."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio import icons
from studio.canvas.look import faded, strong
from studio.canvas.search.finding import Entry
from studio.theme import RADIUS, SPACE, TYPE, colors_of, font

ENTRY = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class EntryModel(QStandardItemModel):
    """Entries as rows; headings are rows that cannot be chosen."""

    def show_entries(self, found: Iterable[Entry], *, headings: bool) -> None:
        """Show these, in this order."""
        self.clear()
        last = ""
        for entry in found:
            if headings and entry.category != last:
                last = entry.category
                self.appendRow(_heading(last))
            self.appendRow(_row(entry))


def _heading(category: str) -> QStandardItem:
    made = QStandardItem(category)
    made.setFlags(Qt.ItemFlag.ItemIsEnabled)
    return made


def _row(entry: Entry) -> QStandardItem:
    made = QStandardItem(entry.title)
    made.setEditable(False)
    made.setData(entry, ENTRY)
    made.setToolTip(entry.summary)
    made.setAccessibleText(f"{entry.title}, {entry.category}. {entry.summary}")
    return made


class EntryDelegate(QStyledItemDelegate):
    """Paints an entry: its icon in its category's color, its name, and on a second line, if wished, what it does."""

    def __init__(self, *, detailed: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._detailed = detailed

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.data(ENTRY) is None:
            return QSize(120, 30 if index.row() else 24)
        return QSize(120, 44 if self._detailed else 32)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        entry = index.data(ENTRY)
        rect: QRect = option.rect
        if isinstance(entry, Entry):
            self._paint_entry(painter, option, rect, entry)
        else:
            self._paint_heading(painter, option, rect, str(index.data()))
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, text: str) -> None:
        painter.setFont(strong(TYPE.caption))
        painter.setPen(QColor(colors_of(option.widget).faint))
        painter.drawText(rect.adjusted(SPACE.s, 0, 0, -4), Qt.AlignmentFlag.AlignBottom, text)

    def _paint_entry(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, entry: Entry) -> None:
        colors = colors_of(option.widget)
        state = option.state
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.selected if chosen else colors.hover))
            painter.drawRoundedRect(QRectF(rect).adjusted(0, 1, 0, -1), RADIUS.m, RADIUS.m)
        side = 28 if self._detailed else 22
        tile = QRectF(rect.left() + SPACE.s, rect.center().y() - side / 2 + 0.5, side, side)
        _paint_tile(painter, tile, entry, colors.category(entry.tint), dark=colors.dark)
        words = rect.adjusted(round(SPACE.s + side + 10), 0, -SPACE.s, 0)
        painter.setFont(font(TYPE.body))
        painter.setPen(QColor(colors.text))
        if not self._detailed:
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, entry.title)
            return
        painter.drawText(words.adjusted(0, 5, 0, 0), Qt.AlignmentFlag.AlignTop, entry.title)
        painter.setFont(font(TYPE.small))
        painter.setPen(QColor(colors.muted))
        summary = QFontMetrics(painter.font()).elidedText(entry.summary, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words.adjusted(0, 0, 0, -5), Qt.AlignmentFlag.AlignBottom, summary)


def _paint_tile(painter: QPainter, tile: QRectF, entry: Entry, color: str, *, dark: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(faded(QColor(color), 0.18 if dark else 0.12))
    painter.drawRoundedRect(tile, RADIUS.m, RADIUS.m)
    inner = QRectF(0, 0, tile.width() * 0.64, tile.width() * 0.64)
    inner.moveCenter(tile.center())
    icons.paint(painter, inner, entry.icon, color)


class EntryList(QListView):
    """The list itself; headings are skipped by the keyboard.

    Args:
        detailed: whether each entry has a second line with what it does.
    """

    def __init__(self, *, detailed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries = EntryModel(self)
        self.setModel(self.entries)
        self.setItemDelegate(EntryDelegate(detailed=detailed, parent=self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_entries(self, found: Iterable[Entry], *, headings: bool, choose: bool = True) -> None:
        """Show these, the first one chosen if wished."""
        self.entries.show_entries(found, headings=headings)
        self.scrollToTop()
        if choose:
            self.step(0)

    def entry(self, index: Index | None = None) -> Entry | None:
        """The entry at a row, or the chosen one."""
        found = (self.currentIndex() if index is None else index).data(ENTRY)
        return found if isinstance(found, Entry) else None

    def step(self, way: int) -> None:
        """Choose the next entry downward or upward; 0 chooses the first."""
        row = self.currentIndex().row() + way if way else 0
        while 0 <= row < self.entries.rowCount():
            index = self.entries.index(row, 0)
            if self.entry(index) is not None:
                self.setCurrentIndex(index)
                return
            row += way or 1
