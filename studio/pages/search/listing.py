"""The list at the left: what is open and could be searched, and below it every study of the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from studio import icons
from studio.studies import Listed
from studio.theme import SPACE, colors_of
from studio.widgets import Label, Line, Surface, column, row, run_tone
from studio.widgets.chart.words import number
from studio.widgets.ink import Ink, ink
from studio.widgets.row_ground import paint_row_ground

TALL = 56
DOT = 8
NEW = Listed(id="", name="New search")
LINE = Qt.ItemDataRole.UserRole


class StudyList(Surface):
    """New search first, then studies, the newest first."""

    chosen = Signal(str)
    """The id of a study, empty for a new search."""
    menu_asked = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__("panel")
        self.list = QListWidget()
        self.list.setAccessibleName("Studies")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_Item(self.list))
        self.count = Label("", "caption")
        self._open = ""
        self.list.addItem(_item(NEW))
        self.list.setCurrentRow(0)
        self.list.currentItemChanged.connect(self._choose)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._ask_menu)
        self._quiet = False
        head = row(gap=SPACE.s)
        head.setContentsMargins(SPACE.l, SPACE.m, SPACE.m, SPACE.m)
        head.addWidget(Label("Search", "heading"))
        head.addStretch(1)
        head.addWidget(self.count)
        box = column(self)
        box.addLayout(head)
        box.addWidget(Line())
        box.addWidget(self.list, 1)
        self.setFocusProxy(self.list)

    def show_studies(self, studies: Sequence[Listed]) -> None:
        """List these below; which one is chosen stays so."""
        chosen = self.current()
        self._quiet = True
        while self.list.count() > len(studies) + 1:
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(studies) + 1:
            self.list.addItem(_item(NEW))
        for place, one in enumerate(studies, 1):
            self._set(place, one)
        self.choose(chosen)
        self._quiet = False
        count = len(studies)
        self.count.setText("" if not count else "1 study" if count == 1 else f"{count:,} studies")

    def show_new(self, project: str, words: str) -> None:
        """What a new search would be of."""
        self._set(0, Listed(id="", name="New search", project=project, trouble=words))

    def choose(self, study: str) -> None:
        """Choose one without telling anybody; a new search where it is not there."""
        places = [place for place in range(self.list.count()) if self._line(place).id == study]
        quiet, self._quiet = self._quiet, True
        self.list.setCurrentRow(places[0] if places else 0)
        self._quiet = quiet

    def current(self) -> str:
        """The id of the one that is chosen."""
        item = self.list.currentItem()
        return str(item.data(LINE).id) if item else ""

    def _line(self, place: int) -> Listed:
        found: Listed = self.list.item(place).data(LINE)
        return found

    def _set(self, place: int, line: Listed) -> None:
        item = self.list.item(place)
        if item.data(LINE) != line:
            item.setData(LINE, line)
            item.setToolTip(_tip(line))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (line.name, *_words(line)))))

    def _choose(self) -> None:
        if not self._quiet:
            self.chosen.emit(self.current())

    def _ask_menu(self, at: QPoint) -> None:
        item = self.list.itemAt(at)
        if item is not None and item.data(LINE).id:
            self.list.setCurrentItem(item)
            self.menu_asked.emit(self.list.viewport().mapToGlobal(at))


class _Item(QStyledItemDelegate):
    """A study in two lines: its name, then its state, how many trials are over, and the best value."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view
        self._ink = Ink()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, TALL)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        style: Any = option  # PySide's stubs leave the fields out
        line: Listed = index.data(LINE)
        colors, place = colors_of(self._view), QRect(style.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(painter, place.adjusted(SPACE.xs, 1, -SPACE.xs, -1), style.state, colors)
        room = QRectF(place).adjusted(SPACE.m, SPACE.s, -SPACE.m, -SPACE.s)
        mark = QRectF(room.left(), room.top() + 2, 14, 14)
        if line.id:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink(colors.tone(run_tone(line.state))[0] if not line.trouble else colors.error))
            painter.drawEllipse(mark.center(), DOT / 2, DOT / 2)
        else:
            icons.paint(painter, mark, "add", colors.accent)
        upper = QRectF(room.left() + 22, room.top(), room.width() - 22, room.height() / 2)
        lower = upper.translated(0, room.height() / 2)
        said, best = _words(line)
        tone = colors.error if line.id and line.trouble else colors.muted
        width = self._ink.width(best, "small") + SPACE.s if best else 0.0
        self._ink.write(painter, upper, line.name, style=("strong", colors.text))
        self._ink.write(painter, lower.adjusted(0, 0, -width, 0), said, style=("small", tone))
        self._ink.write(painter, lower, best, style=("small", colors.text), side="right")
        painter.restore()


def _words(line: Listed) -> tuple[str, str]:
    """What stands below the name, and the best value at its right."""
    if not line.id:
        return f"{line.project} · {line.trouble}" if line.trouble else line.project, ""
    if line.trouble:
        return line.trouble, ""
    trials = "1 trial" if line.trials == 1 else f"{line.trials:,} trials"
    return f"{line.state} · {trials}", "" if line.best is None else number(line.best)


def _tip(line: Listed) -> str:
    if not line.id:
        return "What the open project marks for search"
    best = "" if line.best is None else f"\nBest: {number(line.best)}"
    return line.trouble or f"{line.name}\nProject: {line.project}{best}"


def _item(line: Listed) -> QListWidgetItem:
    made = QListWidgetItem()
    made.setData(LINE, line)
    return made
