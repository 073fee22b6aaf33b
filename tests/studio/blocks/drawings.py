"""Networks to group and take apart: every signal in them is a row of four numbers, so that any wiring fits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from hypothesis import strategies as some

from engine.assemble import assemble
from engine.spec import Graph, Link, Node, Project
from tests.engine.drawn import CATALOGUE

LAYERS = CATALOGUE.layers


def joined(graph: Graph, source: str, target: str, port: str = "x") -> Graph:
    return graph.connect(Link(source=source, target=target, input=port), many=port == "xs")


@some.composite
def models(draw: some.DrawFn) -> Graph:
    """An Input, some layers that each read what stands before them, and an Output for every end."""
    graph = Graph().add(Node(id="data", kind="Input", parameters={"column": "data", "shape": (4,)}))
    names = ["data"]
    for number in range(draw(some.integers(1, 7))):
        kind = draw(some.sampled_from(("Wide", "Sum", "Masked")))
        name = f"{kind.lower()}_{number}"
        place = (draw(some.integers(-3, 3)) * 256.0, (number + 1) * 112.0)
        graph = graph.add(Node(id=name, kind=kind, position=place, muted=draw(some.integers(0, 5)) == 0))
        ports = {"Wide": ("x",), "Sum": ("xs", "xs"), "Masked": ("x", "mask")}[kind]
        for port in ports:
            graph = joined(graph, draw(some.sampled_from(names)), name, port)
        names.append(name)
    ends = [name for name in names if not graph.outgoing[name]]
    for number, name in enumerate(ends):
        parameters = {"name": f"result_{number}"}
        graph = graph.add(Node(id=f"end_{number}", kind="Output", parameters=parameters, position=(0.0, 1200.0)))
        graph = joined(graph, name, f"end_{number}")
    return graph


def given(project: Project, *, weights: Mapping[str, torch.Tensor] | None = None) -> dict[str, torch.Tensor]:
    """What the model makes of the same data, by output; with weights by the last part of their names if given."""
    torch.manual_seed(1)
    module: Any = assemble(project, CATALOGUE, None)
    if weights is not None:
        for name, parameter in module.named_parameters():
            parameter.data.copy_(weights[plain(name)])
    results = module.eval()(torch.linspace(-1, 1, 12).reshape(3, 4))
    results = results if isinstance(results, tuple) else (results,)
    return dict(zip(module.outputs, results, strict=True))


def weights_of(project: Project) -> dict[str, torch.Tensor]:
    torch.manual_seed(2)
    return {plain(name): value.detach() for name, value in assemble(project, CATALOGUE, None).named_parameters()}


def plain(name: str) -> str:
    """A weight's name without the blocks that it stands in: `wide_1.weight`."""
    return ".".join(name.split(".")[-2:])


def same(one: Mapping[str, torch.Tensor], other: Mapping[str, torch.Tensor]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)
