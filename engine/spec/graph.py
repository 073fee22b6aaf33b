"""Graphs: nodes and the links between their ports, as values that edits replace."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Self

from pydantic import model_validator

from engine.spec.declaration import Component
from engine.spec.value import FrozenDict, Value

Position = tuple[float, float]


class Node(Component):
    """One layer on the canvas: a kind, its parameters as written, an id and a place."""

    id: str
    position: Position = (0.0, 0.0)
    """Where the box stands on the canvas, in canvas units; no part of what is trained."""


class Link(Value):
    """A joined pair: an output port of one node and an input port of another."""

    source: str
    target: str
    output: str = "output"
    input: str = "x"


class Graph(Value):
    """A network: nodes in the order they were added, and links. Every edit returns a new graph."""

    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        seen: set[str] = set()
        for node in self.nodes:
            if node.id in seen:
                raise ValueError(f"two nodes are called '{node.id}'; rename one of them")
            seen.add(node.id)
        for link in self.links:
            for end in (link.source, link.target):
                if end not in seen:
                    raise ValueError(
                        f"the link '{link.source} -> {link.target}' ends at '{end}', and there is no such node"
                    )
        return self

    @cached_property
    def index(self) -> Mapping[str, Node]:
        """The nodes by id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Link, ...]]:
        """The links that end at each node, in their order in the graph."""
        return _grouped(self.links, self.index, "target")

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Link, ...]]:
        """The links that start at each node."""
        return _grouped(self.links, self.index, "source")

    def __getitem__(self, node: str) -> Node:
        return self.index[node]

    def __contains__(self, node: object) -> bool:
        return node in self.index

    def of_kind(self, kind: str) -> Iterator[Node]:
        """The nodes of one kind, in order."""
        return (node for node in self.nodes if node.kind == kind)

    # Edits

    def add(self, *nodes: Node) -> Graph:
        """The graph with more nodes; raise ValueError when an id is taken."""
        for node in nodes:
            if node.id in self:
                raise ValueError(f"there is already a node called '{node.id}'")
        return self._with(nodes=(*self.nodes, *nodes))

    def remove(self, *ids: str) -> Graph:
        """The graph without some nodes and without the links that ended at them."""
        gone = set(ids)
        return self._with(
            nodes=tuple(node for node in self.nodes if node.id not in gone),
            links=tuple(link for link in self.links if not gone & {link.source, link.target}),
        )

    def replace(self, *nodes: Node) -> Graph:
        """The graph with nodes of the same ids in place of the old ones."""
        new = {node.id: node for node in nodes}
        assert new.keys() <= self.index.keys(), "replace takes nodes that are there"
        return self._with(nodes=tuple(new.get(node.id, node) for node in self.nodes))

    def move(self, positions: Mapping[str, Position]) -> Graph:
        """The graph with some boxes elsewhere."""
        return self.replace(*(self[one].having(position=place) for one, place in positions.items()))

    def rename(self, old: str, new: str) -> Graph:
        """The graph with another id for one node; raise ValueError when it is no identifier or taken."""
        if not new.isidentifier():
            raise ValueError(f"'{new}' cannot name a node: use letters, digits and '_', and start with a letter")
        if new != old and new in self:
            raise ValueError(f"there is already a node called '{new}'")
        return self._with(
            nodes=tuple(node.having(id=new) if node.id == old else node for node in self.nodes),
            links=tuple(_renamed(link, old, new) for link in self.links),
        )

    def connect(self, link: Link, *, many: bool = False) -> Graph:
        """The graph with one more link; an input that takes one link loses the one it had.

        Raise ValueError, with the rule that refuses it, when an end is missing or the link would close a loop.
        """
        for end in (link.source, link.target):
            if end not in self:
                raise ValueError(f"there is no node called '{end}'")
        if self.reaches(link.target, link.source):
            raise ValueError(
                f"a link from '{link.source}' to '{link.target}' would close a loop, and data cannot flow in a circle"
            )
        if link in self.links:
            return self
        kept = (
            self.links
            if many
            else tuple(one for one in self.links if (one.target, one.input) != (link.target, link.input))
        )
        return self._with(links=(*kept, link))

    def disconnect(self, *links: Link) -> Graph:
        """The graph without some links."""
        return self._with(links=tuple(link for link in self.links if link not in set(links)))

    def _with(self, *, nodes: tuple[Node, ...] | None = None, links: tuple[Link, ...] | None = None) -> Graph:
        return Graph.model_construct(
            nodes=self.nodes if nodes is None else nodes, links=self.links if links is None else links
        )

    # Questions

    def fresh_id(self, kind: str, taken: Iterable[str] = ()) -> str:
        """A readable id that is free: the kind in lower case and the next number (`conv2d_3`)."""
        stem = re.sub(r"\W", "_", kind).lower() or "node"
        used = {*self.index, *taken}
        number = 1
        while f"{stem}_{number}" in used:
            number += 1
        return f"{stem}_{number}"

    def reaches(self, start: str, end: str) -> bool:
        """Whether data that leaves `start` arrives at `end`; a node reaches itself."""
        return end in self.downstream(start)

    def downstream(self, *starts: str) -> set[str]:
        """The given nodes and all that their data flows into."""
        found, waiting = set(starts), list(starts)
        while waiting:
            for link in self.outgoing.get(waiting.pop(), ()):
                if link.target not in found:
                    found.add(link.target)
                    waiting.append(link.target)
        return found

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The ids so that every node follows what it reads; nodes that stand in or behind a loop are left out."""
        sorter = TopologicalSorter({node.id: [link.source for link in self.incoming[node.id]] for node in self.nodes})
        with suppress(CycleError):  # the sorter then hands out all that does not depend on the loop
            sorter.prepare()
        found: list[str] = []
        while ready := sorter.get_ready():
            found += ready
            sorter.done(*ready)
        return tuple(found)

    @property
    def loop(self) -> tuple[str, ...]:
        """The ids of one loop, in its direction; empty when there is none."""
        sorter = TopologicalSorter({node.id: [link.source for link in self.incoming[node.id]] for node in self.nodes})
        try:
            sorter.prepare()
        except CycleError as error:
            return tuple(error.args[1][:-1])
        return ()


def _grouped(links: Iterable[Link], ids: Iterable[str], end: str) -> Mapping[str, tuple[Link, ...]]:
    groups: dict[str, list[Link]] = {one: [] for one in ids}
    for link in links:
        groups[getattr(link, end)].append(link)
    return FrozenDict({one: tuple(group) for one, group in groups.items()})


def _renamed(link: Link, old: str, new: str) -> Link:
    source, target = (new if end == old else end for end in (link.source, link.target))
    renamed: Link = link.having(source=source, target=target)
    return renamed
