"""From a PyTorch module to a project: networks, blocks, and where its weights belong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import torch
from torch import nn

from engine.convert.draft import Draft, Piece
from engine.convert.drafting import Drafter
from engine.convert.folding import fold_repeats, fold_runs, fold_stages
from engine.convert.rewriting import rewrite
from engine.convert.sharing import share
from engine.convert.tracing import Policy
from engine.probe import BATCH
from engine.spec import Catalogue, Exposed, FrozenDict, Graph, Layer, Link, Node, Project


@dataclass(frozen=True)
class Conversion:
    """A model as a project.

    Args:
        project: one network `model`, and one for each kind of block in it.
        weights: what each weight of the assembled `model` (`layer1_0.0.conv1.weight`) is called in the original.
    """

    project: Project
    weights: Mapping[str, str]


def convert(module: nn.Module, shape: tuple[int, ...], catalogue: Catalogue, *, name: str) -> Conversion:
    """Draw a module, which is moved to the meta device and told to evaluate.

    Args:
        module: what to draw; it takes one tensor.
        shape: the shape of one sample, such as 3 × 224 × 224.
        catalogue: the layers there are.
        name: what the project is called.

    Raises:
        ConvertError: when something in it cannot be drawn, with what and why.
    """
    module = module.to("meta").eval()
    rewrite(module)
    weights = chain(module.named_parameters(), module.named_buffers())
    names = {id(one): path for path, one in weights}
    drafter = Drafter(Policy(module), catalogue.layers, names)
    root = drafter.draft(module, [torch.empty((BATCH, *shape), device="meta")])
    fold_runs(root)
    families = share(root)
    fold_repeats(root)
    stages = fold_stages(root)
    _set_ends(root, shape)
    writer = _Graphs(catalogue.layers)
    networks = {"model": writer.graph(root)}
    networks |= {one.title: writer.graph(one) for one in stages}
    networks |= {title: writer.graph(one.drafts[0], one.exposed) for title, one in reversed(families.items())}
    return Conversion(Project(name=name, networks=FrozenDict(networks)), dict(_weights(root)))


def _set_ends(root: Draft, shape: tuple[int, ...]) -> None:
    """The model's Input says what it takes; its Output has the name that tasks look for."""
    inputs = [one for one in root.pieces if one.kind == "Input"]
    for piece in inputs:
        piece.parameters = {"column": "image", "shape": shape}
    if len(inputs) == 1 and "image" not in [one.id for one in root.pieces]:
        root.rename(inputs[0].id, "image")
    outputs = [one for one in root.pieces if one.kind == "Output"]
    for number, piece in enumerate(outputs, 1):
        piece.parameters = {"name": "prediction" if number == 1 else f"prediction_{number}"}


def _weights(draft: Draft) -> Iterator[tuple[str, str]]:
    for piece in draft.pieces:
        for ours, theirs in piece.weights.items():
            yield f"{piece.id}.{ours}", theirs
        for number, copy in enumerate(piece.copies):
            for ours, theirs in _weights(copy):
                yield f"{piece.id}.{number}.{ours}", theirs


class _Graphs:
    """Writes drafts as graphs, leaving out parameters that have their usual value."""

    def __init__(self, layers: Mapping[str, type[Layer]]) -> None:
        self._defaults = {kind: {one.name: one.default for one in layer.parameters()} for kind, layer in layers.items()}

    def graph(self, draft: Draft, exposed: tuple[Exposed, ...] = ()) -> Graph:
        """The graph of a draft."""
        nodes = tuple(self._node(one) for one in draft.pieces)
        links = tuple(
            Link(source=one.source, output=one.output, target=one.target, input=one.input) for one in draft.wires
        )
        return Graph(nodes=nodes, links=links, exposed=exposed)

    def _node(self, piece: Piece) -> Node:
        usual: Mapping[str, Any] = self._defaults[piece.kind]
        parameters = {name: value for name, value in piece.parameters.items() if usual.get(name, ...) != value}
        return Node(id=piece.id, kind=piece.kind, parameters=FrozenDict(parameters))
