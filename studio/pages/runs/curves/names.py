"""The runs and groups on the charts, in their colors: the legend of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.theme import RADIUS, SPACE, TYPE, colors_of, font

AnyIndex = QModelIndex | QPersistentModelIndex
LINE = 24
ENTRY = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of the legend: a run, or a group with its runs below it."""

    key: str
    name: str
    color: int
    detail: str = ""
    group: bool = False
    inside: bool = False


class Names(QListView):
    """A click lights a run up on every chart, or lets it go again; the arrow keys and Return do so too."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.lit = ""
        self._entries: tuple[Entry, ...] = ()
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Line(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("Runs on the charts")
        self.clicked.connect(self._pick)
        self.activated.connect(self._pick)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What it lists."""
        return self._entries

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """List these."""
        if tuple(entries) == self._entries:
            return
        self._entries = tuple(entries)
        self._model.clear()
        for entry in entries:
            item = QStandardItem(entry.name)
            item.setData(entry, ENTRY)
            item.setToolTip(f"{entry.name}\n{entry.detail}" if entry.detail else entry.name)
            self._model.appendRow(item)

    def set_lit(self, key: str) -> None:
        """Let a run stand out."""
        self.lit = key
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()

    def _pick(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY)
        if isinstance(entry, Entry) and not entry.group:
            self.picked.emit("" if entry.key == self.lit else entry.key)


class _Line(QStyledItemDelegate):
    """A piece of line in the color, and the name."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(80, LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        view, entry = self.parent(), index.data(ENTRY)
        assert isinstance(view, Names)
        colors = colors_of(view)
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = entry.key == view.lit
        if lit or state & QStyle.StateFlag.State_MouseOver or _held(view, index):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.selected if lit else colors.hover))
            painter.drawRoundedRect(place.adjusted(0, 1, 0, -1), RADIUS.s, RADIUS.s)
        left = place.left() + SPACE.s + (SPACE.m if entry.inside else 0)
        middle = place.center().y() + 0.5
        painter.setPen(QPen(QColor(colors.series[entry.color % len(colors.series)]), 4 if entry.group else 2.5))
        painter.drawLine(QPointF(left, middle), QPointF(left + 12, middle))
        words = QRect(left + 20, place.top(), place.right() - left - 20 - SPACE.xs, place.height())
        strong = lit or entry.group
        painter.setFont(font(TYPE.small, weight=font().Weight.DemiBold) if strong else font(TYPE.small))
        painter.setPen(QColor(colors.text if strong else colors.muted))
        name = painter.fontMetrics().elidedText(entry.name, Qt.TextElideMode.ElideMiddle, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.restore()


def _held(view: QWidget, index: AnyIndex) -> bool:
    return isinstance(view, Names) and view.hasFocus() and view.currentIndex() == index
