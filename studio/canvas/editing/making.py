"""Making nodes: at a point, at the end of a wire, after another node."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSizeF

from engine.spec import Graph, Link, Node
from studio.blocks import brought
from studio.canvas.editing import edits
from studio.canvas.editing.editing import Editing
from studio.canvas.editing.joining import End, Joining, link_between
from studio.canvas.editing.stock import KEPT, block_kind, made_of
from studio.canvas.layout.geometry import GAP_Y, free_place, node_size, snapped

if TYPE_CHECKING:
    from studio.library import Library


class Making:
    """Turns the wish for a layer into an edit of the document, one step of undo each.

    Args:
        editing: what is edited.
    """

    def __init__(self, editing: Editing) -> None:
        self._editing = editing
        self.library: Library | None = None
        """The user's own blocks, where there are any to add."""

    def fresh(self, kind: str, middle: QPointF | None = None) -> Node:
        """A new node of a kind whose box has its middle at a point of the canvas."""
        editing = self._editing
        true, parameters, stem = made_of(kind)
        node = Node(id=editing.graph.fresh_id(stem), kind=true, parameters=parameters)
        inputs, outputs = editing.document.project.ports(node, editing.catalogue.layers) or ((), ())
        size = node_size(len(inputs), len(outputs))
        place = snapped((middle or QPointF(0, 0)) - _half(size))
        placed: Node = node.having(position=(place.x(), place.y()))
        return placed

    def add(self, kind: str, middle: QPointF, *, into: Link | None = None) -> str:
        """Add a node at a point, into a wire if one is given; return its id."""
        if kind.startswith(KEPT):
            return self._at_hand(kind, lambda block: self.add(block, middle, into=into))
        editing, node = self._editing, self.fresh(kind, middle)
        graph = editing.graph.add(node)
        if into is not None:
            inserted = edits.inserted(graph, node.id, into, editing.ports_of(node, graph))
            graph = editing.with_room(inserted, node.id)
        return self._commit(graph, node)

    def add_at(self, kind: str, place: QPointF, wire: End) -> str:
        """Add a node whose port, at a point of the canvas, ends a wire from another port; return its id."""
        if kind.startswith(KEPT):
            return self._at_hand(kind, lambda block: self.add_at(block, place, wire))
        half = self._editing.size_of(self.fresh(kind)).height() / 2
        node = self.fresh(kind, place + QPointF(0, half if wire.output else -half))
        return self._commit(self._wired(self._editing.graph.add(node), node, wire), node)

    def add_after(self, kind: str, before: str) -> str:
        """Add a node below another and join them; into the wire that leaves there, if it is the only one."""
        if kind.startswith(KEPT):
            return self._at_hand(kind, lambda block: self.add_after(block, before))
        editing = self._editing
        leaving = editing.graph.outgoing[before]
        box = editing.box_of(editing.graph[before])
        size = editing.size_of(self.fresh(kind))
        middle = QPointF(box.center().x(), box.bottom() + GAP_Y + size.height() / 2)
        if len(leaving) == 1 and all(editing.ports_of(self.fresh(kind))):
            return self.add(kind, middle, into=leaving[0])
        boxes = [editing.box_of(node) for node in editing.graph.nodes]
        node = self.fresh(kind, free_place(middle - _half(size), boxes, size) + _half(size))
        graph = editing.graph.add(node)
        _, outputs = editing.ports_of(editing.graph[before])
        if outputs:
            graph = self._wired(graph, node, End(before, outputs[0], output=True))
        return self._commit(graph, node)

    def _at_hand(self, kind: str, add: Callable[[str], str]) -> str:
        """Add one of the user's own blocks after its networks came into the project, all in one step."""
        assert self.library is not None, "only a library has blocks that are kept"
        kept = self.library[kind.removeprefix(KEPT)]
        assert kept.project is not None, "what cannot be read is not offered"
        document = self._editing.document
        with document.together(f"Add {kept.name}"):
            project, called = brought(document.project, kept.project, kept.network)
            document.edit("Bring networks", self._editing.unpiled(project))
            return add(block_kind(called[kept.network]))

    def _commit(self, graph: Graph, node: Node) -> str:
        self._editing.commit(f"Add {self._editing.title_of(_called(node))}", graph)
        return node.id

    def _wired(self, graph: Graph, node: Node, wire: End) -> Graph:
        """The graph with the wire led to the first port of a node that takes it."""
        inputs, outputs = self._editing.ports_of(node, graph)
        joining = Joining(graph, wire)
        ends = [End(node.id, port.name, output=False, many=port.many) for port in inputs]
        ends += [End(node.id, name, output=True) for name in outputs]
        fitting = next((end for end in ends if not joining.refusal(end)), None)
        if fitting is None:
            return graph
        return graph.connect(link_between(wire, fitting), many=wire.many or fitting.many)


def _called(node: Node) -> str:
    return str(node.parameters.get("network") or node.kind)


def _half(size: QSizeF) -> QPointF:
    return QPointF(size.width() / 2, size.height() / 2)
