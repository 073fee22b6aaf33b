"""A number that one types, steps with the arrow keys, or scrubs by dragging over it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit

from studio.widgets.fields.editor import TextEditor
from studio.widgets.fields.words import stepped
from studio.widgets.style import tag

PIXELS_PER_STEP = 6


class ScrubLine(QLineEdit):
    """A line that says how many steps were asked for: by Up and Down, by the wheel, or by dragging sideways."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        tag(self, kind="number")
        self._pressed: float | None = None
        self._done = 0
        self.setCursor(Qt.CursorShape.SizeHorCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.hasFocus() or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._pressed, self._done = event.position().x(), 0

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        steps = int((event.position().x() - self._pressed) / PIXELS_PER_STEP)
        if steps != self._done:
            self.moved.emit((steps - self._done) * _speed(event.modifiers()))
            self._done = steps

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif self._done == 0:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(way * _speed(event.modifiers()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus() or not event.angleDelta().y():
            event.ignore()  # the form scrolls; a number never changes because the pointer passed over it
            return
        self.moved.emit((1 if event.angleDelta().y() > 0 else -1) * _speed(event.modifiers()))


def _speed(keys: Qt.KeyboardModifier) -> int:
    return 10 if keys & Qt.KeyboardModifier.ShiftModifier else 1


class NumberEditor(TextEditor):
    """A whole number or a float, within the bounds of its parameter."""

    def make_line(self) -> QLineEdit:
        line = ScrubLine()
        line.moved.connect(self._step)
        return line

    def _step(self, steps: int) -> None:
        self.take()
        value = self._value
        if value is None or isinstance(value, bool) or not isinstance(value, int | float):
            return
        self._said = ""
        self.commit(stepped(self.parameter, value, steps))
        self.show_value(self._value)
