"""The runs that wait for their turn."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.theme import SPACE
from studio.widgets import Card, Elided, Label, ToolButton, row


class QueueCard(Card):
    """Waiting runs in the order of their turns, each with a cross that takes it out of the queue."""

    withdrawn = Signal(str)

    def __init__(self) -> None:
        super().__init__("Queue")
        self._rows: dict[str, QWidget] = {}
        self.crosses: dict[str, ToolButton] = {}
        self.hide()

    def show_queue(self, names: Mapping[str, str]) -> None:
        """Show these runs, name by id."""
        if list(names) != list(self._rows):
            self._build(names)
        self.header.set_hint(f"{len(names)} waiting")
        self.setVisible(bool(names))

    def _build(self, names: Mapping[str, str]) -> None:
        for old in self._rows.values():
            old.hide()
            old.deleteLater()
        self._rows, self.crosses = {}, {}
        for place, (run, name) in enumerate(names.items(), start=1):
            self._rows[run] = self._row(place, run, name)
            self.body.addWidget(self._rows[run])

    def _row(self, place: int, run: str, name: str) -> QWidget:
        made = QWidget()
        line = row(made, gap=SPACE.s)
        cross = ToolButton("close", f"Take {name} out of the queue")
        cross.clicked.connect(lambda: self.withdrawn.emit(run))
        title = Elided(name)
        title.setToolTip(run)
        line.addWidget(Label(str(place), "number"))
        line.addWidget(title, 1)
        line.addWidget(cross)
        self.crosses[run] = cross
        return made
