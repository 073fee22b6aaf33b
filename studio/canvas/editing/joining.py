"""What may be joined to what, and the sentence that says why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.spec import Graph, Link


@dataclass(frozen=True, slots=True)
class End:
    """A port of a node, where a wire can start or end."""

    node: str
    port: str
    output: bool
    many: bool = False


Misfits = Mapping[str, Mapping[str, str]]
"""By node and port, why what flows would not fit there."""


@dataclass(frozen=True, slots=True)
class Fits:
    """What takes the data at the end of a wire.

    Args:
        misfits: the ports that would not, and why.
        kinds: the kinds of layer that would, as they are first put down; None where nobody knows.
    """

    misfits: Misfits
    kinds: frozenset[str] | None = None


AskFits = Callable[[End, Callable[[Fits], object]], object]
"""Asks what takes the data at an end, and has the other function called with the answer, if there is one."""


def link_between(one: End, other: End) -> Link:
    """The link from whichever end is the output to the other."""
    source, target = (one, other) if one.output else (other, one)
    return Link(source=source.node, output=source.port, target=target.node, input=target.port)


class Joining:
    """The rules for one wire that is being drawn from an end: made when the drag starts, asked at every move.

    Args:
        graph: the network without the wire.
        start: the end that stays where it is.
    """

    def __init__(self, graph: Graph, start: End) -> None:
        self.start = start
        self._graph = graph
        touching = graph.outgoing if start.output else graph.incoming
        self.misfits: Misfits = {}
        """What somebody found out about the data; no rule, but a warning."""
        self._joined = frozenset(link.ends for link in touching[start.node])
        self._circular = upstream(graph, start.node) if start.output else graph.downstream(start.node)

    def refusal(self, other: End) -> str:
        """Why a wire to this end is refused, in a sentence; empty where it is welcome."""
        start = self.start
        if other.node == start.node:
            return "A layer cannot feed itself: data cannot flow in a circle."
        if other.output == start.output:
            kind = "outputs" if start.output else "inputs"
            return f"Both ends are {kind}: a wire goes from an output to an input."
        if other.node in self._circular:
            return self._loop(other)
        if link_between(start, other).ends in self._joined:
            return "These two are joined already."
        return ""

    def misfit(self, other: End) -> str:
        """Why data would not flow through a wire to this end, in a sentence; empty where it would or nobody knows."""
        return self.misfits.get(other.node, {}).get(other.port, "") if other.output != self.start.output else ""

    def welcome(self, other: End) -> bool:
        """Whether nothing speaks against a wire to this end."""
        return not self.refusal(other) and not self.misfit(other)

    def replaced(self, other: End) -> Link | None:
        """The link that gives way to a wire to this end, since most inputs take only one."""
        target = other if self.start.output else self.start
        if target.many or target.node not in self._graph:
            return None
        return next((link for link in self._graph.incoming[target.node] if link.input == target.port), None)

    def _loop(self, other: End) -> str:
        source, target = (self.start, other) if self.start.output else (other, self.start)
        return f"This would close a loop: data from {target.node} already flows into {source.node}."


def upstream(graph: Graph, *ends: str) -> set[str]:
    """The given nodes and all whose data flows into them."""
    found, waiting = set(ends), list(ends)
    while waiting:
        for link in graph.incoming.get(waiting.pop(), ()):
            if link.source not in found:
                found.add(link.source)
                waiting.append(link.source)
    return found
