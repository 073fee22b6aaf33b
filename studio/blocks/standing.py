"""Which networks a node stands for: as a block, or as one of the blocks that a search may put in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from engine.spec import Block, Component, Graph, Node, Search

NETWORK = "network"


def blocks_of(node: Node) -> tuple[Component, ...]:
    """The node and its variants, as far as they are blocks."""
    return tuple(one for one in (node, *node.variants) if one.kind == Block.kind())


def names_of(block: Component) -> tuple[str, ...]:
    """The networks that a block may stand for: one, or those that a search chooses from."""
    network = block.parameters.get(NETWORK, "")
    return tuple(str(one) for one in network.choices) if isinstance(network, Search) else (str(network),)


def used_by(graph: Graph) -> tuple[str, ...]:
    """The names of the networks that a network's blocks stand for, each once."""
    return tuple(dict.fromkeys(name for node in graph.nodes for block in blocks_of(node) for name in names_of(block)))


def standing_for(graph: Graph, name: str) -> Iterator[Node]:
    """The nodes that stand for a network, or may in a search."""
    for node in graph.nodes:
        if any(name in names_of(block) for block in blocks_of(node)):
            yield node


def with_blocks(node: Node, change: Callable[[Component], Component]) -> Node:
    """The node with its blocks changed: itself, its variants."""
    own = change(node) if node.kind == Block.kind() else node
    variants = tuple(change(one) if one.kind == Block.kind() else one for one in node.variants)
    changed: Node = node.having(parameters=own.parameters, variants=variants)
    return changed


def calling(node: Node, called: Mapping[str, str]) -> Node:
    """The node with its blocks standing for networks by other names."""
    return with_blocks(node, lambda block: _calling(block, called))


def _calling(block: Component, called: Mapping[str, str]) -> Component:
    network = block.parameters.get(NETWORK, "")
    if not isinstance(network, Search):
        return block.set(network=called[str(network)]) if network in called else block
    choices = tuple(called.get(one, one) for one in network.choices)
    return block.set(network=network.having(choices=choices, value=called.get(network.value, network.value)))
