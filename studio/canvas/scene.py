"""The scene: exactly the graph it was last shown, changed only where two graphs differ."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsScene

from engine.spec import Block, Graph, Link, Node
from studio.canvas.editing.joining import End
from studio.canvas.facts.face import Face, Marks
from studio.canvas.items.bubble import Bubble
from studio.canvas.items.frame import FrameItem
from studio.canvas.items.link import PILL_ROOM, LinkItem
from studio.canvas.items.node import NodeItem
from studio.canvas.items.overview import Overview
from studio.canvas.items.pictures import Pictures
from studio.canvas.items.stage import Stage
from studio.canvas.layout.geometry import distance, framed
from studio.canvas.layout.places import Places
from studio.canvas.look import Detail, Look
from studio.canvas.wiring import Wiring

Describe = Callable[[Node], Face]
FEW = 3
DIM = 0.22


class NetworkScene(QGraphicsScene):
    """A view of one graph. It holds no truth: whatever it shows can be made again from the graph.

    Args:
        look: colors and level of detail.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.nodes: dict[str, NodeItem] = {}
        self.links: dict[Link, LinkItem] = {}
        self.frames: dict[str, FrameItem] = {}
        self._graph = Graph()
        self.bubbles: dict[str, Bubble] = {}
        self.node_places = Places[str]()
        self.wire_places = Places[Link]()
        self.stage = Stage(self)
        self.pictures = Pictures(self)
        self.overview = Overview(self, look)
        self.wiring = Wiring(self)
        look.restyled = self.overview.forget
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)  # `Places` know what lies where
        self.addItem(self.overview)

    @property
    def graph(self) -> Graph:
        """The graph that is shown."""
        return self._graph

    def show_graph(self, graph: Graph, describe: Describe) -> None:
        """Show this graph in place of the last: what is equal in both is left alone."""
        before, self._graph = self._graph, graph
        if graph is before:
            return
        self._show_frames(before, graph)
        touched = self._show_nodes(before, graph, describe) | self._show_links(before, graph, describe)
        self._settle(touched & self.nodes.keys())

    def describe_again(self, describe: Describe) -> None:
        """Ask for the face of every block anew, as when a network changed that it stands for."""
        changed = {node.id for node in self._graph.of_kind(Block.kind()) if self._show_face(node, describe)}
        self._settle(changed)

    def _show_frames(self, before: Graph, after: Graph) -> None:
        if after.frames == before.frames:
            return
        wanted = {frame.id: frame for frame in after.frames}
        for gone in self.frames.keys() - wanted.keys():
            self.removeItem(self.frames.pop(gone))
        for name, frame in wanted.items():
            if name not in self.frames:
                self.frames[name] = FrameItem(frame, self.look)
                self.addItem(self.frames[name])
            self.frames[name].show_frame(frame)

    def _show_nodes(self, before: Graph, after: Graph, describe: Describe) -> set[str]:
        touched = set()
        for gone in before.index.keys() - after.index.keys():
            self.wiring.stir(self.nodes[gone].rect)
            self._dismiss(self.nodes.pop(gone))
            if gone in self.bubbles:
                self.removeItem(self.bubbles.pop(gone))
            self.node_places.remove(gone)
        for node in after.nodes:
            if node is before.index.get(node.id):
                continue
            touched.add(node.id)
            if node.id not in self.nodes:
                self.nodes[node.id] = NodeItem(node, describe(node), self.look)
            else:
                self._put(before[node.id], node)
                self._show_face(node, describe)
            self._placed(node.id)
        return touched

    def add_guest(self, box: NodeItem) -> None:
        """Show a box that stands for no node, such as the ghost of one that is being placed."""
        self.addItem(box)
        self.pictures.guests.add(box)

    def remove_guest(self, box: NodeItem) -> None:
        """Show it no more."""
        self.removeItem(box)
        self.pictures.guests.discard(box)
        self.pictures.forget(box.pictured)

    def _dismiss(self, item: NodeItem | LinkItem) -> None:
        self.stage.leave(item)
        self.pictures.forget(item.pictured)

    def _placed(self, node: str) -> None:
        """A box came to where it is now."""
        box = self.nodes[node].rect
        self.node_places.put(node, box)
        self.wiring.stir(box)

    def _put(self, before: Node, after: Node) -> None:
        """Move a box; a drag may have moved its item already, so where it was is read off the node."""
        item = self.nodes[after.id]
        self.wiring.stir(QRectF(QPointF(*before.position), item.rect.size()))
        item.place(QPointF(*after.position))

    def _show_face(self, node: Node, describe: Describe) -> bool:
        face = describe(node)
        if face == self.nodes[node.id].face:
            return False
        item = self.nodes[node.id]
        self.wiring.stir(item.rect)
        item.show_face(face)
        self._placed(node.id)
        return True

    def _show_links(self, before: Graph, graph: Graph, describe: Describe) -> set[str]:
        if graph.links is before.links:
            return set()
        wanted = set(graph.links)
        touched = {name for name, links in graph.incoming.items() if links != before.incoming.get(name, ())}
        strange = [node for node in graph.nodes if not self.nodes[node.id].face.known]
        touched |= {node.id for node in strange if self._show_face(node, describe)}  # their ports come from links
        for link in [link for link in self.links if link not in wanted]:
            self._dismiss(self.links.pop(link))
            self.wiring.forget(link)
            touched.add(link.source)
        for link in graph.links:
            if link not in self.links:
                self.links[link] = LinkItem(link, self.look)
                touched.add(link.source)
        labeled = _labeled(self.links)
        for link, wire in self.links.items():
            wire.labeled = link in labeled
        return touched

    def _settle(self, touched: Iterable[str]) -> None:
        """Lead the wires of these nodes to where the ports are now, and fill the ports that have one."""
        for node in touched:
            wired = {(link.input, False) for link in self._graph.incoming[node]}
            wired |= {(link.output, True) for link in self._graph.outgoing[node]}
            self.nodes[node].show_linked(frozenset(wired))
        self.wiring.settle(touched)

    # What is known

    def show_marks(self, marks: Mapping[str, Marks], facts: Callable[[str], Mapping[str, object]]) -> None:
        """Show what the analysis says of every node and link."""
        for name, item in self.nodes.items():
            item.show_marks(marks.get(name, Marks()))
        self._show_bubbles()
        unmarked = Marks()
        for link, wire in self.links.items():
            outputs = (facts(link.source).get("outputs") or {}) if wire.labeled else {}
            words = (outputs.get(link.output) or {}) if isinstance(outputs, dict) else {}
            target = marks.get(link.target, unmarked)
            wire.show_tensor(words, target.tone if link.input in target.ports else "")

    def _show_bubbles(self) -> None:
        """Say what is wrong at its node; from afar only if that is little, since cards keep their size."""
        speaking = [name for name, item in self.nodes.items() if item.marks.message]
        if self.look.detail is not Detail.NEAR and len(speaking) > FEW:
            speaking = []
        for gone in self.bubbles.keys() - set(speaking):
            self.removeItem(self.bubbles.pop(gone))
        for name in speaking:
            item = self.nodes[name]
            if name not in self.bubbles:
                self.bubbles[name] = Bubble(item, name, self.look)
                self.addItem(self.bubbles[name])
            self.bubbles[name].follow()
            self.bubbles[name].show_marks(item.marks)

    def hush(self, on: bool) -> None:
        """Take the cards out of the way of a gesture, or show them again."""
        for bubble in self.bubbles.values():
            bubble.setVisible(not on)

    def light(self, found: Container[str] | None) -> None:
        """Dim all nodes but these, and the wires that do not lead from one to another of them; None dims nothing."""
        for name, node in self.nodes.items():
            node.setOpacity(1.0 if found is None or name in found else DIM)
        for link, wire in self.links.items():
            wire.setOpacity(1.0 if found is None or (link.source in found and link.target in found) else DIM)
        self.overview.forget()

    def restyle(self) -> None:
        """Take up another theme."""
        self.look.age += 1
        for node in self.nodes.values():
            node.refresh()
        for link in self.links.values():
            link.refresh()
        for frame in self.frames.values():
            frame.refresh()
        self.overview.forget()
        self._show_bubbles()
        self.update()

    def show_detail(self) -> None:
        """Take up another level of detail; pictures are painted when they come into sight."""
        self.stage.setVisible(self.look.detail is not Detail.FAR)
        self._show_bubbles()
        self.update()

    # What lies where

    def node_at(self, place: QPointF) -> NodeItem | None:
        spot = QRectF(place, place)
        found = [item for one in self.node_places.near(spot) if (item := self.nodes[one]).rect.contains(place)]
        return max(found, key=NodeItem.zValue, default=None)

    def frame_at(self, place: QPointF, reach: float) -> tuple[FrameItem, str] | None:
        """The frame that can be taken at a point, the inmost of several, and by what (see `FrameItem.grip_at`)."""
        inmost = sorted(self.frames.values(), key=FrameItem.zValue, reverse=True)
        return next(((item, grip) for item in inmost if (grip := item.grip_at(place, reach))), None)

    def mend_at(self, place: QPointF) -> Bubble | None:
        """The card whose button lies here."""
        return next((bubble for bubble in self.bubbles.values() if bubble.mend_hit(place)), None)

    def covered(self, place: QPointF) -> bool:
        """Whether a card lies here."""
        return any(bubble.hit(place) for bubble in self.bubbles.values())

    def end_at(self, place: QPointF, reach: float) -> End | None:
        """The port nearest to a point, within a reach."""
        near = QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach)
        found: list[tuple[float, End]] = []
        for one in self.node_places.near(near):
            if self.nodes[one].rect.intersects(near):
                found += [(self._distance(place, end), end) for end in self.nodes[one].ends()]
        distance, end = min(found, key=lambda pair: pair[0], default=(reach + 1, None))
        return end if distance <= reach else None

    def _distance(self, place: QPointF, end: End) -> float:
        away = self.place_of(end) - place
        wide = 12.0 if end.many else 0.0
        return float((max(abs(away.x()) - wide, 0) ** 2 + away.y() ** 2) ** 0.5)

    def place_of(self, end: End) -> QPointF:
        """Where a port is."""
        return self.nodes[end.node].place_of(end.port, output=end.output)

    def link_at(self, place: QPointF, reach: float) -> Link | None:
        """The wire (or its pill) nearest to a point, within a reach."""
        near = QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach)
        found: dict[Link, float] = {}
        for one in self.wire_places.near(near.adjusted(-PILL_ROOM, 0, PILL_ROOM, 0)):
            wire = self.links[one]
            if wire.lifted:
                continue
            if wire.tensor and self.look.detail is Detail.NEAR and wire.pill.area.intersects(near):
                found[one] = 0.0
            elif wire.path().controlPointRect().adjusted(-1, -1, 1, 1).intersects(near):
                found[one] = distance(wire.path(), place)
        link = min(found, key=lambda one: found[one], default=None)
        return link if link is not None and found[link] < reach else None

    def nodes_in(self, box: QRectF) -> Iterator[str]:
        """The nodes that touch a rectangle."""
        return (one for one in self.node_places.near(box) if self.nodes[one].rect.intersects(box))

    def bounds(self, ids: Iterable[str] | None = None) -> QRectF:
        """The rectangle around some nodes, or all."""
        chosen = self.nodes if ids is None else [one for one in ids if one in self.nodes]
        whole = framed(self.nodes[one].rect for one in chosen)
        return whole | framed(item.box for item in self.frames.values()) if ids is None else whole


def _labeled(links: Iterable[Link]) -> set[Link]:
    """The links that say their shape: of several that lead the same tensor into the same box, the one in the middle."""
    groups: dict[tuple[str, str, str], list[Link]] = {}
    for link in links:
        groups.setdefault((link.source, link.output, link.target), []).append(link)
    return {group[len(group) // 2] for group in groups.values()}
