"""The edits that hands make on the canvas, each one step of undo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF

from engine.spec import Catalogue, Frame, Graph, Link, Node, Position, Project
from studio.blocks import brought, calling, used_by
from studio.canvas.editing import edits
from studio.canvas.editing.clipboard import Part
from studio.canvas.editing.edits import Ports
from studio.canvas.editing.joining import End, link_between
from studio.canvas.facts.face import face_of
from studio.canvas.layout.arrange import laid_out
from studio.canvas.layout.geometry import GAP_Y, node_size

if TYPE_CHECKING:
    from studio.canvas.showing import Showing
    from studio.document import Document


class Chosen(Protocol):
    """What a selection says of itself."""

    @property
    def nodes(self) -> tuple[str, ...]: ...

    @property
    def links(self) -> tuple[Link, ...]: ...

    @property
    def frames(self) -> tuple[str, ...]: ...


class Editing:
    """Turns what a hand did into an edit of the document.

    Args:
        document: what is edited.
        catalogue: knows the ports of every kind.
        showing: which of the project's networks is shown.
    """

    def __init__(self, document: Document, catalogue: Catalogue, showing: Showing) -> None:
        self.document = document
        self.catalogue = catalogue
        self._showing = showing

    @property
    def network(self) -> str:
        """The name of the network that is edited."""
        return self._showing.network

    @property
    def graph(self) -> Graph:
        """The network as it is now."""
        graph: Graph = self.document.project.networks.get(self.network, Graph())
        return graph

    def commit(self, text: str, graph: Graph, *, merge_key: str | None = None) -> None:
        """Make the network this graph."""
        if graph != self.graph:
            project = self.document.project.with_network(self.network, graph)
            self.document.edit(text, project, merge_key=merge_key)

    def ports_of(self, node: Node, graph: Graph | None = None, project: Project | None = None) -> Ports:
        """A node's input and output ports."""
        face = face_of(node, project or self.document.project, graph or self.graph, self.catalogue.layers)
        return face.inputs, face.outputs

    def size_of(self, node: Node, graph: Graph | None = None, project: Project | None = None) -> QSizeF:
        """The size of a node's box."""
        inputs, outputs = self.ports_of(node, graph, project)
        return node_size(len(inputs), len(outputs))

    def title_of(self, kind: str) -> str:
        """What people call a kind."""
        layer = self.catalogue.layers.get(kind)
        return layer.title() if layer else kind

    def with_room(self, graph: Graph, node: str) -> Graph:
        """The graph with what follows a node moved down, if it would stand in the node's way."""
        box = self.box_of(graph[node], graph)
        following = graph.downstream(node) - {node}
        below = [graph[one] for one in following if graph[one].position[1] >= box.top() - box.height()]
        near = min((one.position[1] for one in below), default=None)
        if near is None or near >= box.bottom() + GAP_Y / 2:
            return graph
        down = box.bottom() + GAP_Y - near
        return graph.move(edits.shifted(graph, (one.id for one in below), (0.0, down)))

    def box_of(self, node: Node, graph: Graph | None = None) -> QRectF:
        """A node's box, in canvas units."""
        return QRectF(QPointF(*node.position), self.size_of(node, graph))

    # Joining

    def connect(self, one: End, other: End, *, instead: Link | None = None) -> None:
        """Join two ends, in place of a link that was taken off if there is one."""
        graph = self.graph.disconnect(instead) if instead else self.graph
        graph = graph.connect(link_between(one, other), many=one.many or other.many)
        self.commit("Move a wire" if instead else "Connect", graph)

    def disconnect(self, link: Link) -> None:
        self.commit("Disconnect", self.graph.disconnect(link))

    # Everything chosen

    def move(
        self,
        ids: Iterable[str],
        shift: Position,
        *,
        frames: Iterable[str] = (),
        into: Link | None = None,
        key: str | None = None,
    ) -> None:
        """Move boxes and frames, and put the only box into a wire if one is given."""
        chosen = list(ids)
        graph = self._into(edits.moved(self.graph, chosen, shift, frames), chosen, into)
        self.commit("Move" if into is None else "Insert", graph, merge_key=key)

    def _into(self, graph: Graph, chosen: list[str], wire: Link | None) -> Graph:
        if wire is None or wire not in graph.links:
            return graph
        graph = edits.inserted(graph, chosen[0], wire, self.ports_of(graph[chosen[0]], graph))
        return self.with_room(graph, chosen[0])

    def frame(self, frame: Frame, text: str) -> None:
        """Add a frame, or put it in place of the one with its id."""
        self.commit(text, self.graph.frame(frame))

    def lead(self, link: Link, via: tuple[Position, ...], text: str, *, key: str | None = None) -> None:
        """Lead a wire through other points."""
        self.commit(text, self.graph.lead(link, via), merge_key=key)

    def cut(self, links: Iterable[Link]) -> None:
        """Remove wires that a knife went through."""
        gone = tuple(links)
        self.commit("Cut a wire" if len(gone) == 1 else f"Cut {len(gone)} wires", self.graph.disconnect(*gone))

    def delete(self, chosen: Chosen, *, heal: bool = False, text: str = "Delete") -> None:
        """Remove nodes, links and frames; `heal` joins the neighbors where it is clear which."""
        graph = self.graph.disconnect(*chosen.links)
        graph = edits.healed(graph, chosen.nodes, self.ports_of) if heal else graph.remove(*chosen.nodes)
        what = self._called(chosen.nodes) if chosen.nodes else "a wire" if chosen.links else "a frame"
        self.commit(f"{text} {what}", graph.unframe(*chosen.frames))

    def detach(self, nodes: tuple[str, ...], shift: Position = (0.0, 0.0), *, into: Link | None = None) -> None:
        """Take nodes out of their wires, join the neighbors, and move them, into another wire if one is given."""
        graph = edits.moved(edits.bypassed(self.graph, nodes, self.ports_of), nodes, shift)
        self.commit(f"Take out {self._called(nodes)}", self._into(graph, list(nodes), into))

    def rename(self, node: str, new: str) -> None:
        """Give a node another id; raise ValueError, with a sentence, when it cannot be called so."""
        self.commit(f"Rename {node}", self.graph.rename(node, new))

    def mute(self, nodes: tuple[str, ...], *, muted: bool) -> None:
        """Let data pass nodes by, or through them again."""
        graph = self.graph.replace(*(self.graph[name].having(muted=muted) for name in nodes))
        self.commit(f"{'Mute' if muted else 'Unmute'} {self._called(nodes)}", graph)

    def _called(self, nodes: tuple[str, ...]) -> str:
        return self.title_of(self.graph[nodes[0]].kind) if len(nodes) == 1 else f"{len(nodes)} layers"

    def insert_part(self, text: str, part: Part, shift: Position) -> tuple[str, ...]:
        """Add a copy of other nodes, links and frames, and the networks that they need; return the ids of the copies.

        There are none where the document refuses them, as it does with a block that would stand inside itself.
        """
        before = self.document.project
        project, called = brought(before, part.home, *used_by(part.graph))
        renamed = (calling(node, called) for node in part.graph.nodes)
        graph, names = edits.joined(self.graph, part.graph.replace(*renamed), shift=shift)
        done = self.document.edit(text, project.with_network(self.network, graph))
        return tuple(names.values()) if done else ()

    def sizes(self) -> dict[str, QSizeF]:
        """The sizes of all boxes."""
        return {node.id: self.size_of(node) for node in self.graph.nodes}

    def unpiled(self, project: Project) -> Project:
        """The project with those networks laid out whose boxes all lie in one place, as they do when code made them."""
        for name, graph in project.networks.items():
            if len(graph.nodes) > 1 and len({node.position for node in graph.nodes}) == 1:
                project = project.with_network(name, self._arranged(graph, project))
        return project

    def _arranged(self, graph: Graph, project: Project | None = None) -> Graph:
        return laid_out(graph, {node.id: self.size_of(node, graph, project) for node in graph.nodes})
