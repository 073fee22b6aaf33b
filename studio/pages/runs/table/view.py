"""The two halves of the table: columns that stand still, and those that are scrolled beside them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from studio.pages.runs.table.cells import HEIGHT, Cells, dot_place, star_place
from studio.pages.runs.table.ink import ink
from studio.pages.runs.table.model import LINE, NONE, AnyIndex, RunsModel
from studio.pages.runs.table.order import Group
from studio.theme import colors_of
from studio.widgets import tag

REACH = 4
"""Pixels around a mark that count as on it."""


class RunsView(QTableView):
    """One half. The marks in a row are for the mouse: its star, its color, the arrow of a group."""

    star_pressed = Signal(str)
    color_pressed = Signal(str, QPoint)
    fold_pressed = Signal(object)
    fold_wanted = Signal(object, bool)
    """A key opens a group, or closes it."""
    hovered = Signal(int)

    def __init__(self, model: RunsModel) -> None:
        super().__init__()
        self.cells = Cells(self, model)
        self.partner: QTableView = self
        """The other half."""
        self._model = model
        self.setModel(model)
        self.setItemDelegate(self.cells)
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
        self.verticalHeader().setMinimumSectionSize(HEIGHT)
        self.verticalHeader().setDefaultSectionSize(HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName("Runs")
        tag(self, kind="painted")

    def focused(self) -> bool:
        """Whether one of the halves has the focus."""
        return self.window().focusWidget() in (self, self.partner)

    def hover(self, row: int) -> None:
        """Light this row up, and no other; -1 for none."""
        if row != self.cells.hovered:
            before, self.cells.hovered = self.cells.hovered, row
            for one in (before, row):
                if one >= 0:
                    self.viewport().update(0, self.rowViewportPosition(one), self.viewport().width(), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What rows lie on is painted a row at a time, and all of it: so scrolling moves what is there already."""
        self.cells.begin()
        painter = QPainter(self.viewport())
        self._ground(painter, event.rect())
        painter.end()
        super().paintEvent(event)

    def _ground(self, painter: QPainter, area: QRect) -> None:
        colors, width = colors_of(self), self.viewport().width()
        painter.fillRect(area, ink(colors.surface))
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        current = self.currentIndex().row() if self.selectionModel().hasSelection() else -1
        for row in range(max(first, 0), (last if last >= 0 else self._model.rowCount() - 1) + 1):
            top = self.rowViewportPosition(row)
            ground = self.cells.ground(row, selected=self.selectionModel().isRowSelected(row, NONE))
            if ground is not None:
                painter.fillRect(0, top, width, HEIGHT, ground)
            painter.setPen(ink(colors.focus if row in {current, current - 1} and self.focused() else colors.border))
            painter.drawLine(0, top + HEIGHT - 1, width, top + HEIGHT - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right opens a group, Left closes it."""
        line = self.currentIndex().data(LINE) if self.currentIndex().isValid() else None
        if isinstance(line, Group) and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.fold_wanted.emit(line, event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._press_mark(event.position().toPoint()):
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.hovered.emit(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        self.hovered.emit(self.rowAt(event.position().toPoint().y()))

    def _press_mark(self, at: QPoint) -> bool:
        """Whether something in the row was pressed that is no choosing of the row."""
        index = self.indexAt(at)
        if not index.isValid() or index.column() != 0:
            return False
        line, room = index.data(LINE), QRectF(self.visualRect(index))
        if isinstance(line, Group):
            if at.x() > room.left() + HEIGHT:
                return False
            self.fold_pressed.emit(line)
            return True
        return self._press_in_name(line, room, at, index)

    def _press_in_name(self, run: str, room: QRectF, at: QPoint, index: AnyIndex) -> bool:
        if _near(star_place(room), at):
            self.star_pressed.emit(run)
        elif _near(dot := dot_place(room, indented=self._model.arrangement.grouping is not None), at):
            self.color_pressed.emit(run, self.viewport().mapToGlobal(dot.bottomLeft().toPoint()))
        else:
            return False
        return True


def _near(mark: QRectF, at: QPoint) -> bool:
    return mark.adjusted(-REACH, -REACH, REACH, REACH).contains(at)
