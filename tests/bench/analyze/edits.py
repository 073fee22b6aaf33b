"""Edits of the ResNet-50 graph, each with shapes that were not met before, so that no memory can answer."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from engine.spec import Graph, Link, Node


def middle_layer(graph: Graph, stages: Sequence[str]) -> Iterator[Graph]:
    """Other widths of one convolution halfway down; what follows its neighbors stays as it was."""
    inner = [node for node in graph.of_kind("Conv2d") if node.parameters["kernel_size"] == 3]
    for width in range(201, 231):
        node = inner[len(inner) // 2]
        yield graph.replace(node.having(parameters={**node.parameters, "out_channels": width}))


def middle_size(graph: Graph, stages: Sequence[str]) -> Iterator[Graph]:
    """A pooling put in between the second stage and the third: every shape behind it is another."""
    for size in range(3, 24, 2):
        pool = Node(id="pool", kind="MaxPool2d", parameters={"kernel_size": size, "stride": 1, "padding": 0})
        ahead = graph.outgoing[stages[1]]
        edited = graph.add(pool).disconnect(*ahead).connect(Link(source=stages[1], target="pool"))
        for link in ahead:
            edited = edited.connect(link.having(source="pool"), many=True)
        yield edited


def end(graph: Graph, stages: Sequence[str]) -> Iterator[Graph]:
    """Other numbers of classes."""
    [node] = graph.of_kind("Linear")
    for classes in range(101, 131):
        yield graph.replace(node.having(parameters={"out_features": classes}))


EDITS: Mapping[str, Callable[[Graph, Sequence[str]], Iterator[Graph]]] = MappingProxyType(
    {
        "an edit of a layer in its middle": middle_layer,
        "an edit in its middle that changes all below": middle_size,
        "an edit at its end": end,
    }
)
