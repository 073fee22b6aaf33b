"""What waits for its turn, line by line."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.theme import SPACE
from studio.widgets.buttons import ToolButton
from studio.widgets.labels import Elided, Label
from studio.widgets.style import column, row


class Waiting(QWidget):
    """Names in the order of their turns, each with a cross that takes it out."""

    withdrawn = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, QWidget] = {}
        self._names: dict[str, str] = {}
        self.crosses: dict[str, ToolButton] = {}
        self._box = column(self, gap=SPACE.xs)

    def show_waiting(self, names: Mapping[str, str]) -> None:
        """Show these, name by id; lines are made anew only where they differ."""
        if dict(names) == self._names and list(names) == list(self._names):
            return
        self._names = dict(names)
        for old in self._rows.values():
            old.hide()
            old.deleteLater()
        self._rows, self.crosses = {}, {}
        for place, (key, name) in enumerate(names.items(), start=1):
            self._rows[key] = self._row(place, key, name)
            self._box.addWidget(self._rows[key])

    def _row(self, place: int, key: str, name: str) -> QWidget:
        made = QWidget()
        line = row(made, gap=SPACE.s)
        cross = ToolButton("close", f"Take {name} out of the queue")
        cross.clicked.connect(lambda: self.withdrawn.emit(key))
        number = Label(str(place), "number")
        number.setFixedWidth(number.fontMetrics().horizontalAdvance("000"))
        line.addWidget(number)
        line.addWidget(Elided(name, middle=True), 1)
        line.addWidget(cross)
        self.crosses[key] = cross
        return made
