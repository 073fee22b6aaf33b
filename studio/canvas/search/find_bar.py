"""The slim bar that finds nodes on the canvas, and the light on those that were found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from studio.canvas.search.seeking import Sought, matching, sought
from studio.theme import SPACE
from studio.widgets import Label, Surface, ToolButton, row, tag

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

WIDTH = 380
HINT = "Find: a name, a kind, out_channels=64, a problem"


class FindBar(Surface):
    """Lies over the canvas at its upper right. Return goes to the next, Shift+Return to the one before, Esc closes.

    Args:
        canvas: where one looks.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__("overlay", parent=canvas)
        self._canvas = canvas
        self.found: tuple[str, ...] = ()
        self._place = 0
        self.line = tag(QLineEdit(), kind="large")
        self.line.setPlaceholderText(HINT)
        self.line.setAccessibleName("Find on the canvas")
        self.count = Label("", "muted")
        self.back = ToolButton("chevron-up", "Previous match (Shift+F3)")
        self.on = ToolButton("chevron-down", "Next match (F3)")
        self.close_button = ToolButton("close", "Close (Esc)")
        line = row(self, gap=SPACE.xxs)
        line.setContentsMargins(1, 1, SPACE.xs, 1)
        line.addWidget(self.line, 1)
        for part in (self.count, self.back, self.on, self.close_button):
            line.addWidget(part)
        self.setFixedWidth(WIDTH)
        self.line.textChanged.connect(self._seek)
        self.line.installEventFilter(self)
        canvas.viewport().installEventFilter(self)
        self.back.clicked.connect(lambda: self.step(-1))
        self.on.clicked.connect(lambda: self.step(1))
        self.close_button.clicked.connect(self.close_up)
        canvas.document.changed.connect(self._look_again)
        canvas.showing.changed.connect(self._look_again)
        self.hide()

    def open(self) -> None:
        """Show the bar, with what was sought last chosen to be typed over."""
        self._stand()
        self.show()
        self.raise_()
        self.line.setFocus()
        self.line.selectAll()
        self._seek()

    def close_up(self) -> None:
        """Close, and light everything again; what was found last stays chosen."""
        self.hide()
        self._canvas.network.light(None)
        self._canvas.setFocus()

    def step(self, way: int) -> None:
        """Go to the next match, or the one before, from the last to the first."""
        if self.isHidden():
            self.open()
        if self.found:
            self._go((self._place + way) % len(self.found))

    def _seek(self) -> None:
        self.found = matching(self._every(), self.line.text())
        asked = bool(self.line.text().strip())
        self._canvas.network.light(set(self.found) if asked else None)
        tag(self.count, role="error" if asked and not self.found else "muted")
        self.count.setText("nothing" if asked and not self.found else "")
        for button in (self.back, self.on):
            button.setEnabled(len(self.found) > 1)
        if self.found:
            self._go(0)

    def _look_again(self) -> None:
        if not self.isHidden():
            self.found = matching(self._every(), self.line.text())
            self._place = min(self._place, max(len(self.found) - 1, 0))
            self._canvas.network.light(set(self.found) if self.line.text().strip() else None)

    def _every(self) -> dict[str, Sought]:
        canvas = self._canvas
        layers, items = canvas.editing.catalogue.layers, canvas.network.nodes
        return {
            node.id: sought(node, layers.get(node.kind), items[node.id].marks.message)
            for node in canvas.graph.nodes
            if node.id in items
        }

    def _go(self, place: int) -> None:
        self._place = place
        self.count.setText(f"{place + 1} of {len(self.found)}")
        canvas = self._canvas
        canvas.selection.set([self.found[place]])
        canvas.camera.reveal(canvas.network.bounds([self.found[place]]))

    def _stand(self) -> None:
        room = self._canvas.viewport().rect()
        self.adjustSize()
        self.move(max(room.right() - self.width() - SPACE.m, 0), SPACE.m)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.line:
            if event.type() is QEvent.Type.Resize and not self.isHidden():
                self._stand()
            return False
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            return False
        return True
