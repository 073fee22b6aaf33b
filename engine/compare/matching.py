"""Which node of one network is which of another.

A node that kept its id and kind is the same. Of the others, those that stand at the same place are: first with equal
parameters, then with equal kind, then whatever took the place of what. So a node with another name is neither gone nor
new, and nor is one that was swapped for another kind.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterator
from difflib import SequenceMatcher

from engine.spec import Graph, Link, Node

Alike = Callable[[Node, Node], bool]


def matched(before: Graph, after: Graph) -> dict[str, str]:
    """The ids of an older network's nodes with those that they have in a newer one; no id stands twice on a side."""
    pairs = _Pairs(before, after)
    pairs.by_id()
    if len(pairs.found) == len(before.nodes) == len(after.nodes):
        return pairs.found
    pairs.by_neighbors(_equal)
    pairs.by_place(_signature)
    pairs.by_neighbors(_of_kind)
    pairs.by_place(lambda node: node.kind)
    pairs.by_replacement()
    return pairs.found


def ordered(graph: Graph) -> list[str]:
    """The ids in the order of the data; those in or behind a loop come last."""
    placed = set(graph.order)
    return [*graph.order, *(node.id for node in graph.nodes if node.id not in placed)]


class _Pairs:
    """The pairs found so far."""

    def __init__(self, before: Graph, after: Graph) -> None:
        self.before, self.after = before, after
        self.found: dict[str, str] = {}
        self._taken: set[str] = set()

    def by_id(self) -> None:
        for node in self.before.nodes:
            if node.id in self.after and self.after[node.id].kind == node.kind:
                self._pair(node.id, node.id)

    def by_neighbors(self, alike: Alike) -> None:
        """From every pair along the links: what hangs at the same port and is alike is a pair, too."""
        waiting = deque(self.found.items())
        while waiting:
            for old, new in self._beside(*waiting.popleft()):
                if self._free(old, new) and alike(self.before[old], self.after[new]):
                    self._pair(old, new)
                    waiting.append((old, new))

    def by_place(self, key: Callable[[Node], Hashable]) -> None:
        """Along the order of the data; a pair whose neighbors are known and others is none."""
        old = [one for one in ordered(self.before) if one not in self.found]
        new = [one for one in ordered(self.after) if one not in self._taken]
        keys = [key(self.before[one]) for one in old], [key(self.after[one]) for one in new]
        tried: list[tuple[str, str]] = []
        for block in SequenceMatcher(None, *keys, autojunk=False).get_matching_blocks():
            tried += zip(old[block.a :][: block.size], new[block.b :][: block.size], strict=True)
        for pair in tried:
            self._pair(*pair)
        for one, other in tried:
            if not self._agrees(one, other):
                del self.found[one]
                self._taken.discard(other)

    def by_replacement(self) -> None:
        """What stands between the same nodes took each other's place."""
        free: dict[Hashable, list[str]] = {}
        for node in self.after.nodes:
            if node.id not in self._taken:
                free.setdefault(_surroundings(self.after, node.id), []).append(node.id)
        for node in self.before.nodes:
            place = self._mapped(node.id) if node.id not in self.found else None
            if place is not None and any(place) and free.get(place):
                self._pair(node.id, free[place].pop(0))

    def _pair(self, old: str, new: str) -> None:
        self.found[old] = new
        self._taken.add(new)

    def _free(self, old: str, new: str) -> bool:
        return old not in self.found and new not in self._taken

    def _beside(self, old: str, new: str) -> Iterator[tuple[str, str]]:
        """Nodes that hang at the same ports of both, those at the same port of their own first."""
        below, above = self.after.outgoing[new], self.after.incoming[new]
        for link in self.before.outgoing[old]:
            for other in sorted((one for one in below if one.output == link.output), key=_unlike(link, "input")):
                yield link.target, other.target
        for link in self.before.incoming[old]:
            for other in sorted((one for one in above if one.input == link.input), key=_unlike(link, "output")):
                yield link.source, other.source

    def _agrees(self, old: str, new: str) -> bool:
        """Whether both hang at a pair of nodes, or there is none that they could hang at."""
        olds, news = _neighbors(self.before, old), _neighbors(self.after, new)
        known = [one for one in olds if one in self.found]
        return any(self.found[one] in news for one in known) or (not known and not news & self._taken)

    def _mapped(self, old: str) -> tuple[frozenset[str], frozenset[str]] | None:
        above, below = _surroundings(self.before, old)
        if not above | below <= self.found.keys():
            return None
        return frozenset(self.found[one] for one in above), frozenset(self.found[one] for one in below)


def _equal(one: Node, other: Node) -> bool:
    return one.kind == other.kind and one.parameters == other.parameters


def _of_kind(one: Node, other: Node) -> bool:
    return one.kind == other.kind


def _signature(node: Node) -> Hashable:
    return node.kind, tuple(sorted((name, repr(value)) for name, value in node.parameters.items()))


def _surroundings(graph: Graph, node: str) -> tuple[frozenset[str], frozenset[str]]:
    above = frozenset(link.source for link in graph.incoming[node])
    return above, frozenset(link.target for link in graph.outgoing[node])


def _neighbors(graph: Graph, node: str) -> frozenset[str]:
    above, below = _surroundings(graph, node)
    return above | below


def _unlike(link: Link, end: str) -> Callable[[Link], bool]:
    return lambda other: getattr(other, end) != getattr(link, end)
