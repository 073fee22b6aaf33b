"""A small card that asks for one or two whole numbers before something is done; it stands in nobody's way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSpinBox, QWidget

from studio.theme import SPACE
from studio.widgets.buttons import Button, ToolButton
from studio.widgets.labels import Label
from studio.widgets.popover import Popover
from studio.widgets.style import column, row

WIDTH = 340


@dataclass(frozen=True, kw_only=True)
class Number:
    """A whole number that is asked for, from the least to the most."""

    key: str
    label: str
    value: int
    least: int
    most: int
    tip: str = ""


class Ask(Popover):
    """The card: Return does it, Escape or a click elsewhere leaves it.

    Args:
        title: what will be done.
        parent: the window that it lies on.
    """

    accepted = Signal(dict)
    """What was typed, by key."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent, width=WIDTH)
        self._says: Callable[[Mapping[str, int]], str] = lambda _: ""
        self.fields: dict[str, QSpinBox] = {}
        self.sentence = Label("", "muted", wrap=True)
        self.go = Button("", kind="primary", icon="play")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE.m)
        self._grid.setVerticalSpacing(SPACE.s)
        self._grid.setColumnStretch(1, 1)
        self._lay_out(title)
        self.go.clicked.connect(self._accept)

    @property
    def values(self) -> dict[str, int]:
        """What is typed now, by key."""
        return {key: field.value() for key, field in self.fields.items()}

    def ask(self, numbers: Sequence[Number], *, button: str, says: Callable[[Mapping[str, int]], str]) -> None:
        """Ask for these; `says` tells in a sentence what the numbers mean, as they are typed."""
        self._says = lambda _: ""  # not before all that it speaks of is there
        self.go.setText(button)
        for number in numbers:
            field = self._field(number)
            field.setRange(number.least, number.most)
            field.setValue(number.value)
        self._says = says
        self._tell()

    def open_at(self, corner: QPoint) -> None:
        """Show it there, ready to type."""
        super().open_at(corner)
        first = next(iter(self.fields.values()))
        first.setFocus()
        first.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._accept()
        else:
            super().keyPressEvent(event)

    def _accept(self) -> None:
        for field in self.fields.values():
            field.interpretText()
        values = self.values
        self.leave()
        self.accepted.emit(values)

    def _tell(self) -> None:
        self.sentence.setText(self._says(self.values))
        self.adjustSize()

    def _field(self, number: Number) -> QSpinBox:
        if number.key not in self.fields:
            field = self.fields[number.key] = QSpinBox()
            field.setAccessibleName(number.label)
            field.setToolTip(number.tip)
            field.setGroupSeparatorShown(True)
            field.valueChanged.connect(self._tell)
            line = len(self.fields) - 1
            self._grid.addWidget(Label(number.label, "label"), line, 0)
            self._grid.addWidget(field, line, 1)
        return self.fields[number.key]

    def _lay_out(self, title: str) -> None:
        box = column(self, margin=SPACE.l, gap=SPACE.m)
        head = row(gap=SPACE.s)
        shut = ToolButton("close", "Close")
        shut.clicked.connect(self.leave)
        head.addWidget(Label(title, "title"))
        head.addStretch(1)
        head.addWidget(shut)
        foot = row(gap=SPACE.s)
        foot.addStretch(1)
        foot.addWidget(self.go)
        box.addLayout(head)
        box.addLayout(self._grid)
        box.addWidget(self.sentence)
        box.addLayout(foot)
