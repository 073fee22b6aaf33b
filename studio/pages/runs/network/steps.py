"""The differences of two projects' networks one after the other, each a step of a walk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.compare import NetworkDifference, NodeDifference, Status
from engine.spec import Graph, Link

Names = tuple[str, str]
"""What a network is called before and after."""


@dataclass(frozen=True)
class Step:
    """One difference: a node, or a link between nodes that are no differences themselves."""

    names: Names
    status: Status
    title: str
    words: str
    node: NodeDifference | None = None
    link: Link | None = None


def steps_of(every: Iterable[NetworkDifference]) -> tuple[Step, ...]:
    """All differences, network by network in the order of the data. A block that differs only inside is no step of
    its own: what differs in it is.
    """
    return tuple(step for one in every if all(one.names) for step in (*_nodes(one), *_links(one)))


def _nodes(one: NetworkDifference) -> Iterator[Step]:
    for node in one.differing:
        if node.status != "inside":
            yield Step(one.names, node.status, node.id, "; ".join(node.words), node=node)


def _links(one: NetworkDifference) -> Iterator[Step]:
    """Links of nodes that came, went or moved go without saying."""
    new = {node.id for node in one.nodes if node.before is None or node.moved}
    old = {node.before.id for node in one.nodes if node.before and (node.after is None or node.moved)}
    for link in one.removed_links:
        if not {link.source, link.target} & old and not _healed(one, link):
            yield Step(one.names, "removed", f"{link.source} → {link.target}", "a wire", link=link)
    for link in one.added_links:
        if not {link.source, link.target} & new and not _bridges(one, link):
            yield Step(one.names, "added", f"{link.source} → {link.target}", "a wire", link=link)


def _healed(one: NetworkDifference, link: Link) -> bool:
    """Whether something was put into a wire: its place is taken by a way through what is new."""
    return one.pairs[link.target] in _through(one.after, one.pairs[link.source], set(one.pairs.values()))


def _bridges(one: NetworkDifference, link: Link) -> bool:
    """Whether a wire leads where something stood that is gone."""
    back = {new: old for old, new in one.pairs.items()}
    return back[link.target] in _through(one.before, back[link.source], set(one.pairs))


def _through(graph: Graph, start: str, known: set[str]) -> set[str]:
    """Where data of a node arrives by ways on which nothing known stands."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for link in graph.outgoing[waiting.pop()]:
            if link.target not in found:
                found.add(link.target)
                if link.target not in known:
                    waiting.append(link.target)
    return found
