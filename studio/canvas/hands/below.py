"""What lies below the pointer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from engine.spec import Link
from studio.canvas.editing.joining import End
from studio.canvas.items.frame import FrameItem
from studio.canvas.look import Detail

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

PORT, WIRE, POINT, EDGE = 9.0, 6.0, 9.0, 5.0
"""Pixels within which a port, a wire, a point of a wire and the edge of a frame are met."""
EDGES = {
    "title": Qt.CursorShape.ArrowCursor,
    "left": Qt.CursorShape.SizeHorCursor,
    "right": Qt.CursorShape.SizeHorCursor,
    "top": Qt.CursorShape.SizeVerCursor,
    "bottom": Qt.CursorShape.SizeVerCursor,
    "top left": Qt.CursorShape.SizeFDiagCursor,
    "bottom right": Qt.CursorShape.SizeFDiagCursor,
    "top right": Qt.CursorShape.SizeBDiagCursor,
    "bottom left": Qt.CursorShape.SizeBDiagCursor,
}


@dataclass(frozen=True, slots=True)
class Below:
    """The uppermost thing at a point of the canvas; at most one of port, node, link and frame is there.

    Args:
        end: a port.
        node: the id of a box.
        link: a wire.
        point: the place among the wire's points of the one that is met.
        frame: a frame, by a part that it can be taken by.
        grip: that part (see `grip_at`).
    """

    end: End | None = None
    node: str = ""
    link: Link | None = None
    point: int | None = None
    frame: FrameItem | None = None
    grip: str = ""

    @property
    def cursor(self) -> Qt.CursorShape:
        """What the pointer looks like here."""
        if self.end is not None:
            return Qt.CursorShape.CrossCursor
        if self.point is not None:
            return Qt.CursorShape.SizeAllCursor
        return EDGES.get(self.grip, Qt.CursorShape.ArrowCursor)


def below(canvas: Canvas, spot: QPointF) -> Below:
    """What a press at a point of the canvas would be about."""
    scene = canvas.network
    end = scene.end_at(spot, canvas.reach(PORT)) if canvas.look.detail is not Detail.FAR else None
    if end is not None:
        return Below(end=end)
    node = scene.node_at(spot)
    if node is not None:
        return Below(node=node.id)
    link = scene.link_at(spot, canvas.reach(max(WIRE, POINT)))
    if link is not None:
        point = _point_at(link, spot, canvas.reach(POINT))
        if point is not None or scene.link_at(spot, canvas.reach(WIRE)) is not None:
            return Below(link=link, point=point)
    frame = scene.frame_at(spot, canvas.reach(EDGE))
    return Below() if frame is None else Below(frame=frame[0], grip=frame[1])


def _point_at(link: Link, spot: QPointF, reach: float) -> int | None:
    ways = [(QPointF(*place) - spot).manhattanLength() for place in link.via]
    nearest = min(range(len(ways)), key=ways.__getitem__, default=None)
    return nearest if nearest is not None and ways[nearest] <= reach else None
