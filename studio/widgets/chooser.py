"""Choosing one of many by typing a few letters of it: a list over the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.theme import SPACE, TYPE, colors_of, font
from studio.widgets.buttons import SearchField, ToolButton
from studio.widgets.labels import Label
from studio.widgets.progress import Progress
from studio.widgets.row_ground import paint_row_ground
from studio.widgets.style import column, row, tag
from studio.widgets.surfaces import Line, Surface

ROW = 34
ROWS = 11
WIDTH = 520
TOP = 72
DETAIL = Qt.ItemDataRole.UserRole


class Choice(NamedTuple):
    """One thing to choose: its name, and a few words about it."""

    name: str
    detail: str = ""


class Chooser(Surface):
    """A list with a search over a window; Return or a click chooses, Escape closes.

    It stays open until `close_chooser`, so that what takes a while can say so (`set_busy`) and fail (`set_error`) here.

    Args:
        title: what is chosen, and why.
        hint: stands in the empty search.
        parent: the window it lies over.
    """

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, title: str, hint: str, parent: QWidget) -> None:
        super().__init__("overlay", parent=parent)
        self.hide()
        self._over = parent
        self._back: QWidget | None = None
        self._choices: tuple[Choice, ...] = ()
        self.search = SearchField(hint)
        self._model = QStandardItemModel(self)
        self.list = QListView()
        self.says = Label("", "muted", wrap=True)
        self.progress = Progress()
        self._lay_out(title)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.list.clicked.connect(self._choose)
        parent.installEventFilter(self)

    def open(self) -> None:
        """Show the list, ready to type."""
        self._back = self.window().focusWidget()
        self.search.clear()
        self._say("")
        self._filter()
        self._place()
        self.show()
        self.raise_()
        self.search.setFocus()

    def close_chooser(self) -> None:
        """Hide it and give the focus back."""
        self.hide()
        if self._back is not None:
            self._back.setFocus()
        self.closed.emit()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """What there is to choose from."""
        self._choices = tuple(choices)
        self._say("")
        self._filter()

    def set_busy(self, sentence: str) -> None:
        """Something takes a while; nothing can be chosen meanwhile."""
        self._say(sentence, busy=True)

    def set_error(self, sentence: str) -> None:
        """It did not work; something else can be chosen."""
        self._say(sentence, role="error")

    def names(self) -> tuple[str, ...]:
        """What is listed."""
        return tuple(self._model.item(line).text() for line in range(self._model.rowCount()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._pressed(event)
        return False

    def _lay_out(self, title: str) -> None:
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Row(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(title)
        close = ToolButton("close", "Close (Esc)")
        close.clicked.connect(self.close_chooser)
        head = row(gap=SPACE.m)
        head.addWidget(Label(title, "title"), 1)
        head.addWidget(close)
        top = column(gap=SPACE.s)
        top.setContentsMargins(SPACE.l, SPACE.m, SPACE.m, SPACE.m)
        top.addLayout(head)
        for widget in (self.search, self.progress, self.says):
            top.addWidget(widget)
        box = column(self, gap=0)
        box.setContentsMargins(1, 1, 1, SPACE.xs)
        box.addLayout(top)
        box.addWidget(Line())
        box.addWidget(self.list, 1)

    def _place(self) -> None:
        room = self._over.size()
        width = min(WIDTH, room.width() - 2 * SPACE.xl)
        height = min(ROW * ROWS + 140, room.height() - TOP - SPACE.xl)
        self.setGeometry((room.width() - width) // 2, TOP, width, height)

    def _say(self, sentence: str, *, role: str = "muted", busy: bool = False) -> None:
        tag(self.says, role=role)
        self.says.setText(sentence)
        self.says.setVisible(bool(sentence))
        self.progress.set_busy()
        self.progress.setVisible(busy)
        self.list.setEnabled(not busy)

    def _pressed(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_chooser()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(self.list.currentIndex())
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                line = (self.list.currentIndex().row() + step) % max(self._model.rowCount(), 1)
                self.list.setCurrentIndex(self._model.index(line, 0))
            case _:
                return False
        return True

    def _filter(self) -> None:
        parts = self.search.text().lower().split()
        self._model.clear()
        for choice in self._choices:
            if all(part in f"{choice.name} {choice.detail}".lower() for part in parts):
                self._model.appendRow(_item(choice))
        self.list.setCurrentIndex(self._model.index(0, 0))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and self.list.isEnabled():
            self.chosen.emit(str(index.data()))


def _item(choice: Choice) -> QStandardItem:
    item = QStandardItem(choice.name)
    item.setData(choice.detail, DETAIL)
    item.setEditable(False)
    return item


class _Row(QStyledItemDelegate):
    """A name, and what is said about it at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        view = self.parent()
        assert isinstance(view, QWidget)
        colors = colors_of(view)
        place: QRect = option.rect.adjusted(SPACE.s, 1, -SPACE.s, -1)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, place, state, colors)
        words = place.adjusted(SPACE.m, 0, -SPACE.m, 0)
        painter.setFont(font())
        painter.setPen(QColor(colors.text if view.isEnabled() else colors.disabled))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, index.data())
        painter.setFont(font(TYPE.small))
        painter.setPen(QColor(colors.faint))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, index.data(DETAIL))
        painter.restore()
