"""Choosing which metrics have a chart, by searching among all there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QWidget

from studio.pages.runs.curves.metrics import title
from studio.theme import SPACE
from studio.widgets import Button, Label, Line, SearchField, Surface, column, row

WIDE, HIGH = 340, 380
METRIC = int(Qt.ItemDataRole.UserRole)


class Picker(Surface):
    """A list with check marks that opens below a button. Space or Return checks, Escape closes.

    Args:
        parent: the widget whose popup it is.
    """

    chosen = Signal(str, bool)
    """A metric, and whether it shall have a chart."""
    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("overlay", parent=parent)
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(WIDE, HIGH)
        self.search = SearchField("Search metrics")
        self.search.installEventFilter(self)
        self._model = QStandardItemModel(self)
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(self._model)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list = QListView()
        self.list.setModel(self._found)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("Metrics")
        self.count = Label("", "caption")
        self.reset_button = Button("Choose for me", kind="link", tip="Show what most want to see of these runs")
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self._model.itemChanged.connect(self._checked)
        self.reset_button.clicked.connect(self.cleared)

    def open_below(self, widget: QWidget, names: Sequence[str], shown: Iterable[str]) -> None:
        """Offer these metrics."""
        self.offer(names, shown)
        self.search.clear()
        self.move(widget.mapToGlobal(QPoint(0, widget.height() + SPACE.xs)))
        self.show()
        self.search.setFocus()

    def offer(self, names: Sequence[str], shown: Iterable[str]) -> None:
        """List these, checked where they have a chart."""
        checked = set(shown)
        self._model.blockSignals(True)
        self._model.clear()
        for name in names:
            item = QStandardItem(title(name))
            item.setData(name, METRIC)
            item.setCheckable(True)
            item.setEditable(False)
            item.setCheckState(Qt.CheckState.Checked if name in checked else Qt.CheckState.Unchecked)
            self._model.appendRow(item)
        self._model.blockSignals(False)
        self._found.invalidate()
        self._model.layoutChanged.emit()
        self._count()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Down | Qt.Key.Key_Up:
                    self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._toggle(self.list.currentIndex())
                    return True
        return False

    def _step(self, by: int) -> None:
        line = (self.list.currentIndex().row() + by) % max(self._found.rowCount(), 1)
        self.list.setCurrentIndex(self._found.index(line, 0))

    def _toggle(self, index: QModelIndex) -> None:
        item = self._model.itemFromIndex(self._found.mapToSource(index)) if index.isValid() else None
        if item is not None:
            on = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _checked(self, item: QStandardItem) -> None:
        self.chosen.emit(str(item.data(METRIC)), item.checkState() is Qt.CheckState.Checked)
        self._count()

    def _filter(self, words: str) -> None:
        self._found.setFilterFixedString(words.strip())
        self.list.setCurrentIndex(self._found.index(0, 0))

    def _count(self) -> None:
        items = [self._model.item(line) for line in range(self._model.rowCount())]
        shown = sum(one.checkState() is Qt.CheckState.Checked for one in items)
        self.count.setText(f"{shown} of {len(items)} shown")

    def _lay_out(self) -> None:
        top = column(gap=SPACE.s)
        top.setContentsMargins(SPACE.s, SPACE.s, SPACE.s, SPACE.s)
        top.addWidget(self.search)
        below = row(gap=SPACE.s)
        below.setContentsMargins(SPACE.m, SPACE.xs, SPACE.xs, SPACE.xs)
        below.addWidget(self.count)
        below.addStretch(1)
        below.addWidget(self.reset_button)
        box = column(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.addLayout(top)
        box.addWidget(Line())
        box.addWidget(self.list, 1)
        box.addWidget(Line())
        box.addLayout(below)
