"""The runs that wait for their turn."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from studio.widgets import Card
from studio.widgets.waiting import Waiting


class QueueCard(Card):
    """Waiting runs in the order of their turns, each with a cross that takes it out of the queue."""

    withdrawn = Signal(str)

    def __init__(self) -> None:
        super().__init__("Queue")
        self.list = Waiting()
        self.list.withdrawn.connect(self.withdrawn)
        self.body.addWidget(self.list)
        self.hide()

    def show_queue(self, names: Mapping[str, str]) -> None:
        """Show these runs, name by id."""
        self.list.show_waiting(names)
        self.header.set_hint(f"{len(names)} waiting")
        self.setVisible(bool(names))
