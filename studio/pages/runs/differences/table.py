"""How the table of a comparison looks: names that stand still at its left, runs in their colors above."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from engine.compare import MISSING, UNKNOWN, Line
from studio.pages.runs.differences.model import ROW, AnyIndex, Lines, Section
from studio.theme import SPACE, TYPE, Colors, colors_of, font, mono

HEIGHT, SECTION, HEAD = 28, 34, 46
NAMES, WIDTH, LEAST = 260, 210, 120
DOT = 10
BASELINE = "baseline"
SET = ("setting", "label")
"""Forms of values that somebody set: where they differ the cell is tinted. Results differ always."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Table(QTableView):
    """The table; a click on a run's head makes it the baseline.

    Args:
        model: what it shows.
        color: a run's place in the cycle of series colors.
    """

    baseline_chosen = Signal(int)

    def __init__(self, model: Lines, color: Callable[[str], int]) -> None:
        super().__init__()
        self.setHorizontalHeader(_Runs(self, color))
        self.setVerticalHeader(_Names(self))
        self.setItemDelegate(_Cells(self))
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName("Differences")
        self.horizontalHeader().sectionClicked.connect(self.baseline_chosen)
        model.modelReset.connect(self._arrange)

    def _arrange(self) -> None:
        model = self.model()
        assert isinstance(model, Lines), "it was made with one"
        for at, row in enumerate(model.rows):
            if isinstance(row, Section):  # a reset gave all others the usual height
                self.setRowHeight(at, SECTION)


class _Cells(QStyledItemDelegate):
    """A value, how far it is from the baseline's, and a ground where it is another."""

    def __init__(self, view: Table) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        style: Any = option  # PySide's stubs leave the fields out
        model, colors, row = self._view.model(), colors_of(self._view), index.data(ROW)
        assert isinstance(model, Lines), "the view has no other"
        painter.save()
        if isinstance(row, Line):
            departs = row.departs(index.column(), model.baseline)
            chosen = bool(style.state & QStyle.StateFlag.State_Selected)
            if chosen or (departs and row.form in SET):
                painter.fillRect(style.rect, QColor(colors.selected if chosen else colors.altered_soft))
            _paint_value(painter, style.rect, (row, index.column(), model.baseline), colors)
        else:
            painter.fillRect(style.rect, QColor(colors.raised))
        _paint_line(painter, style.rect, colors)
        painter.restore()


def _paint_value(painter: QPainter, box: QRect, cell: tuple[Line, int, int], colors: Colors) -> None:
    line, column, baseline = cell
    missing, departs = line.values[column] in (MISSING, UNKNOWN), line.departs(column, baseline)
    relation = line.relation(column, baseline) if departs else ""
    room = QRectF(box.adjusted(SPACE.m, 0, -SPACE.s, 0))
    text = _fitting(line.text(column), room.width() - (len(relation) * _digit() + SPACE.m if relation else 0))
    strong = departs or column == baseline
    painter.setFont(mono(TYPE.small))
    painter.setPen(QColor(colors.disabled if missing else colors.text if strong else colors.muted))
    painter.drawText(room, LEFT, text)
    if relation:
        painter.setFont(font(TYPE.small))
        painter.setPen(QColor(colors.altered))
        room.setLeft(room.left() + len(text) * _digit() + SPACE.m)
        painter.drawText(room, LEFT, relation)


def _fitting(text: str, room: float) -> str:
    """The text as far as there is room; that it fits is seen from its length, since all letters are of one width."""
    line = text.replace("\n", " ")
    if len(line) * _digit() <= room:
        return line
    return QFontMetricsF(mono(TYPE.small)).elidedText(line, Qt.TextElideMode.ElideMiddle, room)


@cache
def _digit() -> float:
    """The width of a letter."""
    return QFontMetricsF(mono(TYPE.small)).horizontalAdvance("0")


def _paint_line(painter: QPainter, box: QRect, colors: Colors) -> None:
    painter.setPen(QPen(QColor(colors.border), 1))
    painter.drawLine(box.bottomLeft(), box.bottomRight())


class _Names(QHeaderView):
    """The names of the settings; heads of sections are strong."""

    def __init__(self, view: Table) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(HEIGHT)
        self.setDefaultSectionSize(HEIGHT)

    def sizeHint(self) -> QSize:
        around = self.parentWidget()
        room = around.width() // 3 if around is not None else NAMES
        return QSize(max(min(NAMES, room), LEAST), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        colors, model = colors_of(self), self.model()
        row = model.headerData(logicalIndex, Qt.Orientation.Vertical, ROW)
        head = isinstance(row, Section)
        painter.save()
        painter.fillRect(rect, QColor(colors.raised if head else colors.surface))
        face = font(TYPE.small, weight=QFont.Weight.DemiBold) if head else font(TYPE.small)
        room = QRectF(rect.adjusted(SPACE.m if head else SPACE.xl, 0, -SPACE.s, 0))
        words = str(model.headerData(logicalIndex, Qt.Orientation.Vertical))
        painter.setFont(face)
        painter.setPen(QColor(colors.text))
        shown = QFontMetricsF(face).elidedText(words, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, LEFT, shown)
        _paint_line(painter, rect, colors)
        painter.setPen(QPen(QColor(colors.border_strong), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.restore()


class _Runs(QHeaderView):
    """The runs: color, name, and which is the baseline."""

    def __init__(self, view: Table, color: Callable[[str], int]) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._color = color
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultSectionSize(WIDTH)
        self.setMinimumSectionSize(LEAST)
        self.setFixedHeight(HEAD)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        colors, model = colors_of(self), self.model()
        assert isinstance(model, Lines), "the view has no other"
        one, chosen = model.subjects[logicalIndex], logicalIndex == model.baseline
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.series[self._color(one.id)] if one.id else colors.muted))
        painter.drawEllipse(QRectF(rect.left() + SPACE.m, rect.top() + 10, DOT, DOT))
        left = rect.left() + SPACE.m + DOT + SPACE.s
        room = QRectF(left, rect.top() + 5, rect.right() - left - SPACE.s, 20)
        face = font(TYPE.small, weight=QFont.Weight.DemiBold)
        painter.setFont(face)
        painter.setPen(QColor(colors.text))
        painter.drawText(
            room, LEFT, QFontMetricsF(face).elidedText(one.name, Qt.TextElideMode.ElideMiddle, room.width())
        )
        painter.setFont(font(TYPE.caption))
        painter.setPen(QColor(colors.accent if chosen else colors.faint))
        below = [BASELINE] if chosen else []
        painter.drawText(room.translated(0, 17), LEFT, " · ".join([*below, *([one.id[-4:]] if one.id else [])]))
        painter.setPen(QPen(QColor(colors.border_strong), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()
