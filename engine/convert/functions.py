"""Functions and methods of tensors for which there is a layer."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, fx
from torch.nn import functional
from torchvision.models import shufflenetv2, swin_transformer

from engine.convert.leaves import one_or_all


@dataclass(frozen=True)
class Call:
    """One call: its arguments, with fx nodes where tensors are, and the values behind them."""

    node: fx.Node
    values: dict[fx.Node, Any]

    def at(self, place: int, name: str = "", default: Any = None) -> Any:
        """An argument as it was given: an fx node for a tensor, else its value."""
        if place < len(self.node.args):
            return self.known(self.node.args[place])
        return self.known(self.node.kwargs.get(name, default))

    def known(self, argument: Any) -> Any:
        """The argument with numbers filled in where they were computed from shapes."""
        return fx.node.map_arg(argument, self._known)

    def _known(self, node: fx.Node) -> Any:
        value = self.values[node]
        return node if holds_tensor(value) else value

    @property
    def before(self) -> tuple[int, ...]:
        """The shape of the first argument."""
        return tuple(self.values[self.node.args[0]].shape)  # type: ignore[index]

    @property
    def after(self) -> tuple[int, ...]:
        """The shape of the result."""
        return tuple(self.values[self.node].shape)

    def rest(self, place: int) -> tuple[Any, ...]:
        """The arguments from one place on, written as one sequence or one after the other."""
        first = self.at(place)
        if isinstance(first, tuple | list):
            return tuple(first)
        return tuple(self.known(one) for one in self.node.args[place:])


@dataclass(frozen=True)
class Layered:
    """The layer that a call is, and the fx nodes that it reads, in the order of the layer's ports."""

    kind: str
    parameters: dict[str, Any]
    inputs: tuple[fx.Node, ...]


def holds_tensor(value: Any) -> bool:
    """Whether a value is a tensor, or several."""
    return isinstance(value, Tensor) or (
        isinstance(value, tuple | list) and bool(value) and isinstance(value[0], Tensor)
    )


def read_function(call: Call) -> Layered | None:
    """The layer that a call of a function or method is; None when there is none."""
    name = call.node.target if isinstance(call.node.target, str) else NAMES.get(call.node.target)
    reading = READINGS.get(str(name))
    return reading(call) if reading is not None else None


def _simple(kind: str) -> Callable[[Call], Layered]:
    return lambda call: Layered(kind, {}, (call.at(0),))


def _arithmetic(kind: str, parameter: str) -> Callable[[Call], Layered]:
    def read(call: Call) -> Layered:
        sides = [call.at(0), call.at(1)]
        nodes = tuple(one for one in sides if isinstance(one, fx.Node))
        numbers = [one for one in sides if not isinstance(one, fx.Node)]
        return Layered("Scale", {parameter: float(numbers[0])}, nodes) if numbers else Layered(kind, {}, nodes)

    return read


def _concat(call: Call) -> Layered:
    return Layered("Concat", {"dim": call.at(1, "dim", 0)}, tuple(call.at(0, "tensors")))


def _flatten(call: Call) -> Layered:
    return Layered("Flatten", {"start_dim": call.at(1, "start_dim", 0)}, (call.at(0),))


def _permute(call: Call) -> Layered:
    return Layered("Permute", {"dims": call.rest(1)[1:]}, (call.at(0),))


def _reshape(call: Call) -> Layered:
    """Flatten where trailing dimensions become one, which says more than the sizes."""
    before, after = call.before, call.after
    if after[:-1] == before[: len(after) - 1] and len(after) < len(before):
        return Layered("Flatten", {"start_dim": len(after) - 1}, (call.at(0),))
    return Layered("Reshape", {"shape": after[1:]}, (call.at(0),))


def _mean(call: Call) -> Layered:
    dims = call.at(1, "dim")
    several = tuple(dims) if isinstance(dims, tuple | list) else (dims,)
    return Layered("Mean", {"dims": several, "keepdim": bool(call.at(2, "keepdim", False))}, (call.at(0),))


def _adaptive(call: Call) -> Layered:
    return Layered("AdaptiveAvgPool2d", {"output_size": one_or_all(call.at(1, "output_size"))}, (call.at(0),))


def _pool(kind: str) -> Callable[[Call], Layered]:
    def read(call: Call) -> Layered:
        names = {"kernel_size": None, "stride": None, "padding": 0}
        values = {name: one_or_all(call.at(place, name, value)) for place, (name, value) in enumerate(names.items(), 1)}
        return Layered(kind, values, (call.at(0, "input"),))

    return read


def _chunk(call: Call) -> Layered | None:
    return Layered("Chunk", {"dim": call.at(2, "dim", 0)}, (call.at(0),)) if call.at(1, "chunks") == 2 else None


def _channel_shuffle(call: Call) -> Layered:
    return Layered("ChannelShuffle", {"groups": call.at(1, "groups")}, (call.at(0),))


def _item(call: Call) -> Layered | None:
    """One place along one dimension, as in `x[:, 0]`."""
    key = call.at(1)
    places = [(dim, one) for dim, one in enumerate(key if isinstance(key, tuple) else (key,)) if one != slice(None)]
    if len(places) != 1 or not isinstance(places[0][1], int) or places[0][0] == 0:
        return None
    return Layered("Select", {"dim": places[0][0], "index": places[0][1]}, (call.at(0),))


NAMES: Mapping[Any, str] = {
    operator.add: "add",
    operator.iadd: "add",
    torch.add: "add",
    operator.mul: "mul",
    operator.imul: "mul",
    torch.mul: "mul",
    torch.cat: "cat",
    torch.flatten: "flatten",
    torch.permute: "permute",
    torch.reshape: "reshape",
    torch.mean: "mean",
    torch.chunk: "chunk",
    torch.relu: "relu",
    torch.sigmoid: "sigmoid",
    operator.getitem: "getitem",
    functional.relu: "relu",
    functional.adaptive_avg_pool2d: "adaptive_avg_pool2d",
    functional.avg_pool2d: "avg_pool2d",
    functional.max_pool2d: "max_pool2d",
    shufflenetv2.channel_shuffle: "channel_shuffle",
    swin_transformer._patch_merging_pad: "patch_merging_pad",
}
"""What functions are called here; a method is called by its own name."""

READINGS: Mapping[str, Callable[[Call], Layered | None]] = {
    "add": _arithmetic("Add", "offset"),
    "add_": _arithmetic("Add", "offset"),
    "mul": _arithmetic("Multiply", "factor"),
    "cat": _concat,
    "flatten": _flatten,
    "permute": _permute,
    "reshape": _reshape,
    "view": _reshape,
    "mean": _mean,
    "chunk": _chunk,
    "relu": _simple("ReLU"),
    "relu_": _simple("ReLU"),
    "sigmoid": _simple("Sigmoid"),
    "adaptive_avg_pool2d": _adaptive,
    "avg_pool2d": _pool("AvgPool2d"),
    "max_pool2d": _pool("MaxPool2d"),
    "channel_shuffle": _channel_shuffle,
    "patch_merging_pad": _simple("MergePatches"),
    "getitem": _item,
}
