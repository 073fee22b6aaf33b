"""The two halves of the table: columns that stand still, and those that are scrolled beside them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QTableView

from studio.pages.runs.table.cells import Cells, dot_place, star_place
from studio.pages.runs.table.model import LINE, AnyIndex, RunsModel
from studio.pages.runs.table.order import Group
from studio.widgets.painted import ROW, PaintedTable

REACH = 4
"""Pixels around a mark that count as on it."""


class RunsView(PaintedTable):
    """One half. The marks in a row are for the mouse: its star, its color, the arrow of a group."""

    star_pressed = Signal(str)
    color_pressed = Signal(str, QPoint)
    fold_pressed = Signal(object)
    fold_wanted = Signal(object, bool)
    """A key opens a group, or closes it."""

    def __init__(self, model: RunsModel) -> None:
        super().__init__(model, "Runs")
        self.cells = Cells(self, model)
        self.partner: QTableView = self
        """The other half."""
        self._model = model
        self.paint_with(self.cells, self.cells)

    def focused(self) -> bool:
        """Whether one of the halves has the focus."""
        return self.window().focusWidget() in (self, self.partner)

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

    def _press_mark(self, at: QPoint) -> bool:
        """Whether something in the row was pressed that is no choosing of the row."""
        index = self.indexAt(at)
        if not index.isValid() or index.column() != 0:
            return False
        line, room = index.data(LINE), QRectF(self.visualRect(index))
        if isinstance(line, Group):
            if at.x() > room.left() + ROW:
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
