"""Samples as one sees them: pictures with truth and answers below, or rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from studio.pages.runs.predictions.samples import SAMPLE, SamplesModel, mark, sureness
from studio.theme import RADIUS, SPACE, TYPE, Colors, colors_of, font
from studio.widgets import Button, EmptyState, Label, column, row

if TYPE_CHECKING:
    from studio.service import Service

SIDE = 84
WIDTH = 108
LINE = 17
SORTS = {"error": "Most wrong first", "confidence": "Surest first"}


class Samples(QWidget):
    """A grid or a table of samples, with what they are and in which order.

    Args:
        service: who knows them.
    """

    changed = Signal()
    """Another order is wanted."""
    cleared = Signal()
    """The cell that they are chosen by no longer counts."""

    def __init__(self, service: Service) -> None:
        super().__init__()
        self.model = SamplesModel(service, self)
        self.title, self.count = Label("", "strong"), Label("", "muted")
        self.cell = Button("", kind="quiet")
        self.order = QComboBox()
        for value, words in SORTS.items():
            self.order.addItem(words, value)
        self.order.setAccessibleName("Order of the samples")
        self.grid, self.table = _grid(self.model), _table(self.model)
        self.empty = EmptyState("check", "None", "No sample falls into this group.")
        self.stack = QStackedWidget()
        for part in (self.empty, self.grid, self.table):
            self.stack.addWidget(part)
        self._lay_out()
        self.order.activated.connect(lambda *_: self.changed.emit())
        self.cell.clicked.connect(self.cleared)
        self.model.counted.connect(self._counted)

    def show_samples(self, question: dict[str, Any], *, title: str, cell: str, names: Sequence[str]) -> None:
        """Show what a question is about: its group's `title`, and the `cell` of a matrix it is narrowed down to."""
        self.title.setText(title)
        self.cell.setText(f"{cell} ✕")
        self.cell.setVisible(bool(cell))
        self.model.show_samples({**question, "by": self.order.currentData()}, names)

    def set_series(self, series: Sequence[int]) -> None:
        """Places of the runs in the cycle of colors."""
        delegate = self.grid.itemDelegate()
        assert isinstance(delegate, Tiles)
        delegate.series = tuple(series)
        self.grid.setGridSize(QSize(WIDTH + SPACE.s, SIDE + LINE * (1 + len(series)) + SPACE.l))

    def _counted(self, total: int) -> None:
        self.count.setText(f"{total:,}")
        self.stack.setCurrentWidget(self.empty if not total else self.grid if self.model.pictured else self.table)
        if total and not self.model.pictured:
            self.table.resizeColumnsToContents()

    def _lay_out(self) -> None:
        head = row(gap=SPACE.s)
        for widget in (self.title, self.count, self.cell):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.order)
        box = column(self, gap=SPACE.s)
        box.setContentsMargins(SPACE.m, SPACE.s, SPACE.m, SPACE.xs)
        box.addLayout(head)
        box.addWidget(self.stack, 1)
        self.setMinimumWidth(260)


class Tiles(QStyledItemDelegate):
    """Paints a sample: its picture, its truth, and what each run says, right or wrong."""

    series: tuple[int, ...] = ()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(WIDTH, SIDE + LINE * (1 + len(self.series)) + SPACE.s)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        view, model, sample = self.parent(), index.model(), index.data(SAMPLE)
        assert isinstance(view, QWidget)
        assert isinstance(model, SamplesModel)
        colors, place = colors_of(view), QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state: QStyle.StateFlag = option.state
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.selected if state & QStyle.StateFlag.State_Selected else colors.hover))
            painter.drawRoundedRect(place, RADIUS.s, RADIUS.s)
        left = place.left() + (place.width() - SIDE) // 2
        self._paint_picture(painter, QRect(left, place.top() + SPACE.xs, SIDE, SIDE), model.picture(index.row()))
        line = QRect(place.left() + SPACE.s, place.top() + SIDE + SPACE.s, place.width() - 2 * SPACE.s, LINE)
        painter.setFont(font(TYPE.small, weight=font().Weight.DemiBold))
        painter.setPen(QColor(colors.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, _cut(painter, str(sample["label"]), line.width()))
        painter.setFont(font(TYPE.small))
        for answer, series in zip(sample["answers"], self.series, strict=False):
            line.translate(0, LINE)
            self._paint_answer(painter, line, answer, colors.series[series % len(colors.series)], colors)
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRect, picture: QImage) -> None:
        """Small pictures keep their pixels sharp, so that one sees what the network sees."""
        if picture.isNull():
            return
        small = picture.width() < SIDE
        way = Qt.TransformationMode.FastTransformation if small else Qt.TransformationMode.SmoothTransformation
        shown = picture.scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio, way)
        painter.drawImage(place.center() - shown.rect().center(), shown)

    def _paint_answer(self, painter: QPainter, line: QRect, answer: dict[str, Any], color: str, colors: Colors) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        painter.drawEllipse(line.left(), line.center().y() - 3, 7, 7)
        inks = {True: colors.success, False: colors.error}
        painter.setPen(QColor(inks.get(answer.get("right"), colors.muted)))  # type: ignore[arg-type]
        words, sure = f"{mark(answer)} {answer['text']}".strip(), sureness(answer).strip()
        room = line.adjusted(12, 0, 0, 0)
        right = painter.fontMetrics().horizontalAdvance(sure) + 4 if sure else 0
        painter.drawText(
            room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, _cut(painter, words, room.width() - right)
        )
        painter.setPen(QColor(colors.faint))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, sure)


def _cut(painter: QPainter, words: str, width: int) -> str:
    return painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, width)


def _grid(model: SamplesModel) -> QListView:
    view = QListView()
    view.setModel(model)
    view.setItemDelegate(Tiles(view))
    view.setViewMode(QListView.ViewMode.IconMode)
    view.setMovement(QListView.Movement.Static)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setUniformItemSizes(True)
    view.setMouseTracking(True)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setAccessibleName("Samples")
    return view


def _table(model: SamplesModel) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.verticalHeader().hide()
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    view.setAccessibleName("Samples")
    return view
