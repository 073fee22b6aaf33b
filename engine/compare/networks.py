"""The difference of two networks: nodes and links that came, went or changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, TypeAlias

from engine.compare.matching import matched, ordered
from engine.compare.values import MISSING, relation, same, written
from engine.spec import Block, Graph, Layer, Link, Node, Project

Status: TypeAlias = Literal["same", "added", "removed", "changed", "inside", "renamed", "moved"]
Layers: TypeAlias = Mapping[str, type[Layer]]


@dataclass(frozen=True, slots=True)
class Change:
    """A parameter with another value than before."""

    name: str
    before: Any
    after: Any

    @property
    def words(self) -> str:
        """Such as `out_channels 16 → 32`."""
        return f"{self.name} {written(self.before)} → {written(self.after)}".strip()

    @property
    def factor(self) -> str:
        """How far apart the two are, where they are numbers."""
        return relation(self.before, self.after)


@dataclass(frozen=True, kw_only=True)
class NodeDifference:
    """A node before and after; one of the two is None where it came or went."""

    before: Node | None
    after: Node | None
    changes: tuple[Change, ...] = ()
    moved: bool = False
    """Whether it stands at another place in the order of the data."""
    inside: bool = False
    """Whether it is a block and the network that it stands for differs."""

    @property
    def id(self) -> str:
        """What it is called now, or was while it was there."""
        return self._node.id

    @property
    def kind(self) -> str:
        """Its kind now, or while it was there."""
        return self._node.kind

    @property
    def _node(self) -> Node:
        found = self.after or self.before
        assert found is not None, "a difference is of a node"
        return found

    @property
    def renamed(self) -> bool:
        """Whether it has another id than before."""
        return self.before is not None and self.after is not None and self.before.id != self.after.id

    @property
    def status(self) -> Status:
        """The one word for it; of several the weightiest."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        told: tuple[tuple[Status, object], ...] = (
            ("changed", self.changes),
            ("inside", self.inside),
            ("moved", self.moved),
            ("renamed", self.renamed),
        )
        return next((word for word, holds in told if holds), "same")

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that differs, a part of a sentence each."""
        if self.status in ("added", "removed"):
            settings = (f"{name} {written(value)}" for name, value in self._node.parameters.items())
            return (", ".join((self.kind, *settings)),)
        said = [f"{one.words} ({one.factor})" if one.factor else one.words for one in self.changes]
        if self.renamed and self.before is not None:
            said.append(f"was called {self.before.id}")
        if self.moved:
            said.append("stands at another place")
        return (*said, *(("its network differs",) if self.inside else ()))


@dataclass(frozen=True, kw_only=True)
class NetworkDifference:
    """Two networks: which nodes are which, and what differs. A name is empty where there is no such network."""

    names: tuple[str, str]
    before: Graph
    after: Graph
    pairs: Mapping[str, str]
    """Ids before and after of the nodes that are in both."""
    nodes: tuple[NodeDifference, ...]
    """All nodes in the order of the data; those that went stand behind what they followed."""

    @property
    def name(self) -> str:
        """What the network is called now, or was."""
        return self.names[1] or self.names[0]

    @cached_property
    def differing(self) -> tuple[NodeDifference, ...]:
        """The nodes that are not the same in both."""
        return tuple(one for one in self.nodes if one.status != "same")

    @cached_property
    def removed_links(self) -> tuple[Link, ...]:
        """Links that are gone, by the ids of before."""
        now = {link.ends for link in self.after.links}
        return tuple(link for link in self.before.links if self._ends(link) not in now)

    @cached_property
    def added_links(self) -> tuple[Link, ...]:
        """Links that are new, by the ids of after."""
        kept = {self._ends(link) for link in self.before.links}
        return tuple(link for link in self.after.links if link.ends not in kept)

    @property
    def differs(self) -> bool:
        """Whether anything does."""
        return bool(self.differing or self.removed_links or self.added_links or not all(self.names))

    def _ends(self, link: Link) -> tuple[str, str, str, str]:
        """What a link of before joined, by the ids of after."""
        source, target = self.pairs.get(link.source, ""), self.pairs.get(link.target, "")
        return source, link.output, target, link.input


def compare_networks(before: Project, after: Project, layers: Layers) -> tuple[NetworkDifference, ...]:
    """The differences of all networks of two projects, those that are equal included.

    Networks are the same by their name, and by the blocks that stand for them where the name is another. `layers` says
    what a parameter is that was not written.
    """
    found: dict[tuple[str, str], NetworkDifference] = {}
    waiting = [(name, name) for name in before.networks if name in after.networks]
    while waiting:
        names = waiting.pop(0)
        if names not in found:
            found[names] = _difference(before, after, names, layers)
            waiting += _renamed_networks(found[names], before, after)
    gone = [(name, "") for name in before.networks if name not in {one for one, _ in found}]
    new = [("", name) for name in after.networks if name not in {one for _, one in found}]
    for names in (*gone, *new):
        found[names] = _difference(before, after, names, layers)
    deep = {names for names in found if _differs_deeply(names, found, frozenset())}
    places = {name: place for place, name in enumerate((*after.networks, *before.networks))}
    every = [_with_insides(one, deep) for one in found.values()]
    return tuple(sorted(every, key=lambda one: (one.name != "model", places.get(one.name, 0))))


def _renamed_networks(found: NetworkDifference, before: Project, after: Project) -> Iterator[tuple[str, str]]:
    for old, new in _blocks(found):
        if old != new and old not in after.networks and new not in before.networks:
            yield old, new


def _blocks(found: NetworkDifference) -> Iterator[tuple[str, str]]:
    """The networks that the blocks in both stand for."""
    for node in found.nodes:
        if node.before is not None and node.after is not None and node.kind == Block.kind() == node.before.kind:
            yield str(node.before.parameters.get("network", "")), str(node.after.parameters.get("network", ""))


def _differs_deeply(
    names: tuple[str, str], found: Mapping[tuple[str, str], NetworkDifference], within: frozenset[tuple[str, str]]
) -> bool:
    """Whether two networks differ themselves or in a block that stands in them."""
    if names not in found or names in within:
        return False
    return found[names].differs or any(
        _differs_deeply(inner, found, within | {names}) for inner in set(_blocks(found[names]))
    )


def _with_insides(found: NetworkDifference, deep: set[tuple[str, str]]) -> NetworkDifference:
    def inside(node: NodeDifference) -> bool:
        if node.before is None or node.after is None or node.kind != Block.kind():
            return False
        names = str(node.before.parameters.get("network", "")), str(node.after.parameters.get("network", ""))
        return names in deep

    return replace(found, nodes=tuple(replace(one, inside=True) if inside(one) else one for one in found.nodes))


def _difference(before: Project, after: Project, names: tuple[str, str], layers: Layers) -> NetworkDifference:
    old, new = before.networks.get(names[0], Graph()), after.networks.get(names[1], Graph())
    pairs = matched(old, new)
    moved = _moved(old, new, pairs)
    told: dict[str, NodeDifference] = {}
    for one, other in pairs.items():
        nodes = old[one], new[other]
        changes = (*_changes(nodes, (before, after), layers), *_order(old, new, pairs, one))
        told[other] = NodeDifference(before=nodes[0], after=nodes[1], changes=changes, moved=other in moved)
    return NetworkDifference(
        names=names, before=old, after=new, pairs=pairs, nodes=tuple(_in_order(old, new, pairs, told))
    )


def _in_order(
    old: Graph, new: Graph, pairs: Mapping[str, str], told: Mapping[str, NodeDifference]
) -> Iterator[NodeDifference]:
    gone: dict[str, list[str]] = {}
    behind = ""
    for node in ordered(old):
        behind = pairs.get(node, behind)
        if node not in pairs:
            gone.setdefault(behind, []).append(node)
    for node in ("", *ordered(new)):
        if node:
            yield told.get(node) or NodeDifference(before=None, after=new[node])
        yield from (NodeDifference(before=old[one], after=None) for one in gone.get(node, ()))


def _changes(nodes: tuple[Node, Node], projects: tuple[Project, Project], layers: Layers) -> Iterator[Change]:
    before, after = nodes
    if before.kind != after.kind:
        yield Change("", before.kind, after.kind)
        return
    if before.muted != after.muted:
        yield Change("muted", before.muted, after.muted)
    if before.parameters == after.parameters:
        return
    usual = [_defaults(node, project, layers) for node, project in zip(nodes, projects, strict=True)]
    for name in dict.fromkeys((*before.parameters, *after.parameters)):
        old, new = before.parameters.get(name, usual[0].get(name)), after.parameters.get(name, usual[1].get(name))
        if not same(old, new):
            known = [name in node.parameters or name in own for node, own in zip(nodes, usual, strict=True)]
            yield Change(name, old if known[0] else MISSING, new if known[1] else MISSING)


def _defaults(node: Node, project: Project, layers: Layers) -> dict[str, Any]:
    return {one.name: one.default for one in project.parameters_of(node, layers) if not one.required}


def _order(old: Graph, new: Graph, pairs: Mapping[str, str], node: str) -> Iterator[Change]:
    """Where a port takes several links their order counts."""
    ports = dict.fromkeys(link.input for link in old.incoming[node])
    for port in ports:
        was = [pairs.get(link.source, link.source) for link in old.incoming[node] if link.input == port]
        now = [link.source for link in new.incoming[pairs[node]] if link.input == port]
        if was != now and sorted(was) == sorted(now):
            yield Change(f"order of {port}", tuple(was), tuple(now))


def _moved(old: Graph, new: Graph, pairs: Mapping[str, str]) -> set[str]:
    """Nodes (ids of after) that stand before or behind others than they did, and read from none that they read from.

    As few as explain it: all but a longest run of nodes whose order is the same in both. What came or went in between,
    and wires that are missing, move nothing.
    """
    place = {node: number for number, node in enumerate(new.order)}
    both = [pairs[node] for node in old.order if pairs.get(node) in place]
    kept = _longest_rising([place[node] for node in both])
    back = {new_id: old_id for old_id, new_id in pairs.items()}

    def elsewhere(node: str) -> bool:
        was = {pairs[one] for one in _above(old, back[node], pairs.keys())}
        now = _above(new, node, back.keys())
        return bool(was and now) and not was & now

    return {node for node in both if place[node] not in kept and elsewhere(node)}


def _above(graph: Graph, node: str, known: Collection[str]) -> set[str]:
    """The nearest known nodes that data of a node comes from."""
    found, waiting, seen = set[str](), [node], {node}
    while waiting:
        for link in graph.incoming[waiting.pop()]:
            if link.source in known:
                found.add(link.source)
            elif link.source not in seen:
                seen.add(link.source)
                waiting.append(link.source)
    return found


def _longest_rising(numbers: list[int]) -> set[int]:
    """The numbers of a longest rising subsequence (patience sorting, n log n)."""
    tops: list[int] = []
    last: list[int] = []
    behind: list[int] = []
    for at, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        behind.append(last[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [number]
        last[pile : pile + 1] = [at]
    found, at = set(), last[-1] if last else -1
    while at >= 0:
        found.add(numbers[at])
        at = behind[at]
    return found
