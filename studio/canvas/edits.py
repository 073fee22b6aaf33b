"""What hands do to a network, as functions from graphs to graphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from engine.spec import Graph, Link, Node, Port, Position

Ports = tuple[tuple[Port, ...], tuple[str, ...]]
PortsOf = Callable[[Node], Ports]
"""The input and output ports of a node."""


def inserted(graph: Graph, node: str, link: Link, ports: Ports) -> Graph:
    """The graph with a node of it put into a wire, if it has a port on both sides; else the graph as it was."""
    inputs, outputs = ports
    if not inputs or not outputs or node in (link.source, link.target):
        return graph
    many = sum(one.input == link.input for one in graph.incoming[link.target]) > 1
    into = Link(source=link.source, output=link.output, target=node, input=inputs[0].name)
    onward = Link(source=node, output=outputs[0], target=link.target, input=link.input)
    cut = graph.disconnect(link)
    if cut.reaches(node, link.source) or cut.reaches(link.target, node):
        return graph
    return _in_place(cut.connect(into, many=inputs[0].many).connect(onward, many=many), link, onward, graph)


def _in_place(after: Graph, old: Link, new: Link, before: Graph) -> Graph:
    """Give a new link the old one's rank, so that the order of a many-input port stays."""
    rest = [link for link in after.links if link != new]
    rest.insert(before.links.index(old), new)
    placed: Graph = after.having(links=tuple(rest))
    return placed


def healed(graph: Graph, gone: Iterable[str], ports_of: PortsOf) -> Graph:
    """The graph without some nodes, their neighbors joined where exactly one wire led in."""
    for name in gone:
        node = graph[name]
        incoming, outgoing = graph.incoming[name], graph.outgoing[name]
        inputs, outputs = ports_of(node)
        bridge = len(incoming) == 1 and len(inputs) == 1 and len(outputs) == 1
        graph = graph.remove(name)
        for link in outgoing if bridge else ():
            kept: Link = link.having(source=incoming[0].source, output=incoming[0].output)
            graph = graph.connect(kept, many=True)
    return graph


def part(graph: Graph, ids: Iterable[str]) -> Graph:
    """Some nodes and the links among them."""
    chosen = set(ids)
    return Graph(
        nodes=tuple(node for node in graph.nodes if node.id in chosen),
        links=tuple(link for link in graph.links if {link.source, link.target} <= chosen),
    )


def joined(graph: Graph, other: Graph, *, shift: Position) -> tuple[Graph, dict[str, str]]:
    """The graph with a copy of another in it, moved aside and under ids that are free; and the new id of each node."""
    names: dict[str, str] = {}
    for node in other.nodes:
        free = node.id not in graph and node.id not in names.values()
        names[node.id] = node.id if free else graph.fresh_id(node.kind, names.values())
    moved = (_moved(node.having(id=names[node.id]), shift) for node in other.nodes)
    links = (link.having(source=names[link.source], target=names[link.target]) for link in other.links)
    whole: Graph = graph.having(nodes=(*graph.nodes, *moved), links=(*graph.links, *links))
    return whole, names


def _moved(node: Node, shift: Position) -> Node:
    moved: Node = node.having(position=(node.position[0] + shift[0], node.position[1] + shift[1]))
    return moved


def shifted(graph: Graph, ids: Iterable[str], shift: Position) -> Mapping[str, Position]:
    """Where some nodes stand after a move."""
    return {one: (graph[one].position[0] + shift[0], graph[one].position[1] + shift[1]) for one in ids}
