"""The command palette: type a few letters of anything that can be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio import icons
from studio.actions import Action, Actions
from studio.theme import SHADOW, SPACE, TYPE, colors_of, font
from studio.widgets import Line, Surface, column, tag
from studio.widgets.row_ground import paint_row_ground

ROW = 34
ID = Qt.ItemDataRole.UserRole
GROUP = Qt.ItemDataRole.UserRole + 1
KEYS = Qt.ItemDataRole.UserRole + 2
ICON = Qt.ItemDataRole.UserRole + 3


def score(typed: str, text: str) -> int | None:
    """How well the typed letters match a text, higher is better; None when they do not occur in it in this order.

    Letters that begin words count most, then letters that follow each other.
    """
    total, place, before = 0, 0, -2
    lower = text.lower()
    for letter in typed.lower().replace(" ", ""):
        place = lower.find(letter, place)
        if place < 0:
            return None
        total += 8 if place == 0 or not lower[place - 1].isalnum() else 0
        total += 5 if place == before + 1 else 0
        before, place = place, place + 1
    return total * 4 - len(text)


def words(action: Action) -> str:
    """What the palette calls an action."""
    now = action.wording() if action.wording else action.text
    return (action.phrase or now).removesuffix("…")


class CommandPalette(Surface):
    """A list over the window; Return does what is selected, Escape or a click beside it closes.

    Args:
        actions: what can be done.
        parent: the window it lies over.
    """

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__("overlay", parent=parent)
        self._actions = actions
        self._back: QWidget | None = None
        self.line = tag(QLineEdit(), kind="large")
        self.line.setPlaceholderText("What do you want to do?")
        self.line.textChanged.connect(self._filter)
        self.line.installEventFilter(self)
        self._model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Row(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.clicked.connect(self._do)
        box = column(self, gap=0)
        box.setContentsMargins(1, 1, 1, SPACE.xs)
        for widget in (self.line, Line(), self.list):
            box.addWidget(widget)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(SHADOW.blur)
        shadow.setOffset(0, SHADOW.depth)
        shadow.setColor(QColor(0, 0, 0, SHADOW.alpha))
        self.setGraphicsEffect(shadow)
        self.hide()

    def open(self) -> None:
        """Show the palette with everything that can be done now."""
        self._back = self.window().focusWidget()
        self._actions.refresh()
        self.line.clear()
        self._filter("")
        room = self.window().width()
        width = min(600, room - 2 * SPACE.xl)
        self.setGeometry((room - width) // 2, 72, width, 44 + ROW * 11)
        self.show()
        self.raise_()
        self.line.setFocus()

    def close_palette(self) -> None:
        """Hide it and give the focus back."""
        self.hide()
        if self._back is not None:
            self._back.setFocus()

    def texts(self) -> tuple[str, ...]:
        """What is listed, best match first."""
        return tuple(self._model.item(line).text() for line in range(self._model.rowCount()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._pressed(event)
        if watched is self.line and event.type() is QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_palette()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._do(self.list.currentIndex())
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                line = (self.list.currentIndex().row() + step) % max(self._model.rowCount(), 1)
                self.list.setCurrentIndex(self._model.index(line, 0))
            case _:
                return False
        return True

    def _filter(self, typed: str) -> None:
        found = [
            (score(typed, f"{words(action)} {action.group}"), action) for action in self._actions if self._can(action)
        ]
        matching = [(points, action) for points, action in found if points is not None]
        if typed.strip():
            matching.sort(key=lambda pair: -pair[0])
        self._model.clear()
        for _, action in matching:
            self._model.appendRow(self._item(action))
        self.list.setCurrentIndex(self._model.index(0, 0))

    def _can(self, action: Action) -> bool:
        return self._actions[action.id].isEnabled() and action.id != "view.palette"

    def _item(self, action: Action) -> QStandardItem:
        item = QStandardItem(words(action))
        keys = action.shortcut.split("; ")[0]
        item.setData(action.id, ID)
        item.setData(action.group, GROUP)
        item.setData(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) if keys else "", KEYS)
        item.setData(action.icon, ICON)
        item.setEditable(False)
        return item

    def _do(self, index: QModelIndex) -> None:
        if index.isValid():
            name = index.data(ID)
            self.close_palette()
            self._actions.trigger(name)


class _Row(QStyledItemDelegate):
    """One action: icon, text, its menu, its keys."""

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
        if index.data(ICON):
            icon = QRect(place.left() + SPACE.s, place.center().y() - 8, 17, 17)
            icons.icon(index.data(ICON), colors.muted).paint(painter, icon)
        words = place.adjusted(SPACE.xxl + 4, 0, -SPACE.m, 0)
        painter.setFont(font())
        painter.setPen(QColor(colors.text))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, index.data())
        painter.setFont(font(TYPE.small))
        painter.setPen(QColor(colors.faint))
        hint = index.data(KEYS) or index.data(GROUP)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, hint)
        painter.restore()
