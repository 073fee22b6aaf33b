"""Two networks as one: the newer with what is gone from the older standing where it stood."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSizeF

from engine.compare import NetworkDifference, NodeDifference
from engine.spec import Graph, Link, Node, Position
from studio.canvas.layout.arrange import laid_out
from studio.canvas.layout.geometry import GAP_X, GRID

Sizes = Callable[[Node, bool], QSizeF]
"""The size of a node's box; the second tells whether it is of the older network."""


@dataclass(frozen=True, kw_only=True)
class Union:
    """A graph of all nodes and links of both, and what became of each."""

    graph: Graph
    nodes: Mapping[str, NodeDifference]
    """By the id that a node has in the graph, which for one that is gone may be another than it had."""
    links: Mapping[Link, str]
    """`added` or `removed`; other links are in both."""

    @property
    def ghosts(self) -> frozenset[str]:
        """Those that are in the older network alone."""
        return frozenset(name for name, one in self.nodes.items() if one.after is None)


def united(found: NetworkDifference, size_of: Sizes) -> Union:
    """Lay two networks over each other. Where either has no places yet, as code makes them, all are laid out anew."""
    called = _called(found)
    nodes = {called[one.id] if one.after is None else one.id: one for one in found.nodes}
    graph = found.after.add(*(found.before[old].having(id=new) for old, new in called.items()))
    names = {**found.pairs, **called}
    gone = {link.having(source=names[link.source], target=names[link.target], via=()) for link in found.removed_links}
    graph = graph.having(links=(*graph.links, *gone))
    sizes = {name: size_of(_node(one), one.after is None) for name, one in nodes.items()}
    if _piled(found.after) or (called and _piled(found.before)):
        graph = laid_out(graph, sizes)
    else:
        graph = graph.move(_places(found, called, sizes))
    links = dict.fromkeys(gone, "removed") | dict.fromkeys(found.added_links, "added")
    kept = {link: links[link] for link in graph.links if link in links}
    return Union(graph=graph, nodes=nodes, links=kept or _by_ends(graph, links))


def _by_ends(graph: Graph, links: Mapping[Link, str]) -> dict[Link, str]:
    """What became of links whose wires a new layout leads another way."""
    ends = {link.ends: word for link, word in links.items()}
    return {link: ends[link.ends] for link in graph.links if link.ends in ends}


def _called(found: NetworkDifference) -> dict[str, str]:
    """Ids for the nodes that are gone, which others may have now."""
    called: dict[str, str] = {}
    for one in found.nodes:
        if one.after is None:
            name = one.id
            while name in found.after or name in called.values():
                name += " (gone)"
            called[one.id] = name
    return called


def _node(one: NodeDifference) -> Node:
    node = one.after or one.before
    assert node is not None, "a difference is of a node"
    return node


def _piled(graph: Graph) -> bool:
    return len(graph.nodes) > 1 and len({node.position for node in graph.nodes}) == 1


def _places(found: NetworkDifference, called: Mapping[str, str], sizes: Mapping[str, QSizeF]) -> dict[str, Position]:
    """Where they stood, beside their neighbors if these stand elsewhere now, and beside what stands there now."""
    taken = [QRectF(QPointF(*node.position), sizes[node.id]) for node in found.after.nodes]
    places: dict[str, Position] = {}
    for old, new in called.items():
        box = QRectF(QPointF(*found.before[old].position) + _shift(found, old), sizes[new])
        while (hit := next(filter(partial(_touch, box), taken), None)) is not None:
            box.moveLeft(hit.right() + GAP_X)
        taken.append(box)
        places[new] = (box.left(), box.top())
    return places


def _touch(box: QRectF, other: QRectF) -> bool:
    return other.adjusted(-GRID, -GRID, GRID, GRID).intersects(box)


def _shift(found: NetworkDifference, node: str) -> QPointF:
    """How far what stood nearest to a node in the flow of the data has moved since."""
    near, seen = [node], {node}
    while near:
        kept = [one for one in near if one in found.pairs]
        if kept:
            ways = [_way(found.before[one], found.after[found.pairs[one]]) for one in kept]
            return QPointF(sum(x for x, _ in ways) / len(ways), sum(y for _, y in ways) / len(ways))
        near = [other for one in near for other in _beside(found.before, one) if other not in seen]
        seen.update(near)
    return QPointF(0, 0)


def _way(before: Node, after: Node) -> Position:
    return after.position[0] - before.position[0], after.position[1] - before.position[1]


def _beside(graph: Graph, node: str) -> list[str]:
    return [link.source for link in graph.incoming[node]] + [link.target for link in graph.outgoing[node]]
