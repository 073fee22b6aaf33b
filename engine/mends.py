"""Mends: of what might help a problem, the first that does when it is tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from engine.flow import Flow, Follower, Station
from engine.joins import Joiner
from engine.probe import Signal, probe
from engine.spec import Component, Layer, Link, Mend, Node, Parameter, ParameterError, Problem, Remedy


class Mender:
    """Finds the mends for the problems of one network.

    Args:
        follower: knows the project and its layers.
        flow: the network with its data, and what is wrong with it.
    """

    def __init__(self, follower: Follower, flow: Flow) -> None:
        self._follower = follower
        self._flow = flow
        self._joiner = Joiner(follower, flow)
        self._ways: Mapping[str, Callable[[Problem, Node], Mend | None]] = {
            "refused": self._refused,
            "parameter": self._parameter,
            "column": self._column,
            "name": self._name,
            "open": self._joiner.into,
            "strange": self._strange,
            "unread": self._joiner.onward,
        }

    def mend(self, problem: Problem) -> Mend | None:
        """The way out of a problem, if there is one that helps."""
        if problem.cause == "outputs":
            return self._joiner.output()
        way = self._ways.get(problem.cause)
        return way(problem, self._flow.graph[problem.node]) if way and problem.node else None

    # What a layer refuses

    def _refused(self, problem: Problem, node: Node) -> Mend | None:
        station = self._flow.stations[node.id]
        for remedy in probe(station.layer, station.inputs).remedies:
            place = self._place(station, remedy)
            if self._helps(station, remedy, place):
                return self._made(remedy, node, None if place is None else station.links[place])
        return None

    def _place(self, station: Station, remedy: Remedy) -> int | None:
        """Which of a station's inputs a remedy would put layers before."""
        fitting = [
            place for place, link in enumerate(station.links) if link is not None and remedy.port in ("", link.input)
        ]
        return fitting[remedy.place] if remedy.before and remedy.place < len(fitting) else None

    def _helps(self, station: Station, remedy: Remedy, place: int | None) -> bool:
        """Whether the layer takes what arrives once the remedy is applied."""
        inputs = list(station.inputs)
        if remedy.before:
            signal = None if place is None else inputs[place]
            after = None if signal is None else self._through(remedy.before, signal)
            if place is None or after is None:
                return False
            inputs[place] = after
        layer = self._layer(changed(station.node, remedy, self._follower.catalogue.layers))
        return layer is not None and not probe(layer, tuple(inputs)).refusal

    def _through(self, components: Iterable[Component], signal: Signal) -> Signal | None:
        """What a signal becomes on its way through layers; None where one of them does not take it."""
        for component in components:
            layer = self._layer(component)
            found = None if layer is None else probe(layer, (signal,))
            if found is None or len(found.outputs) != 1:
                return None
            signal = found.outputs[0]
        return signal

    def _layer(self, component: Component) -> Layer | None:
        try:
            return self._follower.catalogue.make(Layer, component)
        except ParameterError:
            return None

    def _made(self, remedy: Remedy, node: Node, link: Link | None) -> Mend:
        """A remedy as an edit of this network."""
        drawn = self._follower.project.networks[self._flow.network][node.id]  # without what a block sets from outside
        other = (changed(drawn, remedy, self._follower.catalogue.layers),) if remedy.kind else ()
        written = {} if remedy.kind else remedy.settings
        nodes, links = self._chain(remedy.before, link) if link is not None else ((), ())
        return Mend(
            text=remedy.text or in_words(remedy, self._follower.catalogue.layers),
            settings={f"{self._flow.network}.{node.id}.{name}": value for name, value in written.items()},
            network=self._flow.network,
            replaced=other,
            nodes=nodes,
            cut=() if link is None else (link,),
            links=links,
        )

    def _chain(self, components: Iterable[Component], link: Link) -> tuple[tuple[Node, ...], tuple[Link, ...]]:
        """Layers as nodes in a link, and the links of that chain, the last one first."""
        nodes: list[Node] = []
        links: list[Link] = []
        source, output = link.source, link.output
        for component in components:
            name = self._flow.graph.fresh_id(component.kind, [one.id for one in nodes])
            nodes.append(Node(id=name, kind=component.kind, parameters=component.parameters))
            layer = self._follower.catalogue.layers[component.kind]
            links.insert(0, Link(source=source, output=output, target=name, input=layer.inputs()[0].name))
            source, output = name, layer.outputs[0]
        onward = Link(source=source, output=output, target=link.target, input=link.input)
        return tuple(nodes), (onward, *links)

    # What is written

    def _parameter(self, problem: Problem, node: Node) -> Mend | None:
        """The nearest value that may be, or the one that a new layer has."""
        layer = self._follower.catalogue.layers.get(node.kind)
        every = layer.parameters() if layer else ()
        found = next((one for one in every if one.name == problem.parameter), None)
        for value in () if found is None else _usable(found, node.parameters.get(found.name)):
            assert found is not None
            if self._layer(node.set(**{found.name: value})) is not None:
                return self._set(node, found.name, value)
        return None

    def _column(self, problem: Problem, node: Node) -> Mend | None:
        column = self._joiner.spare_column()
        return None if column is None else self._set(node, "column", column, text=f"Use '{column}'")

    def _name(self, problem: Problem, node: Node) -> Mend | None:
        taken = {str(one.parameters.get("name", "prediction")) for one in self._flow.graph.of_kind("Output")}
        stem, number = str(node.parameters.get("name", "prediction")), 2
        while f"{stem}_{number}" in taken:
            number += 1
        return self._set(node, "name", f"{stem}_{number}", text=f"Call it '{stem}_{number}'")

    def _set(self, node: Node, name: str, value: Any, text: str = "") -> Mend:
        path = f"{self._flow.network}.{node.id}.{name}"
        return Mend(text=text or f"Set {name} to {value}", settings={path: value})

    def _strange(self, problem: Problem, node: Node) -> Mend | None:
        links = tuple(one for one in self._flow.graph.incoming[node.id] if one.input == problem.port)
        return Mend(text="Remove the wire", network=self._flow.network, cut=links)

    # What the task refuses

    def of_task(self, problem: Problem, output: Node) -> Iterator[Mend]:
        """What a task's remedies for one of the network's Outputs come to, untried."""
        for remedy in problem.remedies:
            node = self._setter(output, remedy) if remedy.settings else output
            link = next(iter(self._flow.graph.incoming[node.id]), None) if node and remedy.before else None
            if node is not None and bool(link) == bool(remedy.before):
                yield self._made(remedy, node, link)

    def _setter(self, node: Node, remedy: Remedy) -> Node | None:
        """The nearest layer before a node that has all parameters of a remedy, along layers with one input."""
        while links := self._flow.graph.incoming[node.id]:
            node = self._flow.graph[links[0].source]
            if node.id in self._flow.stations:
                fields = type(self._flow.stations[node.id].layer).model_fields
                if all(name in fields for name in remedy.settings):
                    return node
            if len(links) > 1:
                return None
        return None


def changed(node: Node, remedy: Remedy, layers: Mapping[str, type[Layer]]) -> Node:
    """A node with a remedy's settings, or of another kind with those parameters that this kind has too."""
    parameters = {**node.parameters, **remedy.settings}
    if not remedy.kind:
        made: Node = node.set(**remedy.settings)
        return made
    fields = layers[remedy.kind].model_fields if remedy.kind in layers else {}
    return Node(
        id=node.id,
        kind=remedy.kind,
        parameters={name: value for name, value in parameters.items() if name in fields},
        position=node.position,
    )


def in_words(remedy: Remedy, layers: Mapping[str, type[Layer]]) -> str:
    """What the button of a remedy says: `Insert Flatten`, `Use Conv1d`, `Set groups to 4`."""
    if remedy.before:
        titles = (layers[one.kind].title() if one.kind in layers else one.kind for one in remedy.before)
        return f"Insert {' and '.join(titles)}"
    if remedy.kind:
        return f"Use {layers[remedy.kind].title() if remedy.kind in layers else remedy.kind}"
    return " and ".join(f"Set {name} to {value}" for name, value in remedy.settings.items())


def _usable(parameter: Parameter, value: Any) -> Iterator[Any]:
    """Values that a parameter may have in place of one that it may not, the nearest first."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if parameter.min is not None and value < parameter.min:
            yield type(value)(parameter.min)
        if parameter.max is not None and value > parameter.max:
            yield type(value)(parameter.max)
        if parameter.type == "int":
            yield round(value)
    if not parameter.required:
        yield parameter.default
