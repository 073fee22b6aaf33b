"""A square table painted in colors: which class was taken for which, from two classes to a thousand."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.theme import TYPE, Colors, colors_of, contrast, font, mono
from studio.widgets.ramp import mixed

Counts: TypeAlias = NDArray[np.float64]
Measure: TypeAlias = Literal["share", "count"]
NAMES = 72
"""Pixels that the names of classes take at most, at the left."""
LINE = 14
ROOM = 23
"""Pixels of a cell from which its number is written in it."""
GAP = 8
"""Pixels of a cell from which there is a gap between cells."""


class Cell(NamedTuple):
    """A place in the matrix."""

    row: int
    column: int


class Matrix(QWidget):
    """Rows are true classes, columns are answers; the pointer or the arrow keys point at a cell, a click chooses it.

    Right answers are in the accent's color, mistakes in that of errors: each the stronger the more there are. A
    difference of two matrices is blue where there are more right answers or fewer mistakes, red where it is worse.
    """

    pointed = Signal(object)
    """The cell under the pointer, or None."""
    chosen = Signal(object)
    """A cell that was clicked, or None for the one that was chosen before."""

    def __init__(self, *, difference: bool = False) -> None:
        super().__init__()
        self._difference = difference
        self._counts: Counts = np.zeros((0, 0))
        self._shown: Counts = self._counts
        self._classes: tuple[str, ...] = ()
        self._measure: Measure = "share"
        self._picture: QImage | None = None
        self.cell: Cell | None = None
        """What is pointed at."""
        self.picked: Cell | None = None
        """What was chosen."""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(130, 110)
        self.setAccessibleName("Difference of the confusion matrices" if difference else "Confusion matrix")

    def sizeHint(self) -> QSize:
        return QSize(260, 240)

    def show_matrix(self, counts: Counts, classes: tuple[str, ...], measure: Measure, *, before: Counts | None) -> None:
        """Show counts, truth × answer, as they are or as shares of their row; of a difference, less those `before`."""
        self._counts, self._classes, self._measure = counts, classes, measure
        self._shown = shares(counts) if measure == "share" else counts
        if before is not None:
            self._shown = self._shown - (shares(before) if measure == "share" else before)
        self._picture = None
        self.update()

    def point_at(self, cell: Cell | None) -> None:
        """Point at a cell, as the matrices beside this one do."""
        if cell != self.cell:
            self.cell = cell
            self.update()

    def pick(self, cell: Cell | None) -> None:
        """Show that a cell is chosen."""
        self.picked = cell
        self.update()

    def shown(self, cell: Cell) -> float:
        """What a cell says: a count, a share of its row, or the difference of two."""
        return float(self._shown[cell])

    def area(self) -> QRectF:
        """The square of cells."""
        names = self._names_width()
        side = max(10.0, min(self.width() - names - 2.0, self.height() - LINE - 4.0))
        return QRectF(names + max(0.0, (self.width() - names - side) / 2), LINE + 2, side, side)

    def cell_at(self, place: QPointF) -> Cell | None:
        """The cell there."""
        area, count = self.area(), len(self._classes)
        if not count or not area.contains(place):
            return None
        step = area.width() / count
        row, column = ((place.y() - area.top()) / step, (place.x() - area.left()) / step)
        return Cell(min(int(row), count - 1), min(int(column), count - 1))

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._classes:
            return
        painter, colors, area = QPainter(self), colors_of(self), self.area()
        if self._picture is None:
            self._picture = painted(self._shown, colors, difference=self._difference)
        painter.drawImage(area, self._picture)
        step = area.width() / len(self._classes)
        if step >= GAP:
            self._paint_gaps(painter, area, step, colors)
        if step >= ROOM:
            self._paint_numbers(painter, area, step, colors)
        self._paint_names(painter, area, step, colors)
        self._paint_marks(painter, area, step, colors)

    def _paint_gaps(self, painter: QPainter, area: QRectF, step: float, colors: Colors) -> None:
        painter.setPen(QPen(QColor(colors.surface), 1))
        for at in range(len(self._classes) + 1):
            across, down = area.left() + at * step, area.top() + at * step
            painter.drawLine(QPointF(across, area.top()), QPointF(across, area.bottom()))
            painter.drawLine(QPointF(area.left(), down), QPointF(area.right(), down))

    def _paint_numbers(self, painter: QPainter, area: QRectF, step: float, colors: Colors) -> None:
        painter.setFont(mono(TYPE.caption))
        for row, column in zip(*np.nonzero(self._shown), strict=True):
            value = self.shown(Cell(row, column))
            words = said(value, self._measure, signed=self._difference).removesuffix(" %")
            if painter.fontMetrics().horizontalAdvance(words) > step - 2:
                words = said(value, self._measure, signed=self._difference, rounded=True).removesuffix(" %")
            ground = self._picture.pixelColor(int(column), int(row)) if self._picture else QColor(colors.surface)
            name = ground.name()
            painter.setPen(QColor(max(colors.text, colors.window, key=lambda ink: contrast(ink, name))))
            place = QRectF(area.left() + column * step, area.top() + row * step, step, step)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_names(self, painter: QPainter, area: QRectF, step: float, colors: Colors) -> None:
        painter.setFont(font(TYPE.caption))
        metrics, right = painter.fontMetrics(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        width = max(metrics.horizontalAdvance(name) for name in self._classes) + 4
        for at, name in enumerate(self._classes):
            lit = self.cell is not None
            if at % stride_of(step, LINE) == 0 or (self.cell is not None and self.cell.row == at):
                painter.setPen(QColor(colors.text if lit and self.cell and self.cell.row == at else colors.faint))
                fitted = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, NAMES - 6)
                painter.drawText(QRectF(0, area.top() + (at + 0.5) * step - 8, area.left() - 5, 16), right, fitted)
            if at % stride_of(step, min(width, NAMES) + 8) == 0:
                painter.setPen(QColor(colors.text if lit and self.cell and self.cell.column == at else colors.faint))
                fitted = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, NAMES)
                place = QRectF(area.left() + (at + 0.5) * step - NAMES / 2, area.top() - LINE - 2, NAMES, LINE)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, fitted)

    def _paint_marks(self, painter: QPainter, area: QRectF, step: float, colors: Colors) -> None:
        for cell, width in ((self.picked, 2.0), (self.cell, 1.0)):
            if cell is None or max(cell) >= len(self._classes):
                continue
            place = QRectF(area.left() + cell.column * step, area.top() + cell.row * step, step, step)
            if width == 1.0:
                veil = QColor(colors.text)
                veil.setAlpha(26)
                painter.fillRect(QRectF(area.left(), place.top(), area.width(), step), veil)
                painter.fillRect(QRectF(place.left(), area.top(), step, area.height()), veil)
            painter.setPen(QPen(QColor(colors.text), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _names_width(self) -> int:
        self_metrics = self.fontMetrics()
        longest = max((self_metrics.horizontalAdvance(name) for name in self._classes), default=0)
        return min(longest + 6, NAMES)

    # pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.cell_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        self.chosen.emit(None if cell == self.picked else cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        last = len(self._classes) - 1
        if event.key() in steps and last >= 0:
            row, column = self.cell or (0, 0)
            down, across = steps[Qt.Key(event.key())]
            self._point(Cell(min(max(row + down, 0), last), min(max(column + across, 0), last)))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Space} and self.cell is not None:
            self.chosen.emit(None if self.cell == self.picked else self.cell)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._picture = None
            self.update()

    def _point(self, cell: Cell | None) -> None:
        self.point_at(cell)
        self.pointed.emit(cell)


def shares(counts: Counts) -> Counts:
    """Counts as shares of their row; a row without any stays empty."""
    return np.asarray(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1))


def said(value: float, measure: Measure, *, signed: bool = False, rounded: bool = False) -> str:
    """A cell's number in words: `12`, `4.3 %`, `+2`; where there is little room, `4 %`."""
    plus = "+" if signed and value > 0 else ""
    if measure == "count":
        return f"{plus}{value:,.0f}".replace("-", "−")
    percent = value * 100
    return (
        f"{plus}{percent:.0f} %".replace("-", "−")
        if rounded or abs(percent) >= 9.95
        else f"{plus}{percent:.1f} %".replace("-", "−")
    )


def stride_of(step: float, room: float) -> int:
    """Every how many cells there is room for a name."""
    return max(1, int(np.ceil(room / step)))


def painted(values: Counts, colors: Colors, *, difference: bool) -> QImage:
    """A pixel a cell. The square root of a number colors it, so that the few mistakes of many samples are seen."""
    count = len(values)
    good, bad = (colors.info, colors.error) if difference else (colors.accent, colors.error)
    largest = float(np.abs(values).max(initial=0)) or 1.0
    strength = np.sqrt(np.abs(values) / largest)
    better = values >= 0 if difference else np.ones_like(values, bool)
    hits = np.eye(count, dtype=bool)
    fine = np.where(hits, better, ~better if difference else False)
    table = np.array([[mixed(ink, colors.sunken, at / 63).rgb() for at in range(64)] for ink in (bad, good)], np.uint32)
    pixels = np.ascontiguousarray(table[fine.astype(int), (strength * 63).round().astype(int)])
    image = QImage(pixels.data, count, count, count * 4, QImage.Format.Format_RGB32)
    return image.copy()  # the picture keeps its own memory
