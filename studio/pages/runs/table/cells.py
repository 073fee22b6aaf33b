"""How cells are painted: by hand, since a style that asks the model for every role takes a frame for one screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio import icons
from studio.pages.runs.table.model import AnyIndex, RunsModel
from studio.pages.runs.table.order import Group
from studio.pages.runs.table.row import Column
from studio.pages.runs.table.sparkline import Sparklines
from studio.theme import SPACE, Colors, colors_of
from studio.widgets import run_tone
from studio.widgets.ink import Ink, Side, ink
from studio.widgets.painted import ROW

DOT = 10
ICON = 14
INDENT = 18


class Cell(NamedTuple):
    """A cell that is being painted."""

    painter: QPainter
    room: QRectF
    line: Any
    column: Column
    hovered: bool
    colors: Colors


def dot_place(room: QRectF, *, indented: bool) -> QRectF:
    """Where a run's color stands in the cell of its name."""
    return QRectF(room.left() + SPACE.m + INDENT * indented, room.center().y() - DOT / 2, DOT, DOT)


def star_place(room: QRectF) -> QRectF:
    """Where its star stands."""
    return QRectF(room.right() - SPACE.s - ICON, room.center().y() - ICON / 2, ICON, ICON)


class Cells(QStyledItemDelegate):
    """Paints every cell of the table.

    Args:
        view: whose cells they are.
        model: what they say.
    """

    def __init__(self, view: QWidget, model: RunsModel) -> None:
        super().__init__(view)
        self.hovered = -1
        """The row below the mouse."""
        self._model = model
        self._view = view
        self._ink = Ink()
        self._sparklines = Sparklines()
        self._tokens = colors_of(view)
        self._painters: dict[str, Callable[[Cell], object]] = {
            "name": self._name,
            "state": self._state,
            "trend": self._trend,
            "tags": self._tags,
        }

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(self._model.columns[index.column()].width, ROW)

    def begin(self) -> None:
        """A screen is about to be painted: whatever is the same for all of its cells is looked up here."""
        self._tokens = colors_of(self._view)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        style: Any = option  # PySide's stubs leave the fields out
        row, column = index.row(), self._model.columns[index.column()]
        line = self._model.lines[row]
        cell = Cell(painter, QRectF(style.rect), line, column, row == self.hovered, self._tokens)
        if isinstance(line, Group):
            self._group(cell, line)
        else:
            self._painters.get(column.kind, self._text)(cell)

    def ground(self, row: int, *, selected: bool) -> QColor | None:
        """What a row lies on, None for what the table lies on."""
        colors = self._tokens
        if selected:
            return ink(colors.selected)
        if row == self.hovered:
            return ink(colors.hover)
        return ink(colors.raised) if isinstance(self._model.lines[row], Group) else None

    def _text(self, cell: Cell) -> None:
        text = self._model.text(cell.line, cell.column)
        if text:
            kind = "number" if cell.column.kind in {"number", "value"} else "text"
            side: Side = "right" if cell.column.number else "left"
            room = cell.room.adjusted(SPACE.s, 0, -SPACE.s, 0)
            self._ink.write(cell.painter, room, text, style=(kind, cell.colors.text), side=side)

    def _name(self, cell: Cell) -> None:
        painter, colors = cell.painter, cell.colors
        dot = dot_place(cell.room, indented=self._model.arrangement.grouping is not None)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(colors.series[self._model.color(cell.line)]))
        painter.drawEllipse(dot)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        starred, star = self._model.row(cell.line).notes.starred, star_place(cell.room)
        if starred or cell.hovered:
            mark, color = ("star-full", colors.warning) if starred else ("star", colors.faint)
            icons.paint(painter, star, mark, color)
        room = cell.room.adjusted(dot.right() + SPACE.s - cell.room.left(), 0, star.left() - cell.room.right(), 0)
        text = self._model.text(cell.line, cell.column)
        self._ink.write(painter, room, text, style=("text", colors.text))

    def _state(self, cell: Cell) -> None:
        state = self._model.text(cell.line, cell.column)
        room = cell.room.adjusted(SPACE.s, 0, -SPACE.xs, 0)
        self._ink.pill(cell.painter, room, state, tone=cell.colors.tone(run_tone(state)))

    def _tags(self, cell: Cell) -> None:
        room = cell.room.adjusted(SPACE.s, 0, -SPACE.xs, 0)
        for tag in self._model.row(cell.line).notes.tags:
            if room.width() < SPACE.xl:
                break
            width = self._ink.pill(cell.painter, room, tag, tone=cell.colors.tone("accent"))
            room.setLeft(room.left() + width + SPACE.xs)

    def _trend(self, cell: Cell) -> None:
        summary = self._model.row(cell.line).summary
        if summary.trend:
            color = cell.colors.series[self._model.color(cell.line)]
            room = cell.room.adjusted(SPACE.s, SPACE.xs + 1, -SPACE.s, -SPACE.xs - 1)
            self._sparklines.paint(cell.painter, room, summary.trend, goal=summary.goal, color=color)

    def _group(self, cell: Cell, group: Group) -> None:
        if cell.column.kind == "state":
            self._states(cell)
        elif cell.column.kind == "name":
            self._group_name(cell, group)
        else:
            self._text(cell)

    def _states(self, cell: Cell) -> None:
        """How many runs of a group are in each state, most first; the words are in the tooltip."""
        room = cell.room.adjusted(SPACE.s, 0, -SPACE.xs, 0)
        for part in filter(None, self._model.text(cell.line, cell.column).split(", ")):
            count, _, state = part.partition(" ")
            if room.width() < SPACE.xl:
                break
            width = self._ink.pill(cell.painter, room, count, tone=cell.colors.tone(run_tone(state)))
            room.setLeft(room.left() + width + SPACE.xs)

    def _group_name(self, cell: Cell, group: Group) -> None:
        painter, room, colors = cell.painter, cell.room.adjusted(SPACE.s, 0, -SPACE.s, 0), cell.colors
        opened = self._model.arrangement.opened(group)
        arrow = QRectF(room.left(), room.center().y() - ICON / 2, ICON, ICON)
        icons.paint(painter, arrow, "chevron-down" if opened else "chevron-right", colors.muted)
        count = f"{len(self._model.arrangement.members[group]):,}"
        badge = self._ink.width(count, "caption") + 2 * SPACE.s
        label = room.adjusted(ICON + SPACE.s, 0, -badge - SPACE.s, 0)
        color = colors.text if group.value else colors.faint
        self._ink.write(painter, label, group.value or "none", style=("strong", color))
        right = QRectF(room.right() - badge, room.top(), badge, room.height())
        self._ink.pill(painter, right, count, tone=colors.tone("neutral"))
