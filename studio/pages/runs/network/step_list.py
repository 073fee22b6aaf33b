"""The list of differences beside the drawing: a sign, what it is called, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.pages.runs.network.steps import Step
from studio.pages.runs.network.words import LOOKS
from studio.theme import RADIUS, SPACE, TYPE, colors_of, font

AnyIndex = QModelIndex | QPersistentModelIndex
STEP = Qt.ItemDataRole.UserRole
HEIGHT = 46
SIGN = 20


class Steps(QAbstractListModel):
    """The steps of a walk."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.steps: tuple[Step, ...] = ()

    def show(self, steps: Sequence[Step]) -> None:
        """Have these instead."""
        self.beginResetModel()
        self.steps = tuple(steps)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.steps)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        step = self.steps[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{step.title} {LOOKS[step.status].word}"
            case Qt.ItemDataRole.ToolTipRole:
                return f"{step.title}: {LOOKS[step.status].word}\n{step.words}\nin {step.names[1] or step.names[0]}"
            case _ if role == STEP:
                return step
        return None


class StepList(QListView):
    """Shows the steps; a click goes to one."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.model_ = Steps(self)
        self.setModel(self.model_)
        self.setItemDelegate(_Line(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What differs")
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))
        self.activated.connect(lambda index: self.chosen.emit(index.row()))

    def show_steps(self, steps: Sequence[Step]) -> None:
        """List these."""
        self.model_.show(steps)

    def mark(self, place: int) -> None:
        """Show which one is looked at; none for -1."""
        self.setCurrentIndex(self.model_.index(place, 0))


class _Line(QStyledItemDelegate):
    """Two lines of text beside a sign in its tone."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(120, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        view = self.parent()
        assert isinstance(view, QWidget)
        style: Any = option  # PySide's stubs leave the fields out
        colors, step, place = colors_of(view), index.data(STEP), style.rect.adjusted(SPACE.xs, 1, -SPACE.xs, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if style.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.selected if style.state & QStyle.StateFlag.State_Selected else colors.hover))
            painter.drawRoundedRect(place, RADIUS.m, RADIUS.m)
        _paint_sign(
            painter, QRectF(place.left() + SPACE.s, place.center().y() - SIGN / 2 + 1, SIGN, SIGN), step, colors
        )
        left = place.left() + SPACE.s + SIGN + SPACE.s
        room = QRectF(left, place.top() + 5, place.right() - left - SPACE.s, place.height() - 10)
        where = step.names[1] or step.names[0]
        title = step.title if where == "model" else f"{where} · {step.title}"
        _paint_text(painter, room, title, font(TYPE.body), colors.text, Qt.AlignmentFlag.AlignTop)
        _paint_text(painter, room, step.words, font(TYPE.small), colors.muted, Qt.AlignmentFlag.AlignBottom)
        painter.restore()


def _paint_sign(painter: QPainter, box: QRectF, step: Step, colors: Any) -> None:
    look = LOOKS[step.status]
    ink, ground = colors.tone(look.tone)
    painter.setPen(QColor(ink))
    painter.setBrush(QColor(ground))
    painter.drawEllipse(box)
    painter.setFont(font(TYPE.body))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, look.sign)


def _paint_text(  # noqa: PLR0913, PLR0917 - what painting takes
    painter: QPainter, room: QRectF, text: str, face: Any, color: str, side: Qt.AlignmentFlag
) -> None:
    painter.setFont(face)
    painter.setPen(QColor(color))
    shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, side | Qt.AlignmentFlag.AlignLeft, shown)
