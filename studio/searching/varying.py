"""What else a search may put in a place, and what it may leave out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.spec import Component, Graph, Node, Project, get


def varied(project: Project, path: str, component: Component) -> Project:
    """The project where a search may put this in a place, besides what is there."""
    found = _component(project, path)
    return _put(project, path, found.having(variants=(*found.variants, component)))


def revaried(project: Project, path: str, title: str, component: Component) -> Project:
    """The project with another component for a variant."""
    found = _component(project, path)
    place = [*found.candidates].index(title) - 1
    variants = tuple(component if at == place else one for at, one in enumerate(found.variants))
    return _put(project, path, found.having(variants=variants))


def unvaried(project: Project, path: str, title: str) -> Project:
    """The project where a search does not try this variant; what is there itself stays."""
    found = _component(project, path)
    place = [*found.candidates].index(title) - 1
    assert place >= 0, "what stands in the place itself is no variant"
    variants = tuple(one for at, one in enumerate(found.variants) if at != place)
    return _put(project, path, found.having(variants=variants))


def preferred(project: Project, path: str, title: str) -> Project:
    """The project with a variant in the place itself, and what was there among the variants."""
    found = _component(project, path)
    every = list(found.candidates.values())
    place = [*found.candidates].index(title)
    chosen = every.pop(place)
    rest = tuple(Component(kind=one.kind, parameters=one.parameters) for one in every)
    return _put(project, path, found.having(kind=chosen.kind, parameters=chosen.parameters, variants=rest))


def optional(project: Project, network: str, nodes: Iterable[str], *, on: bool) -> Project:
    """The project where a search tries it with each of these nodes and without, or no longer."""
    graph: Graph = project.networks[network]
    return project.with_network(network, graph.replace(*(graph[one].having(optional=on) for one in nodes)))


def _component(project: Project, path: str) -> Any:
    found = get(project, path)
    assert isinstance(found, Component), f"{path} is no component"
    return found


def _put(project: Project, path: str, component: Any) -> Project:
    if not isinstance(component, Node):
        return project.set(path, component)
    network = path.partition(".")[0]
    graph: Graph = project.networks[network]
    return project.with_network(network, graph.replace(component))
