"""Wires that mend: for an input that nothing reaches, a result that nobody reads, a network without an end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from engine.fitting import Fitting
from engine.flow import Flow, Follower
from engine.spec import Link, Mend, Node, ParameterError, Port, Problem, Task


class Joiner:
    """Finds the other end for what is not joined, among what would fit.

    Args:
        follower: knows the project and its layers.
        flow: the network with the data that flows through it now.
    """

    def __init__(self, follower: Follower, flow: Flow) -> None:
        self._follower = follower
        self._flow = flow
        self._fitting = Fitting(follower, flow)

    def into(self, problem: Problem, node: Node) -> Mend | None:
        """A wire from the nearest output above that fits, an unread one if there is one; else an Input."""
        port = str(problem.port)
        joined = {(link.source, link.output) for link in self._flow.graph.incoming[node.id]}
        for source, output in sorted(self._sources(node), key=lambda end: (end in joined, self._is_read(*end))):
            signal = self._fitting.signal(source, output)
            if signal is not None and not self._fitting.refusal(node, port, signal):
                link = Link(source=source, output=output, target=node.id, input=port)
                return Mend(text=f"Link it to {source}", network=self._flow.network, links=(link,))
        return None if any(self._flow.graph.of_kind("Input")) else self._input(node, port)

    def _sources(self, node: Node) -> list[tuple[str, str]]:
        """The outputs that a node may read without a loop, the nearest above it first."""
        graph, after = self._flow.graph, self._flow.graph.downstream(node.id)
        ends = [
            (one, output)
            for one, station in self._flow.stations.items()
            if one not in after
            for output in station.outputs
        ]
        ends.sort(key=lambda end: _distance(graph[end[0]], node))
        return ends

    def _is_read(self, node: str, output: str) -> bool:
        return any(link.output == output for link in self._flow.graph.outgoing[node])

    def _input(self, node: Node, port: str) -> Mend | None:
        column = self.spare_column()
        made = Node(id=self._flow.graph.fresh_id("Input"), kind="Input", parameters={"column": column or "image"})
        link = Link(source=made.id, target=node.id, input=port)
        return Mend(text="Add an Input", network=self._flow.network, nodes=(made,), links=(link,))

    def output(self) -> Mend | None:
        """An Output behind the last node whose result nobody reads."""
        ends = [
            (name, output)
            for name, station in self._flow.stations.items()
            for output in station.outputs
            if not self._is_read(name, output)
        ]
        if not ends:
            return None
        made = Node(id=self._flow.graph.fresh_id("Output"), kind="Output")
        link = Link(source=ends[-1][0], output=ends[-1][1], target=made.id)
        return Mend(text="Add an Output", network=self._flow.network, nodes=(made,), links=(link,))

    def onward(self, problem: Problem, node: Node) -> Mend | None:
        """A wire to an open input that takes what this node gives."""
        station, behind = self._flow.stations[node.id], self._fitting.behind(node.id)
        for target in self._flow.graph.nodes:
            for port in () if target.id in behind else self._open_ports(target):
                for output, signal in station.outputs.items():
                    if not self._fitting.refusal(target, port.name, signal):
                        link = Link(source=node.id, output=output, target=target.id, input=port.name)
                        return Mend(text=f"Link it to {target.id}", network=self._flow.network, links=(link,))
        return None

    def _open_ports(self, node: Node) -> Iterator[Port]:
        ports = self._follower.project.ports(node, self._follower.catalogue.layers) or ((), ())
        taken = {link.input for link in self._flow.graph.incoming[node.id]}
        return (port for port in ports[0] if port.name not in taken and not port.optional)

    def spare_column(self) -> str | None:
        """The first column of the data that is not what the task learns."""
        if self._follower.facts is None:
            return None
        learned: tuple[str, ...] = ()
        with suppress(ParameterError, NotImplementedError):
            learned = self._follower.catalogue.make(Task, self._follower.project.task).columns()
        return next((one for one in self._follower.facts.columns if one not in learned), None)


def _distance(source: Node, target: Node) -> float:
    """How far a node is from another; one below it counts as far, since data flows down."""
    right, down = (a - b for a, b in zip(target.position, source.position, strict=True))
    return abs(right) + (down if down >= 0 else 10_000 - down)
