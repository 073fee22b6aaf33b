"""The panel that chooses columns: thousands of them are one list, found by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from studio.pages.runs.table.column_list import COLUMN, ColumnList, ColumnRow, pin_place
from studio.pages.runs.table.layout import Layout
from studio.pages.runs.table.row import Column
from studio.pages.runs.table.table import Table
from studio.theme import SPACE
from studio.widgets import Button, Label, Line, SearchField, Surface, ToolButton, column, row

WIDTH, HEIGHT = 400, 520


class ColumnChooser(Surface):
    """Lies over a page at its right. Return shows or hides a column, Ctrl+P pins it, Alt+Up and Alt+Down move it.

    Args:
        table: whose columns are chosen.
        every: all that there are.
        differ: shows the columns in which the shown runs differ.
        over: the page.
    """

    def __init__(
        self, table: Table, *, every: Callable[[], Sequence[Column]], differ: Callable[[], object], over: QWidget
    ) -> None:
        super().__init__("overlay", parent=over)
        self._table, self._every, self._over = table, every, over
        self.model = ColumnList(self)
        self.search = SearchField("Find a column")
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ColumnRow(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName("Columns")
        self._lay_out(differ)
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.list.viewport().installEventFilter(self)
        over.installEventFilter(self)
        table.set_up.connect(lambda _: self.refresh())
        self.hide()

    def open(self) -> None:
        """Show the panel, ready to type."""
        self.search.clear()
        self.refresh()
        self._place()
        self.show()
        self.raise_()
        self.search.setFocus()

    def close_chooser(self) -> None:
        """Hide it, and go on in the table."""
        self.hide()
        self._table.setFocus()

    def refresh(self) -> None:
        """Show what is known and chosen now; the same column stays in hand."""
        here = self.list.currentIndex()
        column = here.data(COLUMN) if here.isValid() else None
        self.model.show_columns(self._every(), self._table.setup)
        self._go_to(column)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over:
            if event.type() is QEvent.Type.Resize and self.isVisible():
                self._place()
            return False
        if watched is self.list.viewport():
            if event.type() is QEvent.Type.MouseButtonRelease:
                self._clicked(event.position().toPoint())  # type: ignore[attr-defined]
            return False
        return isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._pressed(event)

    def _pressed(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key))
        if key == Qt.Key.Key_Escape and not self.search.text():
            self.close_chooser()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._toggle(self.list.currentIndex())
        elif key == Qt.Key.Key_P and modifiers & Qt.KeyboardModifier.ControlModifier:
            self._pin(self.list.currentIndex())
        elif step is not None and modifiers & Qt.KeyboardModifier.AltModifier:
            self._move(self.list.currentIndex(), step)
        elif step is not None:
            row = (self.list.currentIndex().row() + step) % max(self.model.rowCount(), 1)
            self.list.setCurrentIndex(self.model.index(row))
        else:
            return False
        return True

    def _clicked(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if not index.isValid():
            return
        self.list.setCurrentIndex(index)
        room = self.list.visualRect(index).adjusted(SPACE.s, 0, -SPACE.s, 0)
        pinned = pin_place(room).adjusted(-SPACE.xs, -SPACE.s, SPACE.xs, SPACE.s).contains(at.toPointF())
        (self._pin if pinned else self._toggle)(index)

    def _toggle(self, index: QModelIndex) -> None:
        if index.isValid():
            key = index.data(COLUMN).key
            shown = key in self._table.setup.columns
            self._table.change(lambda setup: setup.hiding(key) if shown else setup.showing(key))

    def _pin(self, index: QModelIndex) -> None:
        if index.isValid():
            key = index.data(COLUMN).key
            self._table.change(lambda setup: setup.showing(key).pinning(key, pinned=not setup.is_pinned(key)))

    def _move(self, index: QModelIndex, step: int) -> None:
        key = index.data(COLUMN).key if index.isValid() else ""
        if key in self._table.setup.columns:
            self._table.change(lambda setup: setup.moved(key, setup.columns.index(key) + step))

    def _go_to(self, column: Column | None) -> None:
        row = self.model.columns.index(column) if column in self.model.columns else 0
        self.list.setCurrentIndex(self.model.index(row))

    def _search(self, text: str) -> None:
        self.model.search(text)
        self._go_to(None)

    def _place(self) -> None:
        room = self._over.size()
        height = min(HEIGHT, room.height() - 2 * SPACE.xxl)
        width = min(WIDTH, room.width() - 2 * SPACE.m)
        self.setGeometry(room.width() - width - SPACE.m, SPACE.xxl + SPACE.xl, width, height)

    def _lay_out(self, differ: Callable[[], object]) -> None:
        close = ToolButton("close", "Close (Esc)")
        close.clicked.connect(self.close_chooser)
        head = row(gap=SPACE.m)
        head.addWidget(Label("Columns", "title"), 1)
        head.addWidget(close)
        top = column(gap=SPACE.s)
        top.setContentsMargins(SPACE.l, SPACE.m, SPACE.m, SPACE.m)
        top.addLayout(head)
        top.addWidget(self.search)
        different = Button(
            "Those that differ", tip="Show the settings in which the shown runs differ, and hide the others"
        )
        different.clicked.connect(lambda _checked: differ())
        usual = Button("The usual ones", kind="quiet")
        usual.clicked.connect(lambda: self._table.change(reset))
        foot = row(margin=SPACE.s, gap=SPACE.s)
        foot.addWidget(different)
        foot.addWidget(usual)
        foot.addStretch(1)
        box = column(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.addLayout(top)
        box.addWidget(Line())
        box.addWidget(self.list, 1)
        box.addWidget(Line())
        box.addLayout(foot)


def reset(setup: Layout) -> Layout:
    """The usual columns in their usual widths; order and groups stay as they were chosen."""
    return Layout(sort=setup.sort, down=setup.down, group=setup.group)
