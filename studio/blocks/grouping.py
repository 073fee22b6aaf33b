"""Making a block of some nodes: they move into a network of their own, with ports where wires crossed its border."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.spec import Block, Exposed, Frame, Graph, Input, Layer, Link, Node, Output, Position, Project
from studio.blocks.border import Border, border_of
from studio.blocks.networks import added
from studio.canvas.layout.geometry import GAP_X, GAP_Y, GRID, HEIGHT, WIDTH

ROW = float(HEIGHT + GAP_Y)
COLUMN = float(WIDTH + GAP_X)


@dataclass(frozen=True, slots=True)
class Grouped:
    """What grouping made: the project, the name of the new network, and the id of the block that stands for it."""

    project: Project
    network: str
    block: str


def grouped(
    project: Project, network: str, nodes: Iterable[str], layers: Mapping[str, type[Layer]], *, name: str = "block"
) -> Grouped:
    """Put some nodes of a network into a new one, and a block in their place.

    Inputs and Outputs stay where they are. One outer source that feeds several nodes becomes one Input, and one inner
    output that is read several times becomes one Output. Where no wire crosses, open ports become the block's. Frames
    whose nodes all move go along; what the network exposed of the nodes, it exposes through the block.

    Raises:
        ValueError: with a sentence, when these nodes cannot be a block.
    """
    graph: Graph = project.networks[network]
    chosen = _movable(graph, nodes)
    _refuse_return(graph, chosen)
    border = border_of(project, graph, chosen, layers)
    frames = _carried(graph, chosen)
    inner = _exposing(_inside(graph, chosen, border).frame(*frames), graph, chosen)
    whole, made = added(project, inner, name)
    ids = graph.fresh_id(Block.kind())
    block = Node(id=ids, kind=Block.kind(), parameters={"network": made}, position=_middle(graph, chosen))
    outer = _outside(graph, chosen, border, block).unframe(*(frame.id for frame in frames))
    return Grouped(whole.with_network(network, outer), made, block.id)


def _movable(graph: Graph, nodes: Iterable[str]) -> set[str]:
    chosen = {node for node in nodes if graph[node].kind not in (Input.kind(), Output.kind())}
    if not chosen:
        raise ValueError("Choose the layers that should become a block; Inputs and Outputs stay outside.")
    return chosen


def _refuse_return(graph: Graph, chosen: set[str]) -> None:
    """A way that leaves the block and comes back would make the block feed itself."""
    readers = {link.target for node in chosen for link in graph.outgoing[node]} - chosen
    beyond = graph.downstream(*readers) - chosen
    for link in graph.links:
        if link.target in chosen and link.source in beyond:
            raise ValueError(
                f"These layers cannot be one block: data leaves them and comes back from “{link.source}” to "
                f"“{link.target}”. Choose “{link.source}” and what lies before it as well."
            )


def _inside(graph: Graph, chosen: set[str], border: Border) -> Graph:
    """The network of the block: the nodes where they were, Inputs above and Outputs below them."""
    nodes = tuple(node for node in graph.nodes if node.id in chosen)
    top, bottom = (edge(node.position[1] for node in nodes) for edge in (min, max))
    entries = [Node(id=entry.name, kind=Input.kind(), parameters={"column": entry.name}) for entry in border.entries]
    inner = Graph(nodes=(*entries, *nodes))
    exits = list(_exits(inner, border))
    above = [min(graph[node].position[0] for node, _ in entry.targets) for entry in border.entries]
    below = [graph[one.source[0]].position[0] for one in border.exits]
    ends = [
        Link(source=one.source[0], output=one.source[1], target=node.id)
        for one, node in zip(border.exits, exits, strict=True)
    ]
    made: Graph = inner.having(nodes=(*inner.nodes, *exits), links=(*_inner_links(graph, chosen, border), *ends))
    places = dict(zip((node.id for node in entries), _spread(above, top - ROW), strict=True))
    places |= dict(zip((node.id for node in exits), _spread(below, bottom + ROW), strict=True))
    return made.move(places)


def _exits(inner: Graph, border: Border) -> Iterator[Node]:
    taken: list[str] = []
    for one in border.exits:
        taken.append(inner.fresh_id(Output.kind(), taken))
        yield Node(id=taken[-1], kind=Output.kind(), parameters={"name": one.name})


def _inner_links(graph: Graph, chosen: set[str], border: Border) -> Iterator[Link]:
    """The links among the nodes and from the Inputs, in the order they had: inputs that take many depend on it."""
    names = {entry.source: entry.name for entry in border.entries}
    for link in graph.links:
        if link.target in chosen and link.source in chosen:
            yield link
        elif link.target in chosen:
            yield Link(source=names[link.source, link.output], target=link.target, input=link.input)
    for entry in border.entries:
        if entry.source is None:
            yield from (Link(source=entry.name, target=node, input=port) for node, port in entry.targets)


def _outside(graph: Graph, chosen: set[str], border: Border, block: Node) -> Graph:
    """The network with the block in the place of the nodes, and its wires in the rank of those they stand for."""
    entries = {entry.source: entry.name for entry in border.entries}
    exits = {one.source: one.name for one in border.exits}
    links: dict[tuple[str, str, str, str], Link] = {}
    for link in graph.links:
        if link.target in chosen and link.source in chosen:
            continue
        kept: Link = link
        if link.target in chosen:
            entry = entries[link.source, link.output]
            kept = link.having(target=block.id, input=entry, via=_beyond(link.via, graph, chosen))
        elif link.source in chosen:
            exit_ = exits[link.source, link.output]
            kept = link.having(source=block.id, output=exit_, via=_beyond(link.via, graph, chosen))
        links.setdefault(kept.ends, kept)
    first = next(place for place, node in enumerate(graph.nodes) if node.id in chosen)
    nodes = [node for node in graph.nodes if node.id not in chosen]
    nodes.insert(first, block)
    exposed = (_through(one, chosen, block.id) for one in graph.exposed)
    outer: Graph = graph.having(nodes=tuple(nodes), links=tuple(links.values()), exposed=tuple(exposed))
    return outer


def _beyond(via: tuple[Position, ...], graph: Graph, chosen: set[str]) -> tuple[Position, ...]:
    """The points of a wire that do not lie among the nodes that become a block."""
    (left, top), (right, bottom) = _corners(graph, chosen)
    return tuple(
        place for place in via if not (left <= place[0] <= right + WIDTH and top <= place[1] <= bottom + HEIGHT)
    )


def _exposing(inner: Graph, graph: Graph, chosen: set[str]) -> Graph:
    """The inner network with its part of what the outer one exposes."""
    parts = (
        one.having(targets=tuple(target for target in one.targets if target[0] in chosen)) for one in graph.exposed
    )
    return inner.expose(*(one for one in parts if one.targets))


def _through(exposed: Exposed, chosen: set[str], block: str) -> Exposed:
    """An exposed parameter that reaches what is in the block now by the name that the block exposes it by."""
    targets = ((block, exposed.name) if node in chosen else (node, name) for node, name in exposed.targets)
    reached: Exposed = exposed.having(targets=tuple(dict.fromkeys(targets)))
    return reached


def _carried(graph: Graph, chosen: set[str]) -> tuple[Frame, ...]:
    """The frames in which stand nodes of the block and no others."""
    held = {frame: {node.id for node in graph.nodes if _stands_in(node, frame)} for frame in graph.frames}
    return tuple(frame for frame, nodes in held.items() if nodes and nodes <= chosen)


def _stands_in(node: Node, frame: Frame) -> bool:
    x, y = node.position[0] + WIDTH / 2 - frame.position[0], node.position[1] + HEIGHT / 2 - frame.position[1]
    return 0 <= x <= frame.size[0] and 0 <= y <= frame.size[1]


def _middle(graph: Graph, chosen: set[str]) -> Position:
    """Where the block goes: its box has its middle where the nodes' boxes had theirs."""
    (left, top), (right, bottom) = _corners(graph, chosen)
    return _on_grid((left + right) / 2), _on_grid((top + bottom) / 2)


def _corners(graph: Graph, chosen: set[str]) -> tuple[Position, Position]:
    """The least and the largest place of some nodes."""
    xs, ys = zip(*(graph[node].position for node in chosen), strict=True)
    return (min(xs), min(ys)), (max(xs), max(ys))


def _spread(wanted: list[float], height: float) -> list[Position]:
    """Places in a row, each where it is wanted or right of the one before."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    places: dict[int, Position] = {}
    right = float("-inf")
    for one in order:
        left = max(wanted[one], right)
        places[one], right = (left, height), left + COLUMN
    return [places[one] for one in range(len(wanted))]


def _on_grid(value: float) -> float:
    return float(round(value / GRID) * GRID)
