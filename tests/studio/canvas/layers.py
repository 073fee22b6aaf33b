"""A few layers to draw with, so that these tests need no pack."""

from itertools import pairwise
from typing import Any

from engine.spec import Catalogue, Graph, Layer, Link, Node, field


class Conv2d(Layer):
    """Slide learned filters over an image."""

    category = "Convolution"
    synonyms = ("cnn", "filter bank")

    out_channels: int = field(32, min=1)
    kernel_size: int = field(3, min=1)
    bias: bool = field(True, advanced=True)

    def build(self, nn: Any, x: Any) -> Any:
        return nn.Conv2d(x.shape[1], self.out_channels, self.kernel_size)


class Linear(Layer):
    """Join every number with every other."""

    category = "Linear"
    synonyms = ("dense", "fully connected")

    out_features: int = field(64, min=1)

    def build(self, nn: Any, x: Any) -> Any:
        return nn.Linear(x.shape[1], self.out_features)


class ReLU(Layer):
    """Replace negative numbers by zero."""

    category = "Activation"

    def call(self, torch: Any, x: Any) -> Any:
        return torch.relu(x)


class Concat(Layer):
    """Join tensors along one dimension."""

    category = "Merge"

    def call(self, torch: Any, *xs: Any) -> Any:
        return torch.cat(xs, dim=1)


class Bilinear(Layer):
    """Weigh every pair of numbers from two inputs."""

    category = "Linear"

    def call(self, torch: Any, left: Any, right: Any) -> Any:
        return left * right


CATALOGUE = Catalogue([Conv2d, Linear, ReLU, Concat, Bilinear])


def wire(source: str, target: str, port: str = "x") -> Link:
    """A link from a node's only output."""
    return Link(source=source, target=target, input=port)


def chain(*kinds: str, pitch: float = 120.0) -> Graph:
    """Nodes of these kinds below each other, each joined to the next: `a`, `b`, `c` …"""
    ids = [chr(ord("a") + place) for place in range(len(kinds))]
    nodes = tuple(
        Node(id=name, kind=kind, position=(0.0, pitch * place))
        for place, (name, kind) in enumerate(zip(ids, kinds, strict=True))
    )
    return Graph(nodes=nodes, links=tuple(wire(one, other) for one, other in pairwise(ids)))
