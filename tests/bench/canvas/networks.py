"""Networks of any size as people draw them: stages of modules with parallel branches, and skips past them."""

from typing import Any

from engine.spec import Graph, Link, Node

BRANCHES = ((1,), (1, 3), (1, 3, 3), (5,))
"""The kernels of each branch of a module, from the top down."""


class Builder:
    """Adds layers below each other."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.links: list[Link] = []
        self.counts: dict[str, int] = {}

    def put(self, kind: str, *sources: str, **parameters: Any) -> str:
        """Add a layer that reads others; return its id."""
        number = self.counts[kind] = self.counts.get(kind, 0) + 1
        name = f"{kind.lower()}_{number}"
        self.nodes.append(Node(id=name, kind=kind, parameters=parameters))
        port = "xs" if kind in ("Concat", "Add") else "x"
        self.links += [Link(source=one, target=name, input=port) for one in sources]
        return name

    def convolved(self, source: str, channels: int, kernel: int) -> str:
        """A convolution, its normalization and its activation."""
        made = self.put("Conv2d", source, out_channels=channels, kernel_size=kernel, bias=False)
        return self.put("ReLU", self.put("BatchNorm2d", made))

    def module(self, source: str, channels: int) -> str:
        """Four branches, joined, and added to what came in."""
        ends = []
        for kernels in BRANCHES:
            end = source
            for kernel in kernels:
                end = self.convolved(end, channels, kernel)
            ends.append(end)
        joined = self.put("Concat", *ends)
        return self.put("ReLU", self.put("Add", source, self.put("Conv2d", joined, out_channels=4 * channels)))


TOWER = 220
"""Nodes of one tower: large networks are several beside each other, as dense on the screen as it gets."""
MODULE = 26
"""Nodes of one module."""


def network(size: int) -> Graph:
    """A network of exactly so many nodes; they have no places yet."""
    build = Builder()
    start = build.put("Input", shape=(3, 224, 224))
    towers = max(1, size // TOWER)
    ends = []
    for tower in range(towers):
        end, full = start, (size - 3) * (tower + 1) // towers
        while len(build.nodes) + MODULE <= full:
            end = build.module(end, 16 + 8 * len(build.nodes) // MODULE)
        while len(build.nodes) < full:
            end = build.put("ReLU", end)
        ends.append(end)
    build.put("Output", build.put("Concat", *ends))
    while len(build.nodes) < size:
        build.put("ReLU")
    return Graph(nodes=tuple(build.nodes), links=tuple(build.links))


def facts(graph: Graph) -> dict[str, Any]:
    """What an analysis might say of it: a shape on every wire, a count on every third node."""
    shape = {"shape": ["batch", 64, 56, 56], "dtype": "float32"}
    return {
        node.id: {"outputs": {"output": shape}, "parameters": 1000 * place if place % 3 == 1 else 0}
        for place, node in enumerate(graph.nodes)
    }
