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
    before, after = _parted(link.via, graph[node].position)
    into = Link(source=link.source, output=link.output, target=node, input=inputs[0].name, via=before)
    onward = Link(source=node, output=outputs[0], target=link.target, input=link.input, via=after)
    cut = graph.disconnect(link)
    if cut.reaches(node, link.source) or cut.reaches(link.target, node):
        return graph
    return _in_place(cut.connect(into, many=inputs[0].many).connect(onward, many=many), link, onward, graph)


def _parted(via: tuple[Position, ...], place: Position) -> tuple[tuple[Position, ...], tuple[Position, ...]]:
    """The points of a wire above and below a place: data flows down, so these are before and behind a box there."""
    count = sum(1 for point in via if point[1] <= place[1])
    return via[:count], via[count:]


def _in_place(after: Graph, old: Link, new: Link, before: Graph) -> Graph:
    """Give a new link the old one's rank, so that the order of a many-input port stays."""
    rest = [link for link in after.links if link != new]
    rest.insert(before.links.index(old), new)
    placed: Graph = after.having(links=tuple(rest))
    return placed


def healed(graph: Graph, gone: Iterable[str], ports_of: PortsOf) -> Graph:
    """The graph without some nodes, their neighbors joined where it is clear which: see `bypassed`."""
    names = tuple(gone)
    return bypassed(graph, names, ports_of).remove(*names)


def bypassed(graph: Graph, names: Iterable[str], ports_of: PortsOf) -> Graph:
    """The graph with its wires led past some nodes.

    What hangs together among the nodes is passed as a whole: where exactly one signal enters, whatever left them is
    joined to where that came from, in the same places; where several enter, or one is made inside, the wires end.
    """
    chosen = frozenset(names)
    origins: dict[str, Link] = {}
    for group in groups(graph, chosen):
        entering = [link for name in group for link in graph.incoming[name] if link.source not in chosen]
        made_inside = any(not ports_of(graph[name])[0] for name in group)
        if len({link.ends[:2] for link in entering}) == 1 and not made_inside:
            origins |= dict.fromkeys(group, entering[0])
    led = (_past(link, chosen, origins) for link in graph.links)
    kept = {link.ends: link for link in led if link is not None}
    after: Graph = graph.having(links=tuple(kept.values()))
    return after


def _past(link: Link, chosen: frozenset[str], origins: Mapping[str, Link]) -> Link | None:
    """A link as it is once the chosen nodes stand aside: as it was, from where their data came, or gone."""
    if link.source not in chosen and link.target not in chosen:
        return link
    origin = origins.get(link.source)
    if link.target in chosen or origin is None:
        return None
    past: Link = link.having(source=origin.source, output=origin.output)
    return past


def groups(graph: Graph, chosen: frozenset[str]) -> list[frozenset[str]]:
    """The chosen nodes in groups of those that are joined to each other."""
    found: list[frozenset[str]] = []
    left = set(chosen)
    while left:
        group, waiting = set[str](), [left.pop()]
        while waiting:
            name = waiting.pop()
            group.add(name)
            near = {link.source for link in graph.incoming[name]} | {link.target for link in graph.outgoing[name]}
            waiting += (near & chosen) - group
        left -= group
        found.append(frozenset(group))
    return found


def part(graph: Graph, ids: Iterable[str], frames: Iterable[str] = ()) -> Graph:
    """Some nodes, the links among them, and some frames."""
    chosen, framed = set(ids), set(frames)
    return Graph(
        nodes=tuple(node for node in graph.nodes if node.id in chosen),
        links=tuple(link for link in graph.links if {link.source, link.target} <= chosen),
        frames=tuple(frame for frame in graph.frames if frame.id in framed),
    )


def joined(graph: Graph, other: Graph, *, shift: Position) -> tuple[Graph, dict[str, str]]:
    """The graph with a copy of another in it, moved aside and under ids that are free; and the new id of each node."""
    names: dict[str, str] = {}
    for node in other.nodes:
        free = node.id not in graph and node.id not in names.values()
        names[node.id] = node.id if free else graph.fresh_id(node.kind, names.values())
    moved = (node.having(id=names[node.id], position=_by(node.position, shift)) for node in other.nodes)
    links = (led(link, shift).having(source=names[link.source], target=names[link.target]) for link in other.links)
    whole: Graph = graph.having(nodes=(*graph.nodes, *moved), links=(*graph.links, *links))
    for frame in other.frames:
        whole = whole.frame(frame.having(id=fresh_frame(whole, frame.id), position=_by(frame.position, shift)))
    return whole, names


def shifted(graph: Graph, ids: Iterable[str], shift: Position) -> Mapping[str, Position]:
    """Where some nodes stand after a move."""
    return {one: (graph[one].position[0] + shift[0], graph[one].position[1] + shift[1]) for one in ids}


def moved(graph: Graph, ids: Iterable[str], shift: Position, frames: Iterable[str] = ()) -> Graph:
    """The graph with nodes and frames elsewhere; the points of wires among them go along."""
    chosen, framed = frozenset(ids), frozenset(frames)
    after = graph.move(shifted(graph, chosen, shift))
    if framed:
        after = after.frame(
            *(one.having(position=_by(one.position, shift)) for one in graph.frames if one.id in framed)
        )
    if any(link.via for link in within(graph, chosen)):
        links = tuple(led(link, shift) if {link.source, link.target} <= chosen else link for link in graph.links)
        after = after.having(links=links)
    return after


def within(graph: Graph, chosen: frozenset[str]) -> list[Link]:
    """The links that start and end among some nodes."""
    return [link for name in chosen for link in graph.outgoing[name] if link.target in chosen]


def led(link: Link, shift: Position) -> Link:
    """A link whose points were moved."""
    moved: Link = link.having(via=tuple(_by(place, shift) for place in link.via)) if link.via else link
    return moved


def _by(place: Position, shift: Position) -> Position:
    return place[0] + shift[0], place[1] + shift[1]


def fresh_frame(graph: Graph, wanted: str = "frame_1") -> str:
    """A name for a frame that is free: the wanted one, or `frame_3`."""
    taken = {frame.id for frame in graph.frames}
    number = 1
    while wanted in taken:
        number += 1
        wanted = f"frame_{number}"
    return wanted
