"""The sentence beside the pointer that says what would happen, or why it cannot."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from studio.theme import SPACE
from studio.widgets import Label, Surface, row, tag

OFFSET = QPoint(18, 20)
WIDEST = 280


class Hint(Surface):
    """A small card on a widget that never takes the mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("overlay", parent=parent)
        self._over = parent
        self._label = Label("", wrap=True)
        row(self, margin=SPACE.s).addWidget(self._label)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def text(self) -> str:
        """What is said, empty while nothing is."""
        return self._label.text() if not self.isHidden() else ""

    def say(self, sentence: str, at: QPoint, *, refused: bool = False) -> None:
        """Show a sentence near a point; an empty one hides the card."""
        if not sentence:
            self.hide()
            return
        if sentence != self._label.text() or not self.isVisible():
            tag(self._label, role="error" if refused else "muted")
            wide = min(self._label.fontMetrics().horizontalAdvance(sentence) + 4, WIDEST)
            self._label.setFixedWidth(wide)
            self._label.setText(sentence)
            self.adjustSize()
        self._place(at + OFFSET)
        self.show()
        self.raise_()

    def _place(self, at: QPoint) -> None:
        room = self._over.rect()
        x = min(at.x(), room.right() - self.width() - SPACE.s)
        y = at.y() if at.y() + self.height() < room.bottom() else at.y() - self.height() - 2 * OFFSET.y()
        self.move(max(x, SPACE.s), max(y, SPACE.s))
