"""Taking a block apart: what is in its network moves out, every copy of it, with the settings that the block gave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.spec import RESERVED, Exposed, Frame, Graph, Input, Link, Node, Output, Position, Project
from studio.blocks.networks import without_unused
from studio.canvas.layout.geometry import GAP_Y, GRID, HEIGHT, WIDTH

MOST = 500
"""So many layers can still be looked through; more stay a block that is repeated."""


@dataclass(frozen=True, slots=True)
class _Wire:
    """What flows somewhere: its source, and the points that its wire was led through so far."""

    source: str
    output: str
    via: tuple[Position, ...] = ()


def ungrouped(project: Project, network: str, block: str) -> tuple[Project, tuple[str, ...]]:
    """The project with a block's network, once for each repetition, in place of the block; and the ids of the nodes.

    The network itself goes where no other block uses it.

    Raises:
        ValueError: with a sentence, when the block cannot be taken apart.
    """
    graph: Graph = project.networks[network]
    node = graph[block]
    inner = _inner(project, node)
    taken = _Taken(graph, inner, node)
    for number in range(_copies(inner, node)):
        taken.copy(number)
    whole = project.with_network(network, taken.result())
    return without_unused(whole, str(node.parameters["network"])), tuple(one.id for one in taken.nodes)


def _inner(project: Project, node: Node) -> Graph:
    inner: Graph | None = project.networks.get(str(node.parameters.get("network", "")))
    if inner is None:
        raise ValueError(f"“{node.id}” names no network of the project, so there is nothing to take out of it.")
    if node.variants or node.optional:
        raise ValueError(f"A search tries other things at “{node.id}”: let it stand alone before you ungroup it.")
    if node.muted:
        raise ValueError(f"“{node.id}” is muted: unmute it before you ungroup it.")
    return inner.given({name: value for name, value in node.parameters.items() if name not in RESERVED})


def _copies(inner: Graph, node: Node) -> int:
    repeat = node.parameters.get("repeat", 1)
    if not isinstance(repeat, int) or isinstance(repeat, bool) or repeat < 1:
        raise ValueError(f"How often “{node.id}” is repeated is no number: set it before you ungroup it.")
    inputs, outputs = (sum(1 for _ in inner.of_kind(kind)) for kind in (Input.kind(), Output.kind()))
    if repeat > 1 and inputs != outputs:
        raise ValueError(f"“{node.id}” cannot follow itself: it takes {inputs} inputs and gives {outputs} outputs.")
    layers = repeat * (len(inner.nodes) - inputs - outputs)
    if repeat > 1 and layers > MOST:
        most = max(MOST * repeat // layers, 1)
        raise ValueError(
            f"Taken apart, “{node.id}” would be {layers:,} layers. Set its repeat to {most} or less first."
        )
    return repeat


class _Taken:
    """What comes out of a block, copy by copy.

    Args:
        outer: the network that the block stands in.
        inner: the block's network with its settings applied.
        block: the block.
    """

    def __init__(self, outer: Graph, inner: Graph, block: Node) -> None:
        self.nodes: list[Node] = []
        self._outer, self._inner, self._block = outer, inner, block
        self._links: list[Link] = []
        self._frames: list[Frame] = []
        self._names: list[dict[str, str]] = []
        self._inputs = {node.id: place for place, node in enumerate(inner.of_kind(Input.kind()))}
        self._outputs = tuple(inner.of_kind(Output.kind()))
        self._layers = [node for node in inner.nodes if node.id not in self._inputs and node not in self._outputs]
        into = {link.input: _Wire(link.source, link.output, link.via) for link in outer.incoming[block.id]}
        self._flowing = [into.get(name) for name in self._inputs]
        """What flows into the next copy, in the order of its Inputs."""
        self._start, self._pitch = _start(self._layers, block)

    def copy(self, number: int) -> None:
        """Take one more copy out, behind the last."""
        shift = (self._start[0], self._start[1] + number * self._pitch)
        names = self._fresh()
        self.nodes += [one.having(id=names[one.id], position=_moved(one.position, shift)) for one in self._layers]
        for link in self._inner.links:
            wire = self._wire(link, names, shift)
            if wire is not None and link.target in names:
                self._links.append(_link(wire, names[link.target], link.input))
        self._frames += self._framed(shift)
        self._names.append(names)
        self._flowing = [self._result(node, names, shift) for node in self._outputs]

    def result(self) -> Graph:
        """The outer network with the copies in place of the block."""
        outer, block = self._outer, self._block
        gives = {str(one.parameters.get("name", "prediction")): place for place, one in enumerate(self._outputs)}
        links: list[Link] = []
        first = len(outer.links)
        for rank, link in enumerate(outer.links):
            if block.id in (link.source, link.target):
                first = min(first, rank)
                wire = self._flowing[gives[link.output]] if link.output in gives and link.source == block.id else None
                if wire is not None:
                    way = (*wire.via, *link.via)
                    links.append(link.having(source=wire.source, output=wire.output, via=way))
            else:
                links.append(link)
        links[first:first] = self._links
        if len({link.ends for link in links}) < len(links):
            raise ValueError(
                f"“{block.id}” cannot be taken apart: two wires would join the same ports. Give it an input less."
            )
        place = outer.nodes.index(block)
        nodes = (*outer.nodes[:place], *self.nodes, *outer.nodes[place + 1 :])
        exposed = (self._through(one) for one in outer.exposed)
        made: Graph = outer.having(
            nodes=nodes,
            links=tuple(links),
            exposed=tuple(one for one in exposed if one.targets),
            frames=(*outer.frames, *self._frames),
        )
        return _with_room(made, {node.id for node in self.nodes}, block)

    def _fresh(self) -> dict[str, str]:
        """A free id for every layer of the next copy; its own if that is free."""
        taken = {one.id for one in (*self._outer.nodes, *self.nodes)} - {self._block.id}
        names: dict[str, str] = {}
        for node in self._layers:
            names[node.id] = node.id if node.id not in taken else self._outer.fresh_id(node.kind, taken)
            taken.add(names[node.id])
        return names

    def _wire(self, link: Link, names: dict[str, str], shift: Position) -> _Wire | None:
        """What flows along an inner link in a copy."""
        way = tuple(_moved(point, shift) for point in link.via)
        if link.source not in self._inputs:
            return _Wire(names[link.source], link.output, way)
        wire = self._flowing[self._inputs[link.source]]
        return None if wire is None else _Wire(wire.source, wire.output, (*wire.via, *way))

    def _result(self, output: Node, names: dict[str, str], shift: Position) -> _Wire | None:
        link = next(iter(self._inner.incoming[output.id]), None)
        return None if link is None else self._wire(link, names, shift)

    def _framed(self, shift: Position) -> Iterator[Frame]:
        for frame in self._inner.frames:
            taken = {one.id for one in (*self._outer.frames, *self._frames)}
            name, number = frame.id, 2
            while name in taken:
                name, number = f"{frame.id}_{number}", number + 1
            yield frame.having(id=name, position=_moved(frame.position, shift))

    def _through(self, exposed: Exposed) -> Exposed:
        """An exposed parameter that reached into the block, reaching what came out of it."""
        inner = {one.name: one.targets for one in self._inner.exposed}
        targets: list[tuple[str, str]] = []
        for node, name in exposed.targets:
            if node != self._block.id:
                targets.append((node, name))
            else:
                targets += [(names[one], parameter) for names in self._names for one, parameter in inner.get(name, ())]
        reached: Exposed = exposed.having(targets=tuple(dict.fromkeys(targets)))
        return reached


def _link(wire: _Wire, target: str, port: str) -> Link:
    return Link(source=wire.source, output=wire.output, target=target, input=port, via=wire.via)


def _start(layers: list[Node], block: Node) -> tuple[Position, float]:
    """How far the first copy moves so that its middle is where the block's was, and from one copy to the next."""
    if not layers:
        return (0.0, 0.0), 0.0
    left, right = (edge(node.position[0] for node in layers) for edge in (min, max))
    top, bottom = (edge(node.position[1] for node in layers) for edge in (min, max))
    away = (block.position[0] - (left + right) / 2, block.position[1] - (top + bottom) / 2)
    return (_whole_steps(away[0]), _whole_steps(away[1])), bottom - top + HEIGHT + GAP_Y


def _whole_steps(value: float) -> float:
    """So many steps of the grid; what is less than one was lost when the block was put on the grid."""
    return float(int(value / GRID) * GRID)


def _moved(place: Position, shift: Position) -> Position:
    return place[0] + shift[0], place[1] + shift[1]


def _with_room(graph: Graph, fresh: set[str], block: Node) -> Graph:
    """The network with what follows moved down, where it would stand on what came out of the block."""
    came = [node for node in graph.nodes if node.id in fresh]
    below = [
        node
        for node in graph.nodes
        if node.id not in fresh and node.id in graph.downstream(*fresh) and node.position[1] >= block.position[1]
    ]
    if not any(_overlap(one, other) for one in came for other in below):
        return graph
    bottom = max(node.position[1] for node in came) + HEIGHT + GAP_Y
    down = bottom - min(node.position[1] for node in below)
    return graph.move({node.id: _moved(node.position, (0.0, down)) for node in below}) if down > 0 else graph


def _overlap(one: Node, other: Node) -> bool:
    return abs(one.position[0] - other.position[0]) < WIDTH and abs(one.position[1] - other.position[1]) < HEIGHT
