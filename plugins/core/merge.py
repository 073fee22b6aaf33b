"""Layers where several tensors become one, and arithmetic."""

from __future__ import annotations

from functools import reduce
from typing import Any

from engine.spec import InputError, Layer, ParameterError, field
from plugins.core._named import expect, inside, shape_of
from plugins.core._projections import projections, resizings


class _Merge(Layer):
    category = "Merge"


class Add(_Merge):
    """Add tensors number by number."""

    synonyms = ("sum", "plus", "skip", "residual", "shortcut")

    def call(self, torch: Any, *xs: Any) -> Any:
        together(self, xs)
        return reduce(torch.add, xs)


class Subtract(_Merge):
    """Take the second tensor from the first, number by number."""

    synonyms = ("minus", "difference")

    def call(self, torch: Any, x: Any, y: Any) -> Any:
        together(self, (x, y))
        return torch.sub(x, y)


class Multiply(_Merge):
    """Multiply tensors number by number."""

    synonyms = ("product", "times", "gate", "attention", "hadamard", "squeeze and excitation")

    def call(self, torch: Any, *xs: Any) -> Any:
        together(self, xs)
        return reduce(torch.mul, xs)


class Maximum(_Merge):
    """Take the largest of the tensors, number by number."""

    synonyms = ("max", "maxout")

    def call(self, torch: Any, *xs: Any) -> Any:
        together(self, xs)
        return reduce(torch.maximum, xs)


class Average(_Merge):
    """Take the mean of the tensors, number by number."""

    synonyms = ("mean", "ensemble")

    def call(self, torch: Any, *xs: Any) -> Any:
        together(self, xs)
        return torch.div(reduce(torch.add, xs), len(xs))


class Concat(_Merge):
    """Join tensors along one dimension."""

    synonyms = ("concatenate", "cat", "skip", "stack", "join", "u-net", "densenet")

    dim: int = field(1, help="The dimension along which they are joined; 1 is the channels or features.")

    def call(self, torch: Any, *xs: Any) -> Any:
        rank, dim = len(xs[0].shape), self.dim % max(len(xs[0].shape), 1)
        for place, x in enumerate(xs):
            inside(self, "dim", x)
            others = [(a, b) for at, (a, b) in enumerate(zip(x.shape, xs[0].shape, strict=False)) if at not in (0, dim)]
            if len(x.shape) != rank or any(a != b for a, b in others):
                raise InputError(
                    f"Concat joins tensors that differ only in dimension {dim}, "
                    f"but gets {shape_of(xs[0])} and {shape_of(x)}.",
                    port="xs",
                    remedies=resizings(xs[0], x, place=place),
                )
        return torch.cat(xs, dim=self.dim)


class MatMul(_Merge):
    """Multiply matrices: rows of the first with columns of the second."""

    synonyms = ("matrix product", "dot product", "attention", "bmm")

    def call(self, torch: Any, x: Any, y: Any) -> Any:
        if len(x.shape) < 3 or len(y.shape) != len(x.shape) or x.shape[-1] != y.shape[-2]:
            raise InputError(
                "MatMul needs batches of matrices, the first as wide as the second is high, "
                f"but gets {shape_of(x)} and {shape_of(y)}."
            )
        if x.dtype != y.dtype:
            kinds = " and ".join(str(one.dtype).removeprefix("torch.") for one in (x, y))
            raise InputError(f"MatMul needs numbers of one kind, but gets {kinds}.", port="y")
        return torch.matmul(x, y)


class Scale(Layer):
    """Multiply every number by a fixed factor and add a fixed number."""

    category = "Arithmetic"
    synonyms = ("multiply", "shift", "factor", "constant", "normalize")

    factor: float = field(1.0, help="What every number is multiplied by.")
    offset: float = field(0.0, help="What is added afterwards.")

    def call(self, torch: Any, x: Any) -> Any:
        return torch.add(torch.mul(x, self.factor), self.offset)


class Clamp(Layer):
    """Cut numbers off below a lowest and above a highest value."""

    category = "Arithmetic"
    synonyms = ("clip", "limit", "hardtanh")

    min: float = field(0.0, help="Lowest value let through.")
    max: float = field(1.0, help="Highest value let through.")

    def call(self, torch: Any, x: Any) -> Any:
        if self.min > self.max:
            raise ParameterError(f"Clamp has min {self.min} above max {self.max}.", parameter="min")
        return torch.clamp(x, self.min, self.max)


class _Reduction(Layer):
    category = "Arithmetic"

    dims: tuple[int, ...] = field(
        (),
        help="The dimensions to go through: 2, 3 are an image's height and width. Empty is all but the channels.",
    )
    keepdim: bool = field(False, advanced=True, help="Keep those dimensions, with size 1.")

    def over(self, x: Any) -> tuple[int, ...]:
        """The dimensions to reduce; raise ParameterError where there is no such."""
        rank = len(x.shape)
        for dim in self.dims:
            if not -rank < dim < rank or dim == 0:
                raise ParameterError(
                    f"{self.kind()} cannot go through dimension {dim} of {shape_of(x)}; choose from 1 to {rank - 1}.",
                    parameter="dims",
                )
        return self.dims or tuple(range(min(2, rank - 1), rank))


class Mean(_Reduction):
    """Replace dimensions by the mean along them."""

    synonyms = ("average", "global average pooling", "pooling over time", "reduce")

    def call(self, torch: Any, x: Any) -> Any:
        expect(self, x)
        return torch.mean(x, self.over(x), keepdim=self.keepdim)


class Sum(_Reduction):
    """Replace dimensions by the sum along them."""

    synonyms = ("total", "reduce")

    def call(self, torch: Any, x: Any) -> Any:
        return torch.sum(x, self.over(x), keepdim=self.keepdim)


class Max(_Reduction):
    """Replace dimensions by the largest number along them."""

    synonyms = ("global max pooling", "pooling over time", "reduce", "amax")

    def call(self, torch: Any, x: Any) -> Any:
        return torch.amax(x, self.over(x), keepdim=self.keepdim)


def together(layer: Layer, xs: tuple[Any, ...]) -> None:
    """Raise InputError where tensors cannot be combined number by number (sizes must be equal, or 1)."""
    first, ports = xs[0], [port.name for port in layer.inputs()]
    for place, x in enumerate(xs[1:], 1):
        pairs = list(zip(tuple(first.shape)[1:], tuple(x.shape)[1:], strict=False))
        if len(x.shape) != len(first.shape) or any(a != b and 1 not in (a, b) for a, b in pairs):
            names = (ports * len(xs) if len(ports) == 1 else ports)[0], (ports * len(xs))[place]
            raise InputError(
                f"{layer.kind()} needs tensors of one shape, but gets {shape_of(first)} and {shape_of(x)}.",
                port=names[1],
                remedies=projections(first, x, ports=(names[0], names[1]), place=place if len(ports) == 1 else 0),
            )
