"""Leading the wires of a scene: from port to port, and around the boxes in their way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from engine.spec import Link, Position
from studio.canvas.layout.geometry import LONG, crossed, led_path, link_path, spread
from studio.canvas.layout.lanes import Lane, lane_beside, lane_path, shares

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
        self._long: dict[Link, QRectF] = {}
        self._lanes: dict[Link, Lane] = {}
        self._shares: dict[Link, float] = {}
        self._shared: dict[Link, Lane] = {}
        """The lanes that the shares were found for."""
        self._stirred: list[QRectF] = []

    def stir(self, *boxes: QRectF) -> None:
        """A box came to, or left, a place where a wire may pass."""
        self._stirred += boxes

    def forget(self, link: Link) -> None:
        """A wire is gone."""
        self._long.pop(link, None)
        self._lanes.pop(link, None)
        self._scene.wire_places.remove(link)

    def settle(self, nodes: Iterable[str]) -> None:
        """Lead the wires of these nodes anew, and those that pass where boxes were stirred."""
        nodes = list(nodes)
        for one in nodes:
            self._scene.node_places.put(one, self._scene.nodes[one].rect)
        self._carry_cards(nodes)
        self._scene.overview.put_down()
        boxes, self._stirred = self._stirred, []
        every = self._of(nodes)
        every |= {link for link, place in self._long.items() if len(boxes) > CROWD or _touched(place, boxes)}
        for link in every:
            self._lead(link)
        self._share_lanes(every)

    def follow(self, nodes: Iterable[str]) -> None:
        """Keep the wires of boxes that are being dragged at their ports, without asking what is in the way."""
        nodes = list(nodes)
        self._carry_cards(nodes)
        links = self._of(nodes)
        self._scene.overview.carry(nodes, links)
        for link in links:
            self.lead_through(link, link.via)

    def _carry_cards(self, nodes: Iterable[str]) -> None:
        for one in self._scene.bubbles.keys() & nodes:
            self._scene.bubbles[one].follow()

    def lead_through(self, link: Link, via: Sequence[Position]) -> None:
        """Show a wire as if it were led through these points, without asking what is in the way."""
        start, end = self.ends_of(link)
        self._route(link, led_path(start, [QPointF(*place) for place in via], end), 0)
        self._scene.links[link].show_points(via)

    def relead(self, link: Link) -> None:
        """Show a wire where it belongs, after a gesture that led it elsewhere was given up."""
        self._scene.links[link].show_points(link.via)
        self._lead(link)
        self._share_lanes({link})

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
        """Find the way of a wire; one that goes through a lane is drawn when the lanes are shared out."""
        self._long.pop(link, None)
        self._lanes.pop(link, None)
        if link.via:  # somebody has chosen its way
            self.lead_through(link, link.via)
            return
        start, end = self.ends_of(link)
        straight = link_path(start, end)
        hit = self._hit(link, straight, lane(start, end)) if end.y() - start.y() >= LONG else []
        if hit:
            self._lanes[link] = lane_beside(start, end, hit, lambda strip: self._blocked(link, strip))
        else:
            self._route(link, straight, 0)

    def _hit(self, link: Link, straight: QPainterPath, place: QRectF) -> list[QRectF]:
        self._long[link] = place
        return crossed(straight, self._boxes(place, {link.source, link.target}))

    def _blocked(self, link: Link, strip: QRectF) -> bool:
        """Whether a box stands in a lane; boxes that come or go there make the wire look for its way again."""
        self._long[link] |= strip
        return bool(self._boxes(strip, set()))

    def _share_lanes(self, led: set[Link]) -> None:
        found = self._shares if self._lanes == self._shared else shares(self._lanes)
        for link in found if found != self._shares else led & found.keys():
            if link in led or found[link] != self._shares.get(link):
                place = self._lanes[link]
                self._route(link, lane_path(*self.ends_of(link), place, found[link]), place.side)
        self._shares, self._shared = found, dict(self._lanes)

    def _route(self, link: Link, path: QPainterPath, side: int) -> None:
        self._scene.links[link].route(path, side, self._nearer(link))
        self._scene.wire_places.put(link, path.controlPointRect().adjusted(-1, -1, 1, 1))
        self._scene.overview.forget(link)

    def _nearer(self, link: Link) -> int:
        """Where the pill stands: apart from those of wires that leave the same port, or arrive at the same box."""
        graph = self._scene.graph
        out = sum(one.output == link.output for one in graph.outgoing[link.source]) > 1
        into = len(graph.incoming[link.target]) > 1
        return int(out) - int(into)

    def _boxes(self, place: QRectF, beside: set[str]) -> list[QRectF]:
        found = self._scene.node_places.touching(place)
        return [found[one] for one in sorted(found.keys() - beside)]


def _touched(place: QRectF, boxes: Iterable[QRectF]) -> bool:
    return any(place.intersects(box) for box in boxes)


def lane(start: QPointF, end: QPointF) -> QRectF:
    """The strip between two points in which a box would be in the way."""
    return QRectF(start, end).normalized().adjusted(-4, 0, 4, 0)
