"""A table of very many rows whose cells are painted by hand: a style that asks the model for every role is too slow."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Protocol

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QTableView

from studio.theme import colors_of
from studio.widgets.chosen import Chosen, Flag
from studio.widgets.ink import ink
from studio.widgets.style import tag

ROW = 34
"""Pixels of a row."""
_NONE = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex


class Grounds(Protocol):
    """What the cells know of rows as a whole."""

    hovered: int
    """The row below the mouse, -1 for none."""

    def begin(self) -> None:
        """A screen is about to be painted: whatever is the same for all of its cells is looked up here."""

    def ground(self, row: int, *, selected: bool) -> QColor | None:
        """What a row lies on, None for what the table lies on."""


class PaintedTable(QTableView):
    """Rows of one height that are selected whole.

    Args:
        model: what is in the rows.
        name: what the table is, for those who cannot see it.
    """

    hovered = Signal(int)
    """The row below the mouse, -1 for none."""

    def __init__(self, model: QAbstractTableModel, name: str) -> None:
        super().__init__()
        self.grounds: Grounds | None = None
        self._chosen: Chosen | None = None
        self._lines: Callable[[], Sequence[Hashable]] = tuple
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(ROW)
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(name)
        tag(self, kind="painted")

    def paint_with(self, cells: QStyledItemDelegate, grounds: Grounds) -> None:
        """Let this paint the cells, and say what rows lie on; both are one object."""
        self.setItemDelegate(cells)
        self.grounds = grounds

    def choose_with(self, chosen: Chosen, lines: Callable[[], Sequence[Hashable]]) -> None:
        """Keep the selection there, where views of the same model may share it, and not as Qt does.

        Args:
            chosen: which lines are selected.
            lines: what stands in the rows now, from top to bottom.
        """
        self._chosen, self._lines = chosen, lines
        self.setSelectionModel(chosen)
        chosen.changed.connect(self.viewport().update)

    def is_chosen(self, row: int) -> bool:
        """Whether a row is selected."""
        if self._chosen is None:
            return self.selectionModel().isRowSelected(row, _NONE)
        return self._lines()[row] in self._chosen

    def selectionCommand(self, index: AnyIndex, event: QEvent | None = None) -> Flag:
        """What a press means for a row that is selected already: Qt would look for it where it keeps no lines."""
        press = isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonPress and index.isValid()
        if press and self._chosen is not None and isinstance(event, QMouseEvent):
            chosen = self.is_chosen(index.row())
            if event.button() is Qt.MouseButton.RightButton and chosen:
                return Flag.NoUpdate
            if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                return (Flag.Deselect if chosen else Flag.Select) | Flag.Rows
        return super().selectionCommand(index, event)

    def focused(self) -> bool:
        """Whether the table has the focus."""
        return self.hasFocus()

    def hover(self, row: int) -> None:
        """Light this row up, and no other; -1 for none."""
        if self.grounds is not None and row != self.grounds.hovered:
            before, self.grounds.hovered = self.grounds.hovered, row
            for one in (before, row):
                if one >= 0:
                    self.viewport().update(0, self.rowViewportPosition(one), self.viewport().width(), ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What rows lie on is painted a row at a time, and all of it: so scrolling moves what is there already."""
        if self.grounds is not None:
            self.grounds.begin()
            painter = QPainter(self.viewport())
            self._ground(painter, event.rect(), self.grounds)
            painter.end()
        super().paintEvent(event)

    def _ground(self, painter: QPainter, area: QRect, grounds: Grounds) -> None:
        colors, width = colors_of(self), self.viewport().width()
        painter.fillRect(area, ink(colors.surface))
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        some = self.selectionModel().hasSelection() if self._chosen is None else bool(self._chosen)
        current = self.currentIndex().row() if some else -1
        for row in range(max(first, 0), (last if last >= 0 else self.model().rowCount() - 1) + 1):
            top = self.rowViewportPosition(row)
            ground = grounds.ground(row, selected=self.is_chosen(row))
            if ground is not None:
                painter.fillRect(0, top, width, ROW, ground)
            painter.setPen(ink(colors.focus if row in {current, current - 1} and self.focused() else colors.border))
            painter.drawLine(0, top + ROW - 1, width, top + ROW - 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.hovered.emit(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        self.hovered.emit(self.rowAt(event.position().toPoint().y()))


def stretches(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Ascending places as stretches without a gap, each its first and last."""
    first = last = None
    for place in places:
        if last is not None and place == last + 1:
            last = place
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = place
    if first is not None and last is not None:
        yield first, last
