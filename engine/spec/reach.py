"""Which networks stand for others: blocks, and what a search may choose between."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from engine.spec.declaration import Component
from engine.spec.project import Project
from engine.spec.search import Search

Condition: TypeAlias = tuple[str, Any]
"""A variable's name and the value it must have."""


def roots(project: Project) -> tuple[str, ...]:
    """The networks that are trained themselves: no node of any network stands for them; else the first."""
    used = {
        name
        for graph in project.networks.values()
        for node in graph.nodes
        for one in (node, *node.variants)
        for name, _ in stands_for(one, "")
    }
    return tuple(name for name in project.networks if name not in used) or tuple(project.networks)[:1]


def stands_for(component: Component, path: str) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    """The networks that a block may stand for, each with what must be chosen for that."""
    if component.kind != "Block":
        return
    network = component.parameters.get("network", "")
    if not isinstance(network, Search):
        yield str(network), ()
        return
    for one in network.choices:
        yield str(one), ((network.name or f"{path}.network", one),)
