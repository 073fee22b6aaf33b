"""Doing what a mend says, and giving the nodes that it brings a place where a hand would have put them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from engine.spec import Graph, Mend, mended
from studio.canvas.layout.geometry import GAP_X, GAP_Y, snapped

if TYPE_CHECKING:
    from studio.canvas.editing.editing import Editing


def mend_network(editing: Editing, mend: Mend) -> None:
    """Mend the document in one step of undo; raise ValueError, with a sentence, when the mend fits no more."""
    project = mended(editing.document.project, mend)
    if mend.nodes:
        graph = placed(editing, project.networks[mend.network], mend)
        project = project.with_network(mend.network, graph)
    editing.document.edit(mend.text, project)


def placed(editing: Editing, graph: Graph, mend: Mend) -> Graph:
    """The mended network with its new nodes below what they read, or above what reads them, and clear of others.

    In a chain what follows makes room; beside others a node stands aside.
    """
    added = {node.id for node in mend.nodes}
    for name in [one for one in graph.order if one in added]:
        sources = [link.source for link in graph.incoming[name]]
        targets = [link.target for link in graph.outgoing[name]]
        chained = len(sources) == 1 and len(graph.outgoing[sources[0]]) == 1 and len(targets) <= 1
        spot = _below(editing, graph, name, sources[0]) if sources else _above(editing, graph, name, targets)
        if chained and all(len(graph.incoming[one]) == 1 for one in targets):
            graph = editing.with_room(_put(graph, name, spot), name)
        else:
            graph = _put(graph, name, _aside(editing, graph, name, spot))
    return graph


def _box(editing: Editing, graph: Graph, name: str) -> QRectF:
    return QRectF(QPointF(*graph[name].position), editing.size_of(graph[name], graph))


def _put(graph: Graph, name: str, spot: QPointF) -> Graph:
    place = snapped(spot)
    return graph.move({name: (place.x(), place.y())})


def _below(editing: Editing, graph: Graph, name: str, source: str) -> QPointF:
    box = _box(editing, graph, source)
    return QPointF(box.center().x() - _box(editing, graph, name).width() / 2, box.bottom() + GAP_Y)


def _above(editing: Editing, graph: Graph, name: str, targets: list[str]) -> QPointF:
    own = _box(editing, graph, name)
    if not targets:
        return own.topLeft()
    box = _box(editing, graph, targets[0])
    return QPointF(box.center().x() - own.width() / 2, box.top() - GAP_Y - own.height())


def _aside(editing: Editing, graph: Graph, name: str, spot: QPointF) -> QPointF:
    """The first place at or to the right of a spot that covers no other box."""
    box = QRectF(spot, _box(editing, graph, name).size())
    others = sorted((_box(editing, graph, one.id) for one in graph.nodes if one.id != name), key=QRectF.left)
    for other in others:
        if other.adjusted(-GAP_X / 2, 0, GAP_X / 2, 0).intersects(box):
            box.moveLeft(other.right() + GAP_X)
    return box.topLeft()
