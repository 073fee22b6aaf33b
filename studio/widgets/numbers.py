"""Values with their names above them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from studio.theme import SPACE
from studio.widgets.labels import Label

NONE = "–"
"""What stands where there is no value."""


class Numbers(QWidget):
    """Values with their names above them, side by side."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE.l)
        grid.setVerticalSpacing(2)
        self.values: dict[str, Label] = {}
        for place, name in enumerate(names):
            value = Label(NONE, "mono")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(name)
            self.values[name] = value
            grid.addWidget(Label(name, "caption"), 0, place)
            grid.addWidget(value, 1, place)
            grid.setColumnStretch(place, 1)

    def show_values(self, values: Mapping[str, str]) -> None:
        """Show these; the others stay."""
        for name, value in values.items():
            self.values[name].setText(value)
