"""The table of all marks: edited in place, sorted, undone, and one double click from the layers that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QShowEvent, QValidator
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from engine.spec import Catalogue, Search, get, space_of, unmarked
from studio.panels.marks.model import KEY, ROW, MarksModel
from studio.panels.marks.rows import COLUMNS, Row, contradiction, rows_of
from studio.searching import mark_key, marked, size_text, word_of_mark
from studio.theme import SPACE
from studio.widgets import Elided, EmptyState, Label, Surface, ToolButton, column, row, tag

if TYPE_CHECKING:
    from studio.document import Document

AnyIndex = QModelIndex | QPersistentModelIndex
WIDTHS = (116, 150, 168, 72, 78, 76, 60)
NOTHING = "Nothing is marked for search yet"
HOW = (
    "Press the dice beside a setting on the Design page, and its value becomes a range. "
    "A layer can be optional, or one of several: that stands below its parameters."
)


class MarksTable(Surface):
    """Shows every mark of the document, and edits them; each edit is one step of undo.

    Args:
        document: whose marks.
        catalogue: what the marked settings may be.
    """

    opened = Signal(str, str)
    """A person wants to see where a mark stands: a network and a node; two empty words for settings of the project."""

    def __init__(self, document: Document, catalogue: Catalogue, *, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self._document = document
        self._catalogue = catalogue
        self.model = MarksModel(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.model)
        self.view = _View(self)
        self.extent = Elided("", "muted")
        self.trouble = Label("", "error", wrap=True)
        self.empty = EmptyState("dice", NOTHING, HOW)
        self._where = ToolButton("focus", "Show where the mark stands")
        self._remove = ToolButton("delete", "Search it no longer")
        self._wrong = ""
        self._set_up()
        self._lay_out()
        self._where.clicked.connect(self.open_chosen)
        self._remove.clicked.connect(self.remove_chosen)
        self.model.edited.connect(self.change)
        self.model.refused.connect(self._say)
        document.changed.connect(self.refresh)

    def _set_up(self) -> None:
        proxy, view = self._sorted, self.view
        proxy.setSortRole(KEY)
        view.setModel(proxy)
        view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)  # as a search asks, until a heading is pressed
        view.setItemDelegate(_Cell(self.model, self._sorted, view))
        for place, width in enumerate(WIDTHS):
            view.setColumnWidth(place, width)
        view.selectionModel().selectionChanged.connect(self._enable)

    def _lay_out(self) -> None:
        head = row(gap=SPACE.xs)
        head.setContentsMargins(SPACE.l, SPACE.xs, SPACE.m, SPACE.xs)
        head.addWidget(self.extent, 1)
        head.addWidget(self._where)
        head.addWidget(self._remove)
        self.trouble.setContentsMargins(SPACE.l, 0, SPACE.l, SPACE.xs)
        full = QWidget()
        box = column(full)
        box.addLayout(head)
        box.addWidget(self.trouble)
        box.addWidget(self.view, 1)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(full)
        column(self).addLayout(self._stack)

    # What is shown

    def refresh(self) -> None:
        """Show the marks as they are; while nobody sees them, that waits."""
        if not self.isVisible():
            return
        project = self._document.project
        self.model.show_rows(rows_of(project, self._catalogue))
        self._stack.setCurrentIndex(int(bool(self.model.rows)))
        self._wrong = wrong = contradiction(project)
        count = len(self.model.rows)
        marks = f"{count} mark{'s' * (count != 1)}"
        self.extent.setText(marks if wrong else f"{marks}   {size_text(space_of(project))}")
        self._say("")
        self._enable()

    def chosen(self) -> tuple[Row, ...]:
        """The rows that are chosen, from above."""
        indexes = sorted(self.view.selectionModel().selectedRows(), key=lambda index: index.row())
        return tuple(index.data(ROW) for index in indexes)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # What a person does

    def change(self, path: str, search: Search) -> None:
        """Let the mark at a path be another; those of the same variable follow."""
        before = get(self._document.project, path)
        try:
            project = marked(self._document.project, path, search)
        except ValueError as error:
            self._say(str(error))
            return
        self._document.edit(word_of_mark(path, before, search), project, merge_key=mark_key(path, before, search))

    def remove_chosen(self) -> None:
        """Search what is chosen no longer; the values stay."""
        project, rows = self._document.project, self.chosen()
        for one in rows:
            project = unmarked(project, one.mark.path)
        if rows:
            what = rows[0].mark.path.partition(".")[2] if len(rows) == 1 else f"{len(rows)} settings"
            self._document.edit(f"Stop searching {what}", project)

    def open_chosen(self) -> None:
        """Show where the first of what is chosen stands."""
        if rows := self.chosen():
            self.opened.emit(*rows[0].node)

    def _enable(self) -> None:
        some = bool(self.chosen())
        self._where.setEnabled(some)
        self._remove.setEnabled(some)

    def _say(self, sentence: str) -> None:
        """Say what is wrong with what is written, or else with the marks."""
        self.trouble.setText(sentence or self._wrong)
        self.trouble.setVisible(bool(sentence or self._wrong))


class _View(QTreeView):
    """The rows; Return and a double click show where a mark stands, F2 or a second click edits, Delete removes."""

    def __init__(self, table: MarksTable) -> None:
        super().__init__(table)
        self._table = table
        tag(self, kind="table")
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setRootIsDecorated(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.SelectedClicked)
        self.setSortingEnabled(True)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the end of a path tells marks apart
        self.setAllColumnsShowFocus(True)
        self.setAccessibleName("Search marks")
        self.header().setStretchLastSection(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.doubleClicked.connect(table.open_chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() is QAbstractItemView.State.EditingState
        if not editing and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._table.remove_chosen()
        elif not editing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._table.open_chosen()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self._table.chosen():
            return
        menu = QMenu(self)
        menu.addAction("Show where it stands", self._table.open_chosen)
        menu.addAction("Search it no longer", self._table.remove_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())


class _Cell(QStyledItemDelegate):
    """A line to write into; Return does nothing while what is written means nothing, and Escape gives it up."""

    def __init__(self, model: MarksModel, proxy: QSortFilterProxyModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._proxy = proxy

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        line = tag(QLineEdit(parent), kind="cell")
        line.setAccessibleName(COLUMNS[index.column()].title)
        source = QPersistentModelIndex(self._proxy.mapToSource(index))
        line.setValidator(_Meaning(self._model, source, line))
        line.destroyed.connect(lambda: self._model.refused.emit(""))
        return line


class _Meaning(QValidator):
    """Takes what means something in a cell, and says why not of the rest."""

    def __init__(self, model: MarksModel, index: QPersistentModelIndex, line: QLineEdit) -> None:
        super().__init__(line)
        self._model = model
        self._index = index

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        means = self._index.isValid() and self._model.meant(self._index, text) is not None
        return (QValidator.State.Acceptable if means else QValidator.State.Intermediate), text, place
