"""Which ports and layers would take a signal that does not reach them yet, and why the others would not."""

from __future__ import annotations

from typing import Any

from engine.flow import Flow, Follower
from engine.probe import Signal, probe
from engine.spec import RESERVED, Layer, Node, ParameterError, Port


class Fitting:
    """Tries signals at the nodes of one network, which stays as it is.

    Args:
        follower: knows the project and its layers.
        flow: the network with the data that flows through it now.
    """

    def __init__(self, follower: Follower, flow: Flow) -> None:
        self.follower = follower
        self.flow = flow

    def signal(self, node: str, output: str) -> Signal | None:
        """What leaves an output; None while that is not known."""
        station = self.flow.stations.get(node)
        return None if station is None else station.outputs.get(output)

    def refusal(self, node: Node, port: str, signal: Signal) -> str:
        """Why a node would not take this signal at a port, in a sentence; empty where it would, or nobody can say."""
        ports = self.follower.project.ports(node, self.follower.catalogue.layers)
        inputs = None if ports is None or node.muted else self._inputs(node, ports[0], port, signal)
        if inputs is None or node.kind == "Output":
            return ""
        if node.kind == "Block":
            return self._inside(node, inputs)
        try:
            return probe(self.follower.catalogue.make(Layer, node), inputs).refusal
        except ParameterError:
            return ""  # which is a problem of its own, said at the node

    def ports(self, node: str, port: str, *, output: bool) -> dict[str, dict[str, str]]:
        """By node and port, why a wire from this end would not fit there; those that fit are left out."""
        found: dict[str, dict[str, str]] = {}
        if output:
            signal = self.signal(node, port)
            if signal is not None:
                behind = self.behind(node)
                found = {one.id: self._refusals(one, signal) for one in self.flow.graph.nodes if one.id not in behind}
        else:
            target = self.flow.graph[node]
            for source, station in self.flow.stations.items():
                said = {name: self.refusal(target, port, signal) for name, signal in station.outputs.items()}
                found[source] = {name: sentence for name, sentence in said.items() if sentence}
        return {one: said for one, said in found.items() if said}

    def kinds(self, signal: Signal) -> list[str]:
        """The kinds of layer that would take a signal as they are first put down."""
        return [kind for kind, layer in self.follower.catalogue.layers.items() if self._takes(kind, layer, signal)]

    def _takes(self, kind: str, layer: type[Layer], signal: Signal) -> bool:
        if kind in ("Output", "Block"):
            return True
        try:
            made = layer.made({})
        except ParameterError:
            return True  # it needs to be told something first
        ports = layer.inputs()
        return bool(ports) and not probe(made, tuple(None if one.optional else signal for one in ports)).refusal

    def _refusals(self, node: Node, signal: Signal) -> dict[str, str]:
        ports = self.follower.project.ports(node, self.follower.catalogue.layers) or ((), ())
        said = {port.name: self.refusal(node, port.name, signal) for port in ports[0]}
        return {name: sentence for name, sentence in said.items() if sentence}

    def _inputs(
        self, node: Node, ports: tuple[Port, ...], port: str, signal: Signal
    ) -> tuple[Signal | None, ...] | None:
        """What would arrive, port by port; None where something else that is needed does not."""
        inputs: list[Signal | None] = []
        for one in ports:
            links = [link for link in self.flow.graph.incoming[node.id] if link.input == one.name]
            known = [self.signal(link.source, link.output) for link in links]
            if one.name == port:
                known = [*known, signal] if one.many else [signal]
            if None in known or not (known or one.optional):
                return None
            inputs += known or [None]
        return tuple(inputs)

    def _inside(self, node: Node, inputs: tuple[Signal | None, ...]) -> str:
        name = str(node.parameters.get("network", ""))
        if name in (self.flow.network, ""):
            return ""
        settings: dict[str, Any] = {key: value for key, value in node.parameters.items() if key not in RESERVED}
        problems = self.follower.copy(name, inputs, settings, (self.flow.network,)).problems
        return f"Inside the block '{name}': {problems[0].message}" if problems else ""

    def behind(self, node: str) -> set[str]:
        """A node and all whose data flows into it."""
        found, waiting = {node}, [node]
        while waiting:
            for link in self.flow.graph.incoming[waiting.pop()]:
                if link.source not in found:
                    found.add(link.source)
                    waiting.append(link.source)
        return found
