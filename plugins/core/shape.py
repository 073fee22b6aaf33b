"""Layers that arrange the same numbers differently."""

from __future__ import annotations

import math
from typing import Any

from engine.spec import Layer, ParameterError, field
from plugins.core._named import inside, shape_of


class _Shape(Layer):
    category = "Shape"


class Identity(_Shape):
    """Let everything through unchanged."""

    synonyms = ("nothing", "pass", "skip", "no operation")

    def call(self, torch: Any, x: Any) -> Any:
        return x


class Flatten(_Shape):
    """Lay the dimensions of each sample out in one row."""

    synonyms = ("vector", "row", "view", "reshape", "unroll")

    start_dim: int = field(1, min=1, advanced=True, help="First dimension that is laid out; 1 leaves only the batch.")
    end_dim: int = field(-1, advanced=True, help="Last dimension that is laid out; -1 is the last there is.")

    def call(self, torch: Any, x: Any) -> Any:
        for name in ("start_dim", "end_dim"):
            inside(self, name, x)
        return torch.flatten(x, self.start_dim, self.end_dim)


class Unflatten(_Shape):
    """Fold one dimension into several, such as a row of numbers into an image."""

    synonyms = ("reshape", "view", "fold", "image from vector")

    dim: int = field(1, advanced=True, help="The dimension that is folded.")
    unflattened_size: tuple[int, ...] = field(
        (-1, 1, 1), help="The sizes it becomes, such as 1, 28, 28; one may be -1, which takes what is left."
    )

    def call(self, torch: Any, x: Any) -> Any:
        inside(self, "dim", x)
        sizes = fitted(self, "unflattened_size", self.unflattened_size, x.shape[self.dim])
        return torch.unflatten(x, self.dim, sizes)


class Reshape(_Shape):
    """Arrange the numbers of each sample in another shape."""

    synonyms = ("view", "rearrange")

    shape: tuple[int, ...] = field(
        (-1,), help="The new sizes without the batch, such as 1, 28, 28; one may be -1, which takes what is left."
    )

    def call(self, torch: Any, x: Any) -> Any:
        sizes = fitted(self, "shape", self.shape, math.prod(tuple(x.shape)[1:]))
        return torch.reshape(x, (x.shape[0], *sizes))


class Permute(_Shape):
    """Put the dimensions in another order."""

    synonyms = ("transpose", "swap axes", "channels last")

    dims: tuple[int, ...] = field(
        (), help="The new order without the batch: 2, 3, 1 moves channels to the end. Empty reverses it."
    )

    def call(self, torch: Any, x: Any) -> Any:
        rank = len(x.shape)
        order = self.dims or tuple(range(rank - 1, 0, -1))
        if sorted(order) != list(range(1, rank)):
            wanted = ", ".join(str(one) for one in range(1, rank))
            raise ParameterError(
                f"Permute cannot put the dimensions of {shape_of(x)} in the order {', '.join(map(str, order))}. "
                f"Name each of {wanted} once.",
                parameter="dims",
            )
        return torch.permute(x, (0, *order))


class Squeeze(_Shape):
    """Leave out a dimension of size 1."""

    synonyms = ("remove dimension",)

    dim: int = field(-1, help="The dimension to leave out; -1 is the last.")

    def call(self, torch: Any, x: Any) -> Any:
        inside(self, "dim", x)
        if x.shape[self.dim] != 1:
            raise ParameterError(
                f"Squeeze leaves out a dimension of size 1, but dimension {self.dim} of {shape_of(x)} "
                f"has size {x.shape[self.dim]}.",
                parameter="dim",
            )
        return torch.squeeze(x, self.dim)


class Unsqueeze(_Shape):
    """Add a dimension of size 1."""

    synonyms = ("add dimension", "expand")

    dim: int = field(1, help="Where the new dimension stands; 1 puts it where channels are, -1 at the end.")

    def call(self, torch: Any, x: Any) -> Any:
        if not (1 <= self.dim <= len(x.shape) or -len(x.shape) <= self.dim <= -1):
            raise ParameterError(f"Unsqueeze cannot add dimension {self.dim} to {shape_of(x)}.", parameter="dim")
        return torch.unsqueeze(x, self.dim)


def fitted(layer: Layer, parameter: str, sizes: tuple[int, ...], count: int) -> tuple[int, ...]:
    """The sizes with a -1 filled in; raise ParameterError where they do not hold so many numbers."""
    known = math.prod(size for size in sizes if size != -1)
    written = " × ".join(map(str, sizes))
    if any(size < 1 and size != -1 for size in sizes) or sizes.count(-1) > 1:
        raise ParameterError(
            f"{layer.kind()} needs sizes from 1 up, at most one of them -1, and has {written}.", parameter=parameter
        )
    if count % known or (-1 not in sizes and known != count):
        raise ParameterError(f"{layer.kind()} cannot arrange {count} numbers as {written}.", parameter=parameter)
    return tuple(count // known if size == -1 else size for size in sizes)
