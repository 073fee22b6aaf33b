"""Pages and a service for tests of the window that need nothing of the engine."""

import sys
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from studio.context import Studio
from studio.pages import Page
from studio.window import PageKind

SILENT = (sys.executable, "-c", "import sys; sys.stdin.read()")


class First(Page):
    """A page with a field to type into."""

    title = "First"
    made: ClassVar[list[str]] = []

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.made.append(self.title)
        self.shown = 0
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)

    def activated(self) -> None:
        self.shown += 1


class Second(First):
    """Another, which asks something whenever it is shown."""

    title = "Second"

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self._answer = QTimer(self, singleShot=True, interval=20)

    def activated(self) -> None:
        super().activated()
        self._answer.start()

    def settled(self) -> bool:
        return not self._answer.isActive()


KINDS = {
    "design": PageKind("Design", "design", "tests.studio.shell_fakes:First"),
    "train": PageKind("Train", "train", "tests.studio.shell_fakes:Second"),
}
