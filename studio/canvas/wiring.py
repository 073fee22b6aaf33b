"""Leading the wires of a scene: from port to port, and around the boxes in their way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from engine.spec import Link, Position
from studio.canvas.geometry import LONG, led_path, spread, way
from studio.canvas.node_item import NodeItem

if TYPE_CHECKING:
    from studio.canvas.scene import NetworkScene

CROWD = 64
"""So many boxes moved at once that asking which wires they touch costs more than leading all anew."""


class Wiring:
    """Knows where wires run, and which have to run elsewhere when boxes come and go.

    Args:
        scene: whose wires they are.
    """

    def __init__(self, scene: NetworkScene) -> None:
        self._scene = scene
        self._long: set[Link] = set()
        self._stirred: list[QRectF] = []

    def stir(self, *boxes: QRectF) -> None:
        """A box came to, or left, a place where a wire may pass."""
        self._stirred += boxes

    def forget(self, link: Link) -> None:
        """A wire is gone."""
        self._long.discard(link)

    def settle(self, nodes: Iterable[str]) -> None:
        """Lead the wires of these nodes anew, and those that pass where boxes were stirred."""
        boxes, self._stirred = self._stirred, []
        every = self._of(nodes) | {link for link in self._long if len(boxes) > CROWD or self._passes(link, boxes)}
        for link in every:
            self._lead(link)

    def follow(self, nodes: Iterable[str]) -> None:
        """Keep the wires of boxes that are being dragged at their ports, without asking what is in the way."""
        for link in self._of(nodes):
            self.lead_through(link, link.via)

    def lead_through(self, link: Link, via: Sequence[Position]) -> None:
        """Show a wire as if it were led through these points, without asking what is in the way."""
        start, end = self.ends_of(link)
        self._scene.links[link].route(led_path(start, [QPointF(*place) for place in via], end), 0)
        self._scene.links[link].points.place(via)

    def relead(self, link: Link) -> None:
        """Show a wire where it belongs, after a gesture that led it elsewhere was given up."""
        self._scene.links[link].points.place(link.via)
        self._lead(link)

    def ends_of(self, link: Link) -> tuple[QPointF, QPointF]:
        """Where a link starts and ends on the canvas; wires into one many-input port stand side by side."""
        start = self._scene.nodes[link.source].place_of(link.output, output=True)
        target = self._scene.nodes[link.target]
        end = target.place_of(link.input, output=False)
        if any(port.many and port.name == link.input for port in target.face.inputs):
            fellows = [one for one in self._scene.graph.incoming[link.target] if one.input == link.input]
            end += QPointF(spread(fellows.index(link), len(fellows)), 0)
        return start, end

    def _of(self, nodes: Iterable[str]) -> set[Link]:
        graph = self._scene.graph
        return {link for node in nodes for link in (*graph.incoming[node], *graph.outgoing[node])}

    def _lead(self, link: Link) -> None:
        if link.via:  # somebody has chosen its way
            self.lead_through(link, link.via)
            return
        start, end = self.ends_of(link)
        boxes: list[QRectF] = []
        if end.y() - start.y() >= LONG:
            self._long.add(link)
            boxes = self._between(link, lane(start, end))
        self._scene.links[link].route(*way(start, end, boxes))

    def _passes(self, link: Link, boxes: Iterable[QRectF]) -> bool:
        place = lane(*self.ends_of(link))
        return any(place.intersects(box) for box in boxes)

    def _between(self, link: Link, place: QRectF) -> list[QRectF]:
        near = self._scene.items(place, Qt.ItemSelectionMode.IntersectsItemBoundingRect)
        boxes = [item for item in near if isinstance(item, NodeItem) and item.id not in (link.source, link.target)]
        return [item.rect for item in boxes if place.intersects(item.rect)]


def lane(start: QPointF, end: QPointF) -> QRectF:
    """The strip between two points in which a box would be in the way."""
    return QRectF(start, end).normalized().adjusted(-4, 0, 4, 0)
