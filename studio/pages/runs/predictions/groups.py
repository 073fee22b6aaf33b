"""The groups that samples fall into, with how many are in each, and what that proves."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.pages.runs.predictions.words import Found, notes, scores, verdict
from studio.theme import RADIUS, SPACE, TYPE, Colors, colors_of, font, mono
from studio.widgets import Label, Scroll
from studio.widgets.row_ground import paint_row_ground

ROW = 32
NAME, COUNT, SHARE = (int(Qt.ItemDataRole.UserRole) + more for more in range(3))
TONES = {
    "fixed": "success",
    "better": "success",
    "right": "success",
    "broken": "error",
    "worse": "error",
    "wrong": "error",
    "both wrong": "warning",
    "different": "accent",
}
TIPS = {
    "fixed": "The second run is right where the first was wrong",
    "broken": "The second run is wrong where the first was right",
    "different": "The two answer differently, rightly or not",
    "better": "The second run is nearer to the truth",
    "worse": "The second run is farther from the truth",
}


class Groups(Scroll):
    """Lists the groups; the chosen one's samples are shown."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(margin=SPACE.m, gap=SPACE.s)
        self.list = QListWidget()
        self.list.setItemDelegate(_Rows(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Groups of samples")
        self.count = Label("", "strong")
        self.verdict, self.notes = Label("", "muted", wrap=True), Label("", "caption", wrap=True)
        for part in (self.count, self.list, self.verdict, self.notes):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.setMinimumWidth(190)
        self.list.currentItemChanged.connect(self._chose)

    @property
    def group(self) -> str:
        """The chosen group's name."""
        item: QListWidgetItem | None = self.list.currentItem()
        return str(item.data(NAME)) if item else "all"

    def show_found(self, found: Found) -> None:
        """Show a comparison; the same group stays chosen where there is one."""
        before = self.group
        self.list.blockSignals(True)
        self.list.clear()
        for one in found["groups"]:
            item = QListWidgetItem(one["title"])
            for role, value in ((NAME, one["name"]), (COUNT, one["count"])):
                item.setData(role, value)
            item.setData(SHARE, one["count"] / max(found["samples"], 1))
            item.setToolTip(TIPS.get(one["name"], ""))
            self.list.addItem(item)
        names = [one["name"] for one in found["groups"]]
        self.list.setCurrentRow(names.index(before) if before in names and before != "all" else 0)
        self.list.blockSignals(False)
        self.list.setFixedHeight(ROW * self.list.count() + 2)
        self.count.setText(f"{found['samples']:,} samples")
        for label, words in ((self.verdict, verdict(found)), (self.notes, "\n".join(notes(found)))):
            label.setText(words)
            label.setVisible(bool(words))
        self.count.setToolTip("\n".join(scores(found)))

    def _chose(self) -> None:
        if self.list.selectedItems():
            self.chosen.emit(self.group)


class _Rows(QStyledItemDelegate):
    """A name and a count, over a bar for the share of all samples."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        view = self.parent()
        assert isinstance(view, QWidget)
        colors = colors_of(view)
        place: QRect = option.rect.adjusted(0, 1, 0, -1)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, place, state, colors, radius=RADIUS.s)
        self._paint_words(painter, place.adjusted(SPACE.s, 0, -SPACE.s, -4), index, colors)
        bar = QRectF(place.left() + SPACE.s, place.bottom() - 5, place.width() - 2 * SPACE.s, 2)
        painter.fillRect(bar, QColor(colors.border))
        bar.setWidth(bar.width() * float(index.data(SHARE)))
        painter.fillRect(bar, QColor(self._ink(str(index.data(NAME)), colors)))
        painter.restore()

    def _paint_words(
        self, painter: QPainter, place: QRect, index: QModelIndex | QPersistentModelIndex, colors: Colors
    ) -> None:
        painter.setFont(font())
        painter.setPen(QColor(colors.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, index.data())
        painter.setFont(mono(TYPE.small))
        painter.setPen(QColor(colors.muted))
        count = f"{index.data(COUNT):,}"
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)

    def _ink(self, name: str, colors: Colors) -> str:
        return colors.tone(TONES.get(name, "neutral"))[0]
