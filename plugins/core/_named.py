"""Layers that PyTorch has under the same name, and the words for data that does not fit them."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from engine.spec import Layer, ParameterError

LAYOUTS = {
    2: "feature vectors: batch × features",
    3: "sequences: batch × channels × length",
    4: "an image: batch × channels × height × width",
    5: "a volume: batch × channels × depth × height × width",
}
"""What tensors of so many dimensions hold, by PyTorch's convention."""


class Named(Layer):
    """A layer that `torch.nn` has under the same name, its fields being that module's keyword arguments.

    `sizes` gives what PyTorch wants to be told and the incoming tensor already says, such as `in_features`.
    """

    ranks: ClassVar[tuple[int, ...]] = ()
    """How many dimensions the input may have, the batch included; empty where any number will do."""

    def sizes(self, x: Any) -> tuple[int, ...]:
        """The module's leading arguments, read off the input."""
        return ()

    def build(self, nn: Any, x: Any) -> Any:
        """Make the module for such an input; raise ValueError when the input does not fit."""
        expect(self, x, self.ranks)
        return getattr(nn, self.kind())(*self.sizes(x), **dict(self))


def expect(layer: Layer, x: Any, ranks: tuple[int, ...] = (), *, fractions: bool = True) -> None:
    """Raise ValueError, in words, where a tensor has other than so many dimensions or holds whole numbers."""
    given = len(x.shape)
    if ranks and given not in ranks:
        wanted = ", or ".join(LAYOUTS[rank] for rank in ranks)
        raise ValueError(f"{layer.kind()} needs {wanted}, but gets {shape_of(x)}. {_way_out(layer, given, ranks)}")
    if given < 2:
        raise ValueError(f"{layer.kind()} needs at least one number per sample, but gets {shape_of(x)}.")
    if fractions and not x.dtype.is_floating_point:
        kind = str(x.dtype).removeprefix("torch.")
        raise ValueError(
            f"{layer.kind()} computes with float32, but gets whole numbers ({kind}). Put Embedding before it."
        )


def expect_sequence(layer: Layer, x: Any, name: str = "") -> None:
    """Raise ValueError, in words, where a tensor is not batch × length × features; `name` is the port it arrives at."""
    if len(x.shape) != 3:
        way_out = {2: "Put Unflatten before it.", 4: "Put Flatten with start_dim 2 and Transpose before it."}
        at = f" at '{name}'" if name else ""
        raise ValueError(
            f"{layer.kind()} needs sequences: batch × length × features, but gets {shape_of(x)}{at}. "
            f"{way_out.get(len(x.shape), '')}".rstrip()
        )
    expect(layer, x)


def shape_of(x: Any) -> str:
    """A tensor's shape as a person writes it: `batch × 64 × 28 × 28`."""
    return " × ".join(("batch", *(str(size) for size in tuple(x.shape)[1:])))


def divides(layer: Layer, parameter: str, channels: int) -> None:
    """Raise ParameterError where a field does not divide the channels evenly."""
    parts = getattr(layer, parameter)
    if channels % parts:
        fitting = ", ".join(str(one) for one in range(1, channels + 1) if channels % one == 0)
        raise ParameterError(
            f"{layer.kind()} cannot split {channels} channels into {parts} equal groups. "
            f"Set {parameter} to one of {fitting}.",
            parameter=parameter,
        )


def inside(layer: Layer, parameter: str, x: Any) -> None:
    """Raise ParameterError where a field names a dimension that the tensor lacks, or the batch."""
    dim, rank = getattr(layer, parameter), len(x.shape)
    if not -rank < dim < rank or dim == 0:
        raise ParameterError(
            f"{layer.kind()} has {parameter} {dim}, but gets {shape_of(x)}, "
            f"whose dimensions are 1 to {rank - 1} (0 is the batch).",
            parameter=parameter,
        )


def _way_out(layer: Layer, given: int, ranks: tuple[int, ...]) -> str:
    family = re.fullmatch(r"(.+)[123]d", layer.kind())
    if family and 3 <= given <= 5:
        return f"Use {family[1]}{given - 2}d instead."
    if given < min(ranks):
        return "Put Unflatten before it."
    if max(ranks) == 2:
        return "Put Flatten before it."
    return f"Put Flatten with start_dim {max(ranks) - 1} before it."
