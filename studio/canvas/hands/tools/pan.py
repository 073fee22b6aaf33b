"""Dragging the canvas itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from studio.canvas.hands.tools.tool import Tool

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Pan(Tool):
    """Move the view with the hand; giving up brings it back."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, canvas: Canvas, press: QPointF) -> None:
        super().__init__(canvas, press)
        self._last = press

    def drag(self) -> None:
        self.canvas.camera.move_by(self._last - self.place)
        self._last = self.place

    def cancel(self) -> None:
        self.canvas.camera.move_by(self._last - self.press)
