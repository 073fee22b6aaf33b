"""What lies below the pointer, and what a press there begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from engine.spec import Link
from studio.canvas.look import Detail
from studio.canvas.tools import Band, Connect, Move, Pan, Tool

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Hands:
    """Chooses the gesture of a press, and lights up what the pointer is over.

    Args:
        canvas: where the pointer moves.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._link: Link | None = None
        self._node: str | None = None

    def gesture(self, event: QMouseEvent, *, panning: bool) -> Tool | None:
        """The gesture that a press begins, by what lies below it; a press on a wire only chooses the wire."""
        canvas = self._canvas
        place, spot = event.position(), canvas.mapToScene(event.position().toPoint())
        adding = bool(event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier))
        if event.button() is Qt.MouseButton.MiddleButton or panning:
            return Pan(canvas, place)
        end = canvas.network.end_at(spot, canvas.reach(9))
        if end is not None and canvas.look.detail is not Detail.FAR:
            return Connect(canvas, place, end=end)
        node = canvas.network.node_at(spot)
        if node is not None:
            return Move(canvas, place, node=node.id, adding=adding)
        link = canvas.network.link_at(spot, canvas.reach(6))
        if link is not None:
            canvas.selection.set(canvas.selection.nodes if adding else (), [link])
            return None
        return Band(canvas, place, adding=adding)

    def hover(self, spot: QPointF) -> None:
        """Show what the pointer is over."""
        canvas = self._canvas
        end = canvas.network.end_at(spot, canvas.reach(9))
        node = canvas.network.node_at(spot)
        name = node.id if node else end.node if end else None
        link = None if name else canvas.network.link_at(spot, canvas.reach(6))
        if name != self._node:
            for one, on in ((self._node, False), (name, True)):
                if one in canvas.network.nodes:
                    canvas.network.nodes[one].set_hovered(on)
        if link != self._link:
            for wire, on in ((self._link, False), (link, True)):
                if wire in canvas.network.links:
                    canvas.network.links[wire].set_hovered(on)
        self._node, self._link = name, link
        canvas.viewport().setCursor(Qt.CursorShape.CrossCursor if end else Qt.CursorShape.ArrowCursor)
