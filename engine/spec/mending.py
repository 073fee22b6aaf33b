"""Doing what a mend says."""

from __future__ import annotations

from collections.abc import Iterable

from engine.spec.graph import Graph, Link, Node, Position
from engine.spec.problem import Mend
from engine.spec.project import Project

CHANGED = "The network has changed since this was offered; look at the problem again."


def mended(project: Project, mend: Mend) -> Project:
    """The project with a mend done; nodes that it adds stand between those that they are linked to.

    Raises:
        ValueError: with a sentence, when it does not fit the project any more.
    """
    for path, value in mend.settings.items():
        project = project.set(path, value)
    if not (mend.replaced or mend.nodes or mend.cut or mend.links):
        return project
    graph = _redrawn(project.networks.get(mend.network, Graph()), mend)
    return project.with_network(mend.network, graph)


def _redrawn(graph: Graph, mend: Mend) -> Graph:
    ends = {one.ends for one in graph.links}
    if any(one.id not in graph for one in mend.replaced) or any(one.ends not in ends for one in mend.cut):
        raise ValueError(CHANGED)
    graph = graph.replace(*(one.having(position=graph[one.id].position) for one in mend.replaced))
    looped = bool(graph.loop)
    graph = graph.add(*(one.having(position=_between(graph, one.id, mend)) for one in mend.nodes))
    if any(end not in graph for link in mend.links for end in (link.source, link.target)):
        raise ValueError(CHANGED)
    graph = graph.having(links=tuple(_relinked(graph.links, mend)))
    if graph.loop and not looped:
        raise ValueError(CHANGED)
    return graph


def _relinked(links: Iterable[Link], mend: Mend) -> Iterable[Link]:
    cut, fresh = {one.ends for one in mend.cut}, list(mend.links)
    for link in links:
        heir = next((one for one in fresh if (one.target, one.input) == (link.target, link.input)), None)
        if link.ends not in cut:
            yield link
        elif heir is not None:
            fresh.remove(heir)
            yield heir
    yield from fresh


def _between(graph: Graph, node: str, mend: Mend) -> Position:
    """The middle between what an added node is linked to in the network as it was, through other added ones."""
    before, after = _end(graph, node, mend, down=False), _end(graph, node, mend, down=True)
    places = [one.position for one in (before, after) if one is not None]
    if not places:
        return (0.0, 0.0)
    return sum(x for x, _ in places) / len(places), sum(y for _, y in places) / len(places)


def _end(graph: Graph, node: str, mend: Mend, *, down: bool) -> Node | None:
    for _ in mend.nodes:
        found = next((one for one in mend.links if (one.source if down else one.target) == node), None)
        if found is None:
            return None
        node = found.target if down else found.source
        if node in graph:
            return graph[node]
    return None
