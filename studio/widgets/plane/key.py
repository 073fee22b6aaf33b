"""What shapes mean: a legend whose entries hide and show what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio.theme import SPACE, TYPE, Colors, colors_of, font
from studio.widgets.plane.shapes import Shape, paint_shape
from studio.widgets.style import row

HIGH = 26


@dataclass(frozen=True)
class Entry:
    """One kind of thing: its shape and color, what it is called, and how many there are."""

    name: str
    words: str
    shape: Shape
    ink: Callable[[Colors], str]
    count: int = 0


class Chip(QAbstractButton):
    """One entry; pressed it hides or shows its things."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.setCheckable(True)
        self.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.tell(entry)

    def tell(self, entry: Entry) -> None:
        """The same kind, with another number of things."""
        self.entry = entry
        self.setText(f"{entry.words} {entry.count:,}" if entry.count else entry.words)
        self.setAccessibleName(self.text())
        self.setToolTip(f"Hide or show what is {entry.words}")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        self.setFont(font(TYPE.small))
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 22 + SPACE.s, HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colors = QPainter(self), colors_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.hover))
            painter.drawRoundedRect(self.rect().adjusted(0, 2, 0, -2), 4, 4)
        shown = self.isChecked()
        paint_shape(
            painter,
            self.entry.shape,
            QPointF(11, self.height() / 2),
            4,
            QColor(self.entry.ink(colors) if shown else colors.disabled),
        )
        painter.setFont(font(TYPE.small))
        painter.setPen(QColor(colors.muted if shown else colors.disabled))
        words = self.rect().adjusted(20, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if not shown:
            width = painter.fontMetrics().horizontalAdvance(self.text())
            painter.drawLine(20, self.height() // 2, 20 + width, self.height() // 2)


class Key(QWidget):
    """The entries in a line."""

    toggled = Signal()
    """Something is hidden or shown."""

    def __init__(self) -> None:
        super().__init__()
        self._line = row(self, gap=SPACE.xxs)
        self.chips: dict[str, Chip] = {}

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these; what is hidden stays hidden."""
        names = [one.name for one in entries]
        if names != list(self.chips):
            hidden = self.hidden()
            for chip in self.chips.values():
                self._line.removeWidget(chip)
                chip.hide()
                chip.deleteLater()
            self.chips = {one.name: self._chip(one, on=one.name not in hidden) for one in entries}
        for one in entries:
            self.chips[one.name].tell(one)

    def hidden(self) -> frozenset[str]:
        """Names of what is hidden."""
        return frozenset(name for name, chip in self.chips.items() if not chip.isChecked())

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is shown, for a picture."""
        return tuple(chip.entry for chip in self.chips.values() if chip.isChecked())

    def _chip(self, entry: Entry, *, on: bool) -> Chip:
        chip = Chip(entry)
        chip.setChecked(on)
        chip.toggled.connect(lambda _: self.toggled.emit())
        self._line.addWidget(chip)
        return chip
