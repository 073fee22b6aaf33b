"""Small layers and networks that the engine's tests draw with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.spec import (
    Catalogue,
    Facts,
    Graph,
    Layer,
    Link,
    Node,
    Optimizer,
    ParameterError,
    Problem,
    Remedy,
    Schedule,
    Task,
    TensorSpec,
    field,
)


class Wide(Layer):
    """Weigh and add up."""

    out_features: int = field(4, min=1)

    def build(self, nn: Any, x: Any) -> Any:
        return nn.Linear(x.shape[-1], self.out_features)


class Filter(Layer):
    """Slide a filter."""

    out_channels: int = 4

    def build(self, nn: Any, x: Any) -> Any:
        return nn.Conv2d(x.shape[1], self.out_channels, 3, padding=1)


class Flat(Layer):
    """Lay all of a sample in a row."""

    def call(self, torch: Any, x: Any) -> Any:
        return x.reshape(x.shape[0], x.shape[1] * x.shape[2] * x.shape[3])


class Sum(Layer):
    """Add up."""

    def call(self, torch: Any, *xs: Any) -> Any:
        return sum(xs[1:], xs[0])


class Halves(Layer):
    """Cut each sample in two."""

    outputs = ("first", "second")

    def call(self, torch: Any, x: Any) -> Any:
        return torch.chunk(x, 2, dim=1)


class Masked(Layer):
    """Blot out, if there is a mask."""

    def call(self, torch: Any, x: Any, mask: Any = None) -> Any:
        return x if mask is None else x * mask


class Stern(Layer):
    """Refuse whatever comes, in words."""

    def call(self, torch: Any, x: Any) -> Any:
        raise ValueError("Stern takes nothing at all.")


class Picky(Layer):
    """Refuse a parameter once the input is known."""

    groups: int = 3

    def call(self, torch: Any, x: Any) -> Any:
        raise ParameterError("Picky cannot split this into 3 groups.", parameter="groups")


class Three(Task):
    """Want three numbers per sample."""

    def check(self, outputs: Mapping[str, TensorSpec], data: Facts) -> Iterable[Problem]:
        if outputs["prediction"].shape != (None, 3):
            yield Problem(
                message="Three are wanted.",
                port="prediction",
                remedies=(Remedy(text="Make it 3", settings={"out_features": 3}),),
            )


class Plain(Optimizer):
    """Nothing special."""

    lr: float = field(0.1, above=0)


class Level(Schedule):
    """No change."""


CATALOGUE = Catalogue([Wide, Filter, Flat, Sum, Halves, Masked, Stern, Picky, Three, Plain, Level])


def drawn(nodes: Mapping[str, str | tuple[str, dict[str, Any]]], *links: str) -> Graph:
    """A graph from `{"id": kind or (kind, parameters)}` and links such as "a.first -> b.x"."""
    pairs = {one: what if isinstance(what, tuple) else (what, {}) for one, what in nodes.items()}
    graph = Graph().add(*(Node(id=one, kind=kind, parameters=parameters) for one, (kind, parameters) in pairs.items()))
    for text in links:
        (source, _, output), (target, _, entry) = (end.strip().partition(".") for end in text.split("->"))
        graph = graph.connect(
            Link(source=source, target=target, output=output or "output", input=entry or "x"), many=entry == "xs"
        )
    return graph
