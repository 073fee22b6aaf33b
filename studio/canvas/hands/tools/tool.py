"""What every gesture is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPointF, Qt

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

THRESHOLD = 4.0


class Tool:
    """One gesture. It edits the document in `finish` and nowhere else, so that `cancel` has only pictures to take back.

    Args:
        canvas: where it happens.
        press: where it began, in pixels of the view.
    """

    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.ArrowCursor

    def __init__(self, canvas: Canvas, press: QPointF) -> None:
        self.canvas = canvas
        self.press = press
        self.place = press
        self.dragged = False
        self.keys = Qt.KeyboardModifier.NoModifier
        """Which of Shift, Ctrl and Alt are held now."""
        self.moment = 0.0
        """When the hand moved last, in seconds by the clock of the screen: a busy window hears of it later."""

    @property
    def spot(self) -> QPointF:
        """Where the pointer is on the canvas."""
        return self.canvas.mapToScene(self.place.toPoint())

    @property
    def way(self) -> QPointF:
        """How far the pointer went, in canvas units."""
        return self.spot - self.canvas.mapToScene(self.press.toPoint())

    def move_to(self, place: QPointF) -> None:
        """The pointer moved; a hand that trembles does not drag."""
        self.place = place
        self.dragged = self.dragged or (place - self.press).manhattanLength() >= THRESHOLD
        if self.dragged:
            self.drag()

    def drag(self) -> None:
        """Show what would happen here."""

    def finish(self) -> None:
        """The button was released: do it."""

    def cancel(self) -> None:
        """Esc, or something else came in between: leave everything as it was."""
