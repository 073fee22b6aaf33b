"""Learned tensors that a model holds beside its modules: class tokens, positions, scales of channels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from torch import Tensor, fx

from engine.convert.functions import NAMES, Call, Layered


class Learned(NamedTuple):
    """A weight by its name in the original model."""

    name: str
    tensor: Tensor


def with_learned(call: Call, learned: Mapping[fx.Node, Learned]) -> Layered | None:
    """The layer that joins a learned tensor with what arrives; None where none is known."""
    name = NAMES.get(call.node.target, "") if not isinstance(call.node.target, str) else call.node.target
    involved = call.node.all_input_nodes
    weights = [one for one in involved if one in learned]
    data = tuple(one for one in involved if one not in learned)
    if len(weights) != 1 or len(data) != 1:
        return None
    shape, given = tuple(learned[weights[0]].tensor.shape), tuple(call.values[data[0]].shape)
    return _known(name, call, shape, given, data)


def _known(
    name: str, call: Call, shape: tuple[int, ...], given: tuple[int, ...], data: tuple[fx.Node, ...]
) -> Layered | None:
    if name == "cat" and call.at(1, "dim", 0) == 1 and len(shape) == 3 and shape[1] == 1:
        return Layered("ClassToken", {}, data)
    if name == "add" and len(given) == 3 and shape == (1, *given[1:]):
        return Layered("LearnedPositionalEmbedding", {}, data)
    if name == "mul" and len(given) == 4 and shape == (given[1], 1, 1):
        return Layered("LayerScale", {}, data)
    return None
