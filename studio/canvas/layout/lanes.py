"""Lanes beside boxes for the wires that cannot go straight, one for each source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from engine.spec import Link
from studio.canvas.layout.geometry import GAP_X, framed

STEPS = (0.0, 9.0, -9.0, 18.0, -18.0)
"""How far beside each other wires run in one lane, outward from the box; more of them share these places."""
HALF = 6.0
"""So much room a wire needs on either side."""
TRIED = 16
"""Places for a lane that are looked at before a wire takes the way around everything."""


@dataclass(frozen=True, slots=True)
class Lane:
    """Where a wire runs straight down past boxes.

    Args:
        x: its place from left to right.
        top: where the wire enters it.
        bottom: where the wire leaves it.
        side: -1 left, 1 right of the boxes that it passes.
    """

    x: float
    top: float
    bottom: float
    side: int

    @property
    def strip(self) -> QRectF:
        """The room that has to be free."""
        return QRectF(self.x - HALF, self.top, 2 * HALF, self.bottom - self.top)


def lane_beside(start: QPointF, end: QPointF, hit: Iterable[QRectF], blocked: Callable[[QRectF], bool]) -> Lane:
    """The lane that costs the least way aside among those along the edges of the boxes that were hit."""
    boxes = list(hit)
    whole = framed(boxes)

    def lane(box: QRectF, side: int) -> Lane:
        edge = box.right() + GAP_X / 2 if side > 0 else box.left() - GAP_X / 2
        return Lane(edge, whole.top(), whole.bottom(), side)

    def aside(one: Lane) -> tuple[float, int]:
        return abs(one.x - start.x()) + abs(one.x - end.x()), -one.side

    found = sorted({lane(box, side) for box in (*boxes, whole) for side in (1, -1)}, key=aside)
    free = (one for one in found[:TRIED] if not blocked(one.strip))
    return next(free, min((lane(whole, 1), lane(whole, -1)), key=aside))


def shares(lanes: Mapping[Link, Lane]) -> dict[Link, float]:
    """Where in its lane each wire runs: beside those of other sources, on those of its own.

    A matter of the lanes alone and not of the order in which they came about.
    """
    by_place: dict[tuple[float, int], list[Link]] = {}
    for link, lane in lanes.items():
        by_place.setdefault((lane.x, lane.side), []).append(link)
    found: dict[Link, float] = {}
    for (_, side), links in by_place.items():
        taken: list[tuple[float, tuple[str, str], float]] = []
        for link in sorted(links, key=lambda one: (lanes[one].top, lanes[one].bottom, one.ends)):
            lane, source = lanes[link], (link.source, link.output)
            taken = [one for one in taken if one[0] > lane.top]
            own = next((step for _, other, step in taken if other == source), None)
            used = {step for _, _, step in taken}
            step = own if own is not None else next((one for one in STEPS if one not in used), STEPS[0])
            taken.append((lane.bottom, source, step))
            found[link] = side * step
    return found


def lane_path(start: QPointF, end: QPointF, lane: Lane, share: float) -> QPainterPath:
    """The curve of a wire through its lane."""
    top, bottom = QPointF(lane.x + share, lane.top), QPointF(lane.x + share, lane.bottom)
    above, below = top.y() - start.y(), end.y() - bottom.y()
    path = QPainterPath(start)
    path.cubicTo(start + QPointF(0, above * 0.6), top - QPointF(0, above * 0.9), top)
    path.lineTo(bottom)
    path.cubicTo(bottom + QPointF(0, below * 0.9), end - QPointF(0, below * 0.6), end)
    return path
