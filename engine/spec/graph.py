"""Graphs: nodes and the links between their ports, as values that edits replace."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Any, Self

from pydantic import model_validator

from engine.spec.declaration import Component
from engine.spec.search import write_parameters
from engine.spec.value import FrozenDict, Value
from engine.spec.writing import component_to_json

Position = tuple[float, float]
RESERVED = ("network", "repeat")
"""Parameters that every block has, so that none of a network's own may be called so."""


class Node(Component):
    """One layer on the canvas: a kind, its parameters as written, an id and a place."""

    id: str
    position: Position = (0.0, 0.0)
    """Where the box stands on the canvas, in canvas units; no part of what is trained."""
    muted: bool = False
    """Whether data passes it by unchanged, as if the node were a piece of wire."""
    optional: bool = False
    """Whether a search tries it both ways: there, and muted."""

    def data(self) -> dict[str, Any]:
        """The node as plain JSON; what few nodes have is said of those alone."""
        parameters = write_parameters(self.parameters)
        found = {"id": self.id, "kind": self.kind, "parameters": parameters, "position": list(self.position)}
        if self.variants:
            found |= {"variants": [component_to_json(one) for one in self.variants]}
        return found | {name: True for name in ("muted", "optional") if getattr(self, name)}

    @cached_property
    def text(self) -> str:
        """`data` as text, written once: edits share the nodes that they leave."""
        return json.dumps(self.data(), ensure_ascii=False)


class Link(Value):
    """A joined pair: an output port of one node and an input port of another."""

    source: str
    target: str
    output: str = "output"
    input: str = "x"
    via: tuple[Position, ...] = ()
    """Points of the canvas that the wire is led through, from source to target; no part of what is trained."""

    @property
    def ends(self) -> tuple[str, str, str, str]:
        """What it joins, whatever way its wire takes: source, output, target, input."""
        return self.source, self.output, self.target, self.input

    def data(self) -> dict[str, Any]:
        """The link as plain JSON, without points where its wire goes by itself."""
        found = {"source": self.source, "target": self.target, "output": self.output, "input": self.input}
        return {**found, "via": [list(place) for place in self.via]} if self.via else found

    @cached_property
    def text(self) -> str:
        """`data` as text, written once."""
        return json.dumps(self.data(), ensure_ascii=False)


class Frame(Value):
    """A titled area behind the nodes, with room for a comment: words for people, no part of what is trained."""

    id: str
    title: str = ""
    text: str = ""
    position: Position = (0.0, 0.0)
    size: Position = (320.0, 240.0)
    color: str = ""
    """The category whose color it has; empty is neutral."""


class Bookmark(Value):
    """A part of the canvas that one key brings into sight."""

    key: int
    """The digit that recalls it, 1 to 9."""
    center: Position = (0.0, 0.0)
    zoom: float = 1.0
    """Pixels per canvas unit."""


class Exposed(Value):
    """A parameter of a network that is used as a block: one name outside for one or more parameters inside."""

    name: str
    targets: tuple[tuple[str, str], ...]
    """Node ids and the names of their parameters, all of which take the value; the first gives form and default."""


class Graph(Value):
    """A network: nodes in the order they were added, and links. Every edit returns a new graph."""

    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    exposed: tuple[Exposed, ...] = ()
    """What a block that uses this network can set from outside."""
    frames: tuple[Frame, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()

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
        for one in self.exposed:
            for target, _ in one.targets:
                if target not in seen:
                    raise ValueError(f"the parameter '{one.name}' sets '{target}', and there is no such node")
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
            exposed=_retargeted(self.exposed, lambda node: None if node in gone else node),
        )

    def replace(self, *nodes: Node) -> Graph:
        """The graph with nodes of the same ids in place of the old ones."""
        new = {node.id: node for node in nodes}
        assert new.keys() <= self.index.keys(), "replace takes nodes that are there"
        changed = self._with(nodes=tuple(new.get(node.id, node) for node in self.nodes))
        for links in ("incoming", "outgoing"):  # the same links between the same ids: found once for both
            if links in vars(self):
                vars(changed)[links] = vars(self)[links]
        return changed

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
            exposed=_retargeted(self.exposed, lambda node: new if node == old else node),
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
        if any(one.ends == link.ends for one in self.links):
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

    def lead(self, link: Link, via: tuple[Position, ...]) -> Graph:
        """The graph with the wire of one link led through other points."""
        assert link in self.links, "lead takes a link that is there"
        return self._with(links=tuple(one.having(via=via) if one == link else one for one in self.links))

    def frame(self, *frames: Frame) -> Graph:
        """The graph with frames added, or put in place of those of the same ids."""
        new = {one.id: one for one in frames}
        kept = tuple(new.pop(one.id, one) for one in self.frames)
        return self._with(frames=(*kept, *new.values()))

    def unframe(self, *ids: str) -> Graph:
        """The graph without some frames; what stood in them stays."""
        return self._with(frames=tuple(one for one in self.frames if one.id not in ids))

    def mark(self, bookmark: Bookmark) -> Graph:
        """The graph with a bookmark, in place of the one on the same key."""
        kept = tuple(one for one in self.bookmarks if one.key != bookmark.key)
        return self._with(bookmarks=tuple(sorted((*kept, bookmark), key=lambda one: one.key)))

    def expose(self, *exposed: Exposed) -> Graph:
        """The graph with these as all that a block can set from outside; raise ValueError when they cannot be."""
        names = [one.name for one in exposed]
        for one in exposed:
            if not one.name.isidentifier() or one.name in RESERVED:
                raise ValueError(f"'{one.name}' cannot name a parameter: use letters, digits and '_'")
            if names.count(one.name) > 1:
                raise ValueError(f"two parameters of the block are called '{one.name}'; rename one of them")
            if not one.targets or any(node not in self for node, _ in one.targets):
                raise ValueError(f"the parameter '{one.name}' sets nothing that is in the network")
        return self._with(exposed=exposed)

    def given(self, parameters: Mapping[str, object]) -> Graph:
        """The graph with exposed parameters set, as a block that uses it does; other names are passed over."""
        settings: dict[str, dict[str, object]] = {}
        for one in self.exposed:
            for node, parameter in one.targets if one.name in parameters else ():
                settings.setdefault(node, {})[parameter] = parameters[one.name]
        return self.replace(*(self[node].set(**values) for node, values in settings.items())) if settings else self

    def _with(self, **changes: object) -> Graph:
        changed: Graph = self.having(**changes)
        return changed

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


def _retargeted(exposed: tuple[Exposed, ...], named: Callable[[str], str | None]) -> tuple[Exposed, ...]:
    """Exposed parameters with their nodes under other names; one whose nodes are all gone goes too."""
    changed = (
        one.having(targets=tuple((name, parameter) for node, parameter in one.targets if (name := named(node))))
        for one in exposed
    )
    return tuple(one for one in changed if one.targets)


def _renamed(link: Link, old: str, new: str) -> Link:
    source, target = (new if end == old else end for end in (link.source, link.target))
    renamed: Link = link.having(source=source, target=target)
    return renamed
