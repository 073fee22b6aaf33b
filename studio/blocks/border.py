"""The border around some nodes: which wires cross it, and what the ports that stand for them are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.spec import Graph, Layer, Link, Project

Source = tuple[str, str]
"""A node's id and one of its output ports."""
Target = tuple[str, str]
"""A node's id and one of its input ports."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What becomes an Input: its id, the outer source if there is one, and the inner ports that it feeds."""

    name: str
    source: Source | None
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Exit:
    """What becomes an Output: its name, and the inner source that it hands out."""

    name: str
    source: Source


@dataclass(frozen=True, slots=True)
class Border:
    """The ports of a block that is made of some nodes."""

    entries: tuple[Entry, ...]
    exits: tuple[Exit, ...]


def border_of(project: Project, graph: Graph, chosen: set[str], layers: Mapping[str, type[Layer]]) -> Border:
    """The border around the chosen nodes; where no wire crosses it, their open ports stand on it."""
    crossing = [link for link in graph.links if (link.source in chosen) != (link.target in chosen)]
    open_inputs, open_outputs = _open_ports(project, graph, chosen, layers)
    entries = _entries([link for link in crossing if link.target in chosen], chosen)
    exits = _exits((link.source, link.output) for link in crossing if link.source in chosen)
    return Border(entries or _open_entries(open_inputs, chosen), exits or _exits(open_outputs))


def _entries(links: list[Link], taken: set[str]) -> tuple[Entry, ...]:
    """One entry for each outer source, called after the port that it feeds where that says more than "x"."""
    fed: dict[Source, list[Target]] = {}
    for link in links:
        fed.setdefault((link.source, link.output), []).append((link.target, link.input))
    ports = [targets[0][1] for targets in fed.values()]
    stems = {
        source: targets[0][1] if ports.count(targets[0][1]) == 1 and targets[0][1] not in ("x", "xs") else source[0]
        for source, targets in fed.items()
    }
    names = _named(["x"] if len(fed) == 1 else list(stems.values()), taken)
    return tuple(Entry(name, *fit) for name, fit in zip(names, ((s, tuple(t)) for s, t in fed.items()), strict=True))


def _open_entries(ports: list[Target], taken: set[str]) -> tuple[Entry, ...]:
    stems = ["x"] if len(ports) == 1 else [port if port not in ("x", "xs") else f"to_{node}" for node, port in ports]
    return tuple(Entry(name, None, (port,)) for name, port in zip(_named(stems, taken), ports, strict=True))


def _exits(sources: Iterable[Source]) -> tuple[Exit, ...]:
    """One exit for each inner output, called after its node where there are several."""
    every = list(dict.fromkeys(sources))
    nodes = [node for node, _ in every]
    stems = [node if nodes.count(node) == 1 else f"{node}_{port}" for node, port in every]
    names = _named(["output"] if len(every) == 1 else stems, ())
    return tuple(Exit(name, source) for name, source in zip(names, every, strict=True))


def _named(stems: list[str], taken: Iterable[str]) -> list[str]:
    used, names = set(taken), list[str]()
    for stem in stems:
        name, number = stem, 2
        while name in used:
            name, number = f"{stem}_{number}", number + 1
        used.add(name)
        names.append(name)
    return names


def _open_ports(
    project: Project, graph: Graph, chosen: set[str], layers: Mapping[str, type[Layer]]
) -> tuple[list[Target], list[Source]]:
    """The ports that nothing is joined to, apart from inputs that need nothing."""
    fed = {(link.target, link.input) for link in graph.links}
    read = {(link.source, link.output) for link in graph.links}
    inputs: list[Target] = []
    outputs: list[Source] = []
    for node in (node for node in graph.nodes if node.id in chosen):
        takes, gives = project.ports(node, layers) or ((), ())
        inputs += [(node.id, port.name) for port in takes if not port.optional and (node.id, port.name) not in fed]
        outputs += [(node.id, name) for name in gives if (node.id, name) not in read]
    return inputs, outputs
