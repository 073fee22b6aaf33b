"""Frames and comments."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF

from engine.spec import Frame
from studio.actions import Action
from studio.canvas.editing.edits import fresh_frame
from studio.canvas.items.frame import TITLE
from studio.canvas.layout.geometry import GRID, snapped
from studio.canvas.overlays.frame_editor import FrameEditor

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

MARGIN = 3.0 * GRID
COMMENT = QSizeF(32.0 * GRID, 16.0 * GRID)


class Framing:
    """Declares what makes frames, and opens the editor of their words.

    Args:
        canvas: where they are.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.editor = FrameEditor(canvas)
        canvas.frame_opened.connect(self.editor.open)

    def actions(self) -> tuple[Action, ...]:
        """All of them, for the window's list."""
        act = partial(Action, group="Network", owner=self._canvas, section="canvas")
        return (
            act(
                id="network.frame",
                text="Add comment",
                wording=lambda: "Frame the selection" if self._canvas.selection.nodes else "Add comment",
                handler=self.frame,
                shortcut="C",
            ),
            act(
                id="network.next_frame",
                text="Next frame",
                handler=self.next,
                shortcut="Ctrl+Shift+C",
                enabled=lambda: bool(self._canvas.graph.frames),
            ),
        )

    def frame(self) -> None:
        """Put a frame around the chosen boxes, or a comment where one looks, and ask for its title."""
        canvas = self._canvas
        chosen = canvas.selection.nodes
        box = _around(canvas.network.bounds(chosen)) if chosen else QRectF(self._spot(), COMMENT)
        frame = Frame(
            id=fresh_frame(canvas.graph),
            title="" if chosen else "Comment",
            position=(box.x(), box.y()),
            size=(box.width(), box.height()),
        )
        canvas.editing.frame(frame, "Add a frame" if chosen else "Add a comment")
        canvas.selection.set((), (), [frame.id])
        self.editor.open(frame.id)

    def next(self) -> None:
        """Choose the frame after the chosen one, from the last to the first."""
        canvas = self._canvas
        names = [frame.id for frame in canvas.graph.frames]
        here = names.index(canvas.selection.frames[-1]) if canvas.selection.frames else -1
        name = names[(here + 1) % len(names)]
        canvas.selection.set((), (), [name])
        canvas.camera.reveal(canvas.network.frames[name].box)

    def _spot(self) -> QPointF:
        """Where a comment goes: its middle at the pointer, or in the middle of what is in sight."""
        middle = self._canvas.mapToScene(self._canvas.adding.spot())
        return snapped(middle - QPointF(COMMENT.width() / 2, COMMENT.height() / 2))


def _around(box: QRectF) -> QRectF:
    whole = box.adjusted(-MARGIN, -MARGIN - TITLE, MARGIN, MARGIN)
    first, last = snapped(whole.topLeft()), snapped(whole.bottomRight())
    return QRectF(first, last)
