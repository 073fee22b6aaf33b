"""Following the data through a network: which signal arrives where, and what stops it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.probe import BATCH, Probe, Signal, probe
from engine.spec import RESERVED, Catalogue, Facts, Graph, Layer, Link, Node, ParameterError, Port, Problem, Project
from engine.spec.layer import Bypass


@dataclass(slots=True)
class Station:
    """A node as the data passes it: its declaration, what arrives, what leaves and what that cost."""

    node: Node
    layer: Layer
    inputs: tuple[Signal | None, ...] = ()
    links: tuple[Link | None, ...] = ()
    """The link behind each of `inputs`."""
    outputs: dict[str, Signal] = field(default_factory=dict)
    parameters: int = 0
    flops: int = 0
    activation_bytes: int = 0
    inside: tuple[Flow, ...] = ()
    """For a block, the flow of each copy."""


@dataclass(slots=True)
class Flow:
    """A network with data following its links."""

    network: str
    graph: Graph
    """The network as it is drawn."""
    stations: dict[str, Station] = field(default_factory=dict)
    """The nodes that were reached, in an order in which they can be computed."""
    outputs: dict[str, Signal] = field(default_factory=dict)
    """By the names of the Output nodes."""
    problems: list[Problem] = field(default_factory=list)

    def blame(self, message: str, **place: str | None) -> None:
        """Write down what is wrong in this network: where, and by what `cause`."""
        self.problems.append(Problem(message=message, network=self.network, **place))  # type: ignore[arg-type]


@dataclass(slots=True)
class Follower:
    """Follows data through the networks of one project."""

    project: Project
    catalogue: Catalogue
    facts: Facts | None
    known: dict[tuple[str, str, tuple[Signal | None, ...]], Flow] = field(default_factory=dict)
    """Blocks already followed, by network, settings and what arrives: a thousand copies cost one."""

    def follow(
        self,
        network: str,
        *,
        given: Mapping[str, Signal] | None = None,
        settings: Mapping[str, Any] | None = None,
        within: tuple[str, ...] = (),
    ) -> Flow:
        """Send data through a network.

        One used as a block has signals `given` to its Inputs (by id), `settings` for what it exposes, and stands
        `within` others.
        """
        graph: Graph = self.project.networks[network].given(settings or {})
        flow = Flow(network, graph)
        if graph.loop:
            names = " → ".join(f"'{one}'" for one in (*graph.loop, graph.loop[0]))
            for node in graph.loop:
                flow.blame(
                    f"These nodes form a loop, and data cannot flow in a circle: {names}.", node=node, cause="loop"
                )
        for node_id in graph.order:
            station = self._arrive(flow, graph, graph[node_id])
            if station is not None:
                self._pass(flow, station, given, (*within, network))
                flow.stations[node_id] = station
        self._outputs(flow, graph)
        return flow

    def _arrive(self, flow: Flow, graph: Graph, node: Node) -> Station | None:
        """What arrives at a node; None where something before it, or the node itself, is not in order."""
        ports = self.project.ports(node, self.catalogue.layers)
        muted = node.muted and ports is not None and ports[0] and ports[1]
        try:
            layer: Layer = Bypass() if muted else self.catalogue.make(Layer, node)
        except ParameterError as error:
            flow.blame(str(error), node=node.id, parameter=error.parameter, cause="parameter")
            return None
        if ports is None:
            flow.blame("This block names no network of the project.", node=node.id, parameter="network")
            return None
        links = list(_arrivals(flow, graph, node, _first_alone(ports[0]) if muted else ports[0]))
        if None in [one for one, needed in links if needed] or not all(_known(flow, one) for one, _ in links):
            return None
        signals = tuple(None if link is None else flow.stations[link.source].outputs[link.output] for link, _ in links)
        return Station(node, layer, signals, tuple(link for link, _ in links))

    def _pass(self, flow: Flow, station: Station, given: Mapping[str, Signal] | None, within: tuple[str, ...]) -> None:
        """Let the data through a node and note what it becomes."""
        node = station.node
        if isinstance(station.layer, Bypass):
            self._pass_by(station)
        elif node.kind == "Input":
            signal = given.get(node.id) if given is not None else self._enter(flow, station)
            station.outputs = {} if signal is None else {"output": signal}
        elif node.kind == "Block":
            self._enter_block(flow, station, within)
        elif node.kind != "Output":
            self._through(flow, station, probe(station.layer, station.inputs))

    def _pass_by(self, station: Station) -> None:
        """A muted node hands on what arrives: to each output the input of the same place, or else the first."""
        _, outputs = self.project.ports(station.node, self.catalogue.layers) or ((), ())
        arrived = [one for one in station.inputs if one is not None]
        station.outputs = {
            name: arrived[place] if place < len(arrived) else arrived[0] for place, name in enumerate(outputs)
        }

    def _through(self, flow: Flow, station: Station, found: Probe) -> None:
        if found.refusal:
            port = found.port or (_first_port(station) if found.parameter is None else None)
            place = {"node": station.node.id, "port": port, "parameter": found.parameter}
            flow.blame(found.refusal, **place, cause="refused")
            return
        station.outputs = dict(zip(station.layer.outputs, found.outputs, strict=False))
        station.parameters, station.flops = found.parameters, found.flops
        station.activation_bytes = sum(one.bytes for one in found.outputs)

    def _enter(self, flow: Flow, station: Station) -> Signal | None:
        """The signal of a data column: as the dataset gives it, else as the node itself says."""
        column, shape = str(getattr(station.layer, "column", "")), tuple(getattr(station.layer, "shape", ()))
        if self.facts is not None and column in self.facts.columns:
            known = self.facts.column(column)
            return Signal((BATCH, *known.shape), known.dtype)
        if shape:
            return Signal((BATCH, *shape), str(getattr(station.layer, "dtype", "float32")))
        if self.facts is not None and self.facts.columns:
            names = ", ".join(f"'{one}'" for one in self.facts.columns)
            message = f"The data has no column '{column}'. It has: {names}."
            flow.blame(message, node=station.node.id, parameter="column", cause="column")
        else:
            flow.blame(
                "No data enters here yet. Choose a dataset on the Data page, or give the Input a shape.",
                node=station.node.id,
            )
        return None

    def _enter_block(self, flow: Flow, station: Station, within: tuple[str, ...]) -> None:
        name, repeat = str(getattr(station.layer, "network", "")), int(getattr(station.layer, "repeat", 1))
        if name in within:
            flow.blame(
                f"The block '{name}' contains itself, and would never end.", node=station.node.id, parameter="network"
            )
            return
        settings = {key: value for key, value in station.node.parameters.items() if key not in RESERVED}
        exposed = {one.name for one in self.project.networks[name].exposed}
        for strange in settings.keys() - exposed:
            known = ", ".join((*RESERVED, *exposed))
            message = f"The block '{name}' has no parameter '{strange}'. It has: {known}."
            flow.blame(message, node=station.node.id, parameter=strange)
        copies: list[Flow] = []
        signals = station.inputs
        while len(copies) < repeat and self._fits(flow, station, len(signals)):
            copies.append(self.copy(name, signals, settings, within))
            signals = tuple(copies[-1].outputs.values())
            if copies[-1].problems:
                reason = copies[-1].problems[0].message
                flow.blame(f"Inside copy {len(copies)} of the block '{name}': {reason}", node=station.node.id)
                break
        else:
            station.outputs = dict(copies[-1].outputs) if len(copies) == repeat else {}
        station.inside = tuple(copies)
        stations = [one for copy in copies for one in copy.stations.values()]
        station.parameters = sum(one.parameters for one in stations)
        station.flops = sum(one.flops for one in stations)
        station.activation_bytes = sum(one.activation_bytes for one in stations)

    def copy(
        self, name: str, signals: tuple[Signal | None, ...], settings: Mapping[str, Any], within: tuple[str, ...]
    ) -> Flow:
        """The flow of one copy of a block for these signals, followed once and remembered."""
        key = name, json.dumps(settings, sort_keys=True, default=repr), signals
        found = self.known.get(key)
        if found is None:
            inputs = [node.id for node in self.project.networks[name].of_kind("Input")]
            given = {node: one for node, one in zip(inputs, signals, strict=True) if one is not None}
            found = self.known[key] = self.follow(name, given=given, settings=settings, within=within)
        return found

    def _fits(self, flow: Flow, station: Station, given: int) -> bool:
        """Whether as many signals arrive at the next copy as it takes."""
        name = str(getattr(station.layer, "network", ""))
        takes = sum(1 for _ in self.project.networks[name].of_kind("Input"))
        if takes != given:
            message = f"The block '{name}' gives {given} outputs and takes {takes} inputs, so it cannot follow itself."
            flow.blame(message, node=station.node.id, parameter="repeat")
        return takes == given

    def _outputs(self, flow: Flow, graph: Graph) -> None:
        names = [str(node.parameters.get("name", "prediction")) for node in graph.of_kind("Output")]
        if not names and graph.nodes:
            message = "The network has no Output, so nothing of it reaches the task. Add one at its end."
            flow.blame(message, cause="outputs")
        for node in graph.of_kind("Output"):
            name = str(node.parameters.get("name", "prediction"))
            station = flow.stations.get(node.id)
            if station is not None and station.inputs[0] is not None:
                flow.outputs[name] = station.inputs[0]
            if names.count(name) > 1:
                message = f"Two outputs are called '{name}'; rename one."
                flow.blame(message, node=node.id, parameter="name", cause="name")


def _first_alone(ports: Sequence[Port]) -> tuple[Port, ...]:
    """The ports of which only the first has to be linked."""
    return ports[0], *(one.having(optional=True) for one in ports[1:])


def _arrivals(flow: Flow, graph: Graph, node: Node, ports: tuple[Port, ...]) -> Iterator[tuple[Link | None, bool]]:
    """The links at a node in the order of its ports, each with whether it must be there."""
    known = set()
    for port in ports:
        name, many, optional = port.name, port.many, port.optional
        known.add(name)
        links = [link for link in graph.incoming[node.id] if link.input == name]
        if not links and not optional:
            flow.blame(
                "Nothing arrives here. Link it to what it should read."
                if len(ports) == 1
                else f"Nothing arrives at '{name}'.",
                node=node.id,
                port=name,
                cause="open",
            )
        if len(links) > 1 and not many:
            flow.blame(f"Only one link may end at '{name}'; there are {len(links)}.", node=node.id, port=name)
        yield from ((link, True) for link in links[: None if many else 1]) if links else ((None, not optional),)
    for link in graph.incoming[node.id]:
        if link.input not in known:
            flow.blame(
                f"A link ends at '{link.input}', and {node.kind} has no such input.",
                node=node.id,
                port=link.input,
                cause="strange",
            )


def _known(flow: Flow, link: Link | None) -> bool:
    """Whether the signal on a link is known; where not, the reason stands at a node before."""
    if link is None:
        return True
    station = flow.stations.get(link.source)
    if station is None or not station.outputs:
        return False
    if link.output not in station.outputs:
        flow.blame(
            f"A link starts at '{link.output}', and {station.node.kind} has no such output.",
            node=link.source,
            port=link.output,
        )
        return False
    return True


def _first_port(station: Station) -> str | None:
    return next((link.input for link in station.links if link is not None), None)
