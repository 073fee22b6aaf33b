"""Moving frames with what stands in them, and giving them another size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from engine.spec import Frame
from studio.canvas.hands.tools.load import loaded
from studio.canvas.hands.tools.tool import Tool
from studio.canvas.layout.geometry import GRID, snapped

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

LEAST = 10.0 * GRID
"""No frame is narrower or lower than this."""


class Carry(Tool):
    """Drag a frame by its title: all that stands in it comes along, and whatever else is chosen.

    Args:
        canvas: where it happens.
        press: where it began.
        frame: the frame that was pressed.
        keys: what was held: Shift or Ctrl keep what was chosen before.
    """

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, canvas: Canvas, press: QPointF, *, frame: str, keys: Qt.KeyboardModifier) -> None:
        super().__init__(canvas, press)
        selection = canvas.selection
        self._before = (selection.nodes, selection.links, selection.frames)
        keeping = bool(keys & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier))
        if keeping:
            selection.set(selection.nodes, selection.links, {*selection.frames, frame})
        elif frame not in selection.frames:
            selection.set((), (), [frame])
        self._load = loaded(canvas)
        self._shift = QPointF()

    def drag(self) -> None:
        self._shift = self._load.carry(self.way, freely=bool(self.keys & Qt.KeyboardModifier.AltModifier))

    def finish(self) -> None:
        self._load.set_down()
        if self.dragged:
            shift = (self._shift.x(), self._shift.y())
            self.canvas.editing.move(self._load.nodes, shift, frames=self._load.frames)

    def cancel(self) -> None:
        self._load.put(QPointF(0, 0))
        self._load.set_down()
        self.canvas.selection.set(*self._before)


class Resize(Tool):
    """Drag an edge or a corner of a frame along the grid.

    Args:
        canvas: where it happens.
        press: where it began.
        frame: the frame that was pressed.
        grip: which edges move, such as `left` or `bottom right`.
    """

    def __init__(self, canvas: Canvas, press: QPointF, *, frame: Frame, grip: str) -> None:
        super().__init__(canvas, press)
        self._frame = frame
        self._sides = frozenset(grip.split())
        self._sized = frame
        canvas.selection.set((), (), [frame.id])

    def drag(self) -> None:
        self._sized = resized(self._frame, self._sides, snapped(self.way))
        self.canvas.network.frames[self._frame.id].show_frame(self._sized)

    def finish(self) -> None:
        self.canvas.editing.frame(self._sized, "Resize a frame")

    def cancel(self) -> None:
        if self._frame.id in self.canvas.network.frames:
            self.canvas.network.frames[self._frame.id].show_frame(self._frame)


def resized(frame: Frame, sides: frozenset[str], way: QPointF) -> Frame:
    """A frame with some of its sides moved this far, as far as it keeps its least size."""
    box = QRectF(*frame.position, *frame.size)
    if "left" in sides:
        box.setLeft(min(box.left() + way.x(), box.right() - LEAST))
    if "right" in sides:
        box.setRight(max(box.right() + way.x(), box.left() + LEAST))
    if "top" in sides:
        box.setTop(min(box.top() + way.y(), box.bottom() - LEAST))
    if "bottom" in sides:
        box.setBottom(max(box.bottom() + way.y(), box.top() + LEAST))
    made: Frame = frame.having(position=(box.x(), box.y()), size=(box.width(), box.height()))
    return made
