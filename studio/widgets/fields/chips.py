"""Values side by side: those that are tried, each with a way out, or all that there are, each on or off."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from studio import icons
from studio.theme import SPACE
from studio.widgets.fields.words import write_choice
from studio.widgets.flow import Flow
from studio.widgets.style import column, tag


class Chips(QWidget):
    """Shows values; says which there should be.

    Args:
        every: all that there can be, of which some are on; none lets others be written.
        name: what they are values of, for those who cannot see it.
    """

    edited = Signal(object)
    """A person wants these values."""
    written = Signal(str)
    """A person wrote another value."""

    def __init__(self, every: Iterable[Any] = (), *, name: str) -> None:
        super().__init__()
        self._every = tuple(every)
        self._shown: tuple[Any, ...] | None = None
        self.values: tuple[Any, ...] = ()
        """What is on."""
        self.buttons: list[QPushButton] = []
        self._place = QWidget()
        self._flow = Flow(self._place)
        self.line = QLineEdit()
        self.line.setPlaceholderText("Add a value")
        self.line.setToolTip("Several at once have commas between")
        self.line.setAccessibleName(f"Another value of {name} to try")
        self.line.returnPressed.connect(self._write)
        self.line.setVisible(not self._every)
        box = column(self, gap=SPACE.xs)
        box.addWidget(self._place)
        box.addWidget(self.line)

    def show_values(self, values: tuple[Any, ...]) -> None:
        """Show these as what is tried."""
        self.values = values
        shown = self._every + tuple(one for one in values if one not in self._every)
        if shown != self._shown:
            self._build(shown)
        if self._every:
            for button, value in zip(self.buttons, shown, strict=True):
                button.setChecked(value in values)

    def _build(self, shown: tuple[Any, ...]) -> None:
        self._shown = shown
        focused = any(button.hasFocus() for button in self.buttons)
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.buttons = [self._chip(value) for value in shown]
        for button in self.buttons:
            self._flow.addWidget(button)
        self._place.setVisible(bool(shown))
        self._place.updateGeometry()
        if focused and self.line.isVisibleTo(self):
            self.line.setFocus()

    def _chip(self, value: Any) -> QPushButton:
        words = write_choice(value)
        chip = tag(QPushButton(words), kind="chip")
        if self._every:
            chip.setCheckable(True)
            chip.setAccessibleName(f"Try {words}")
            chip.clicked.connect(lambda on: self._switch(value, on))
        else:
            chip.setIcon(icons.icon("close"))
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the way out stands behind the value
            chip.setAccessibleName(f"Do not try {words}")
            chip.setToolTip(f"Do not try {words}")
            chip.clicked.connect(partial(self._drop, value))
        return chip

    def _switch(self, value: Any, on: bool) -> None:  # Qt calls it
        left = [one for one in (self._shown or ()) if (on if one == value else one in self.values)]
        self.edited.emit(tuple(left))

    def _drop(self, value: Any, *_: object) -> None:
        self.edited.emit(tuple(one for one in self.values if one != value))

    def _write(self) -> None:
        if self.line.text().strip():
            self.written.emit(self.line.text())
