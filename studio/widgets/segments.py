"""A few buttons side by side of which one is chosen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from studio.theme import SPACE
from studio.widgets.style import row


class Segments(QWidget):
    """One of several, all of them in sight.

    Args:
        choices: words by value; the first is chosen.
        name: what is chosen, for those who cannot see it.
    """

    chosen = Signal(str)
    """A person chose another."""

    def __init__(self, choices: Mapping[str, str], *, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        line = row(self, gap=SPACE.xxs)
        for value, words in choices.items():
            button = QToolButton()
            button.setText(words)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
            self._group.addButton(button)
            self._buttons[value] = button
            line.addWidget(button)
        next(iter(self._buttons.values())).setChecked(True)

    @property
    def value(self) -> str:
        """What is chosen."""
        return next(value for value, button in self._buttons.items() if button.isChecked())

    @property
    def buttons(self) -> tuple[QToolButton, ...]:
        """All of them, as they stand."""
        return tuple(self._buttons.values())

    def choose(self, value: str) -> None:
        """Choose one, without telling anyone."""
        self._buttons[value].setChecked(True)

    def offer(self, value: str, *, on: bool) -> None:
        """Whether one can be chosen."""
        self._buttons[value].setEnabled(on)
