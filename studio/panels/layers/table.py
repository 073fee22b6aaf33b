"""The table of layers: sorted, filtered, copied, and at one with what is chosen on the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from engine.spec import Catalogue
from studio.canvas.facts.measure import MEASURES, Measure
from studio.panels.layers.model import KEY, ROW, LayersModel
from studio.panels.layers.rows import SHARE, Row, rows_of, sums, written
from studio.theme import SPACE, colors_of
from studio.widgets import Elided, SearchField, Surface, ToolButton, column, row, tag

if TYPE_CHECKING:
    from studio.analysis import Analysis
    from studio.document import Document

WIDTHS = (144, 116, 164, 100, 76, 84, 84)


class LayerTable(Surface):
    """Shows one network of the document, a row for each of its layers; blocks can be opened.

    Args:
        document: whose network it is.
        catalogue: what layers are called.
        analysis: what they cost.
    """

    chosen = Signal(object)
    """A person chose rows: the ids of their layers on the canvas."""

    def __init__(
        self, document: Document, catalogue: Catalogue, analysis: Analysis, *, parent: QWidget | None = None
    ) -> None:
        super().__init__("panel", parent=parent)
        self._document = document
        self._catalogue = catalogue
        self._analysis = analysis
        self._network = "model"
        self._measure: Measure = MEASURES[0]
        self._following = False
        self.model = LayersModel(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.model)
        self.view = _View(self)
        self.filter = SearchField("Filter layers")
        self.sums = Elided("", "caption")
        self._set_up()
        self._lay_out()
        analysis.changed.connect(self.refresh)
        document.changed.connect(self.refresh)

    def _set_up(self) -> None:
        proxy, view = self._sorted, self.view
        proxy.setSortRole(KEY)
        proxy.setFilterKeyColumn(-1)
        proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        proxy.setRecursiveFilteringEnabled(True)
        proxy.setAutoAcceptChildRows(True)
        view.setModel(proxy)
        view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)  # as drawn, until a heading is pressed
        view.setItemDelegateForColumn(SHARE, _ShareCell(view))
        for place, width in enumerate(WIDTHS):
            view.setColumnWidth(place, width)
        self.filter.textChanged.connect(self._filtered)
        view.selectionModel().selectionChanged.connect(self._chose)

    def _lay_out(self) -> None:
        self.filter.setMaximumWidth(240)
        self.filter.setMinimumWidth(120)
        self.sums.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        copy = ToolButton("copy", "Copy the table as CSV")
        copy.clicked.connect(self.copy_csv)
        line = row(gap=SPACE.m)
        line.setContentsMargins(SPACE.l, SPACE.xs, SPACE.m, SPACE.xs)
        line.addWidget(self.filter, 1)
        line.addWidget(self.sums, 2)
        line.addWidget(copy)
        box = column(self)
        box.addLayout(line)
        box.addWidget(self.view, 1)

    def show_network(self, network: str) -> None:
        """Show another network."""
        if network != self._network:
            self._network = network
            self.refresh()

    def show_measure(self, measure: Measure | None) -> None:
        """Show shares of this; without one, of the parameters."""
        self._measure = measure or MEASURES[0]
        self.refresh()

    def refresh(self) -> None:
        """Show what is known now; while nobody sees it, that waits."""
        if self.isVisible():
            facts = self._analysis.facts
            self.model.show_rows(rows_of(self._document.project, self._network, self._catalogue, facts, self._measure))
            self._sum()

    def show_chosen(self, nodes: tuple[str, ...]) -> None:
        """Choose the rows of these layers, as on the canvas."""
        if self._following or not self.isVisible():
            return
        self._following = True
        model = self.view.selectionModel()
        model.clearSelection()
        for index in [self._sorted.mapFromSource(self.model.top(node)) for node in nodes]:
            model.select(index, QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows)
            self.view.scrollTo(index)
        self._following = False
        self._sum()

    def shown(self) -> tuple[Row, ...]:
        """The rows at the top that the filter leaves, in the order in which they stand."""
        proxy = self._sorted
        return tuple(proxy.index(place, 0).data(ROW) for place in range(proxy.rowCount()))

    def copy_csv(self) -> None:
        """Put the rows that stand here on the clipboard, as CSV."""
        self.refresh()
        QGuiApplication.clipboard().setText(written(self.shown() or self.model.rows))

    def copy_text(self) -> None:
        """Put the chosen rows, or all, on the clipboard, with tabs between: a spreadsheet takes them apart."""
        QGuiApplication.clipboard().setText(written(self._chosen() or self.shown(), separator="\t"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _chosen(self) -> tuple[Row, ...]:
        return tuple(index.data(ROW) for index in self.view.selectionModel().selectedRows())

    def _chose(self) -> None:
        self._sum()
        if not self._following:
            self._following = True
            indexes = self.view.selectionModel().selectedRows()
            tops = [self.model.outermost(self._sorted.mapToSource(index)).node for index in indexes]
            self.chosen.emit(tuple(dict.fromkeys(tops)))
            self._following = False

    def _filtered(self, text: str) -> None:
        self._sorted.setFilterFixedString(text)
        self._sum()

    def _sum(self) -> None:
        """What is chosen costs, if that is several; else what is shown."""
        chosen = self._chosen()
        self.sums.setText(sums(chosen, "chosen layer") if len(chosen) > 1 else sums(self.shown()))


class _View(QTreeView):
    """The rows; Ctrl+C copies what is chosen."""

    def __init__(self, table: LayerTable) -> None:
        super().__init__(table)
        self._table = table
        tag(self, kind="table")
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSortingEnabled(True)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setAccessibleName("Layers")
        self.header().setStretchLastSection(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._table.copy_text()
        else:
            super().keyPressEvent(event)


class _ShareCell(QStyledItemDelegate):
    """A share as a bar with its number beside it."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        found, view = index.data(ROW), self.parent()
        assert isinstance(view, QWidget)
        if not found.share:
            return
        colors = colors_of(view)
        room = QRectF(option.rect).adjusted(SPACE.s, 0, -SPACE.xxl - SPACE.xl, 0)
        bar = QRectF(room.left(), room.center().y() - 2, max(room.width() * min(found.share, 1), 2), 4)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.accent))
        painter.drawRoundedRect(bar, 2, 2)
        painter.restore()
