"""Layers that PyTorch has under the same name, and the words for data that does not fit them."""

from __future__ import annotations

import math
import re
from typing import Annotated, Any, ClassVar

from engine.spec import Component, Each, InputError, Layer, ParameterError, Remedy

Sides = Annotated[int | tuple[int, ...], Each(1, 1000)]
"""One number for all dimensions behind the channels, or one for each."""

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
    """Raise InputError, in words, where a tensor has other than so many dimensions or holds whole numbers."""
    given = len(x.shape)
    if ranks and given not in ranks:
        wanted = ", or ".join(LAYOUTS[rank] for rank in ranks)
        way_out, remedies = _way_out(layer, x, ranks)
        message = f"{layer.kind()} needs {wanted}, but gets {shape_of(x)}. {way_out}"
        raise InputError(message, remedies=remedies)
    if given < 2:
        raise InputError(f"{layer.kind()} needs at least one number per sample, but gets {shape_of(x)}.")
    if fractions and not x.dtype.is_floating_point:
        kind = str(x.dtype).removeprefix("torch.")
        raise InputError(
            f"{layer.kind()} computes with float32, but gets whole numbers ({kind}). Put Embedding before it.",
            remedies=(put("Embedding"), put("Embedding", then=Component(kind="Flatten"))),
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


def divides(layer: Layer, parameter: str, *channels: int) -> None:
    """Raise ParameterError where a field does not divide the channels, all of them, evenly."""
    parts, common = getattr(layer, parameter), math.gcd(*channels)
    for count in channels:
        if count % parts:
            fitting = [one for one in range(1, count + 1) if count % one == 0]
            nearest = max(one for one in range(1, common + 1) if common % one == 0 and (one <= parts or one == 1))
            raise ParameterError(
                f"{layer.kind()} cannot split {count} channels into {parts} equal groups. "
                f"Set {parameter} to one of {', '.join(map(str, fitting))}.",
                parameter=parameter,
                remedies=(Remedy(settings={parameter: nearest}),),
            )


def put(kind: str, then: Component | None = None, **settings: Any) -> Remedy:
    """The remedy of putting a layer, and perhaps another behind it, before the one that refuses."""
    first = Component(kind=kind, parameters=settings)
    return Remedy(before=(first,) if then is None else (first, then))


def along(layer: Layer, parameter: str, x: Any) -> None:
    """Raise ParameterError where a field gives several numbers, but not one for each dimension behind the channels."""
    sizes, wanted = getattr(layer, parameter), len(x.shape) - 2
    if isinstance(sizes, tuple) and len(sizes) != wanted:
        raise ParameterError(
            f"{layer.kind()} takes one number for {parameter}, or {wanted}: one for each dimension behind the "
            f"channels of {shape_of(x)}. It has {', '.join(map(str, sizes))}.",
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


def _way_out(layer: Layer, x: Any, ranks: tuple[int, ...]) -> tuple[str, tuple[Remedy, ...]]:
    """What to do about a wrong number of dimensions, in words and as remedies."""
    given, family = len(x.shape), re.fullmatch(r"(.+)[123]d", layer.kind())
    if family and 3 <= given <= 5:
        twin = Remedy(kind=f"{family[1]}{given - 2}d")
        if given + 1 in ranks and x.shape[-1] == x.shape[-2]:  # a square without channels is an image, not a sequence
            return "Put Unsqueeze before it: the channels are missing.", (put("Unsqueeze", dim=1), twin)
        return f"Use {twin.kind} instead.", (twin,)
    if given < min(ranks):
        folds = [put("Unflatten", unflattened_size=sizes) for sizes in _folds(x.shape[-1], min(ranks) - 1)]
        return "Put Unflatten before it.", tuple(folds) if given == 2 else ()
    if max(ranks) == 2:
        return "Put Flatten before it.", (put("Flatten"),)
    start = max(ranks) - 1
    return f"Put Flatten with start_dim {start} before it.", (put("Flatten", start_dim=start),)


def _folds(count: int, dimensions: int) -> list[tuple[int, ...]]:
    """Sizes that a row of numbers may become: a sequence of one channel, a square image, or channels of size 1."""
    ones = (1,) * (dimensions - 1)
    if dimensions == 2:
        return [(1, count)]
    for channels in (1, 3):
        side = math.isqrt(count // channels)
        if dimensions == 3 and side > 1 and channels * side * side == count:
            return [(channels, side, side), (count, *ones)]
    return [(count, *ones)]
