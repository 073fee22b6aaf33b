"""Layers that take a part of what arrives, or swap how it lies."""

from __future__ import annotations

from typing import Any

from engine.spec import Layer, ParameterError, field
from plugins.core._named import inside, shape_of


class _Picking(Layer):
    category = "Shape"


class Transpose(_Picking):
    """Swap two dimensions, such as channels and length."""

    synonyms = ("permute", "swap axes", "channels last", "sequence")

    dim0: int = field(1, help="One of the two dimensions; 0 is the batch, which stays.")
    dim1: int = field(2, help="The other.")

    def call(self, torch: Any, x: Any) -> Any:
        for name in ("dim0", "dim1"):
            inside(self, name, x)
        return torch.transpose(x, self.dim0, self.dim1)


class Select(_Picking):
    """Take one place along a dimension and drop the dimension, such as the last step of a sequence."""

    synonyms = ("last step", "index", "pick", "class token", "first", "gather")

    dim: int = field(1, help="The dimension along which is chosen; 1 is the steps of a sequence.")
    index: int = field(-1, help="Which place: 0 is the first, -1 the last.")

    def call(self, torch: Any, x: Any) -> Any:
        inside(self, "dim", x)
        size = x.shape[self.dim]
        if not -size <= self.index < size:
            raise ParameterError(
                f"Select has index {self.index}, but dimension {self.dim} of {shape_of(x)} has {size} places.",
                parameter="index",
            )
        return torch.select(x, self.dim, self.index)


class Slice(_Picking):
    """Take a stretch of places along a dimension, as Python's start:end:step."""

    synonyms = ("crop", "narrow", "range", "part", "split", "every second")

    dim: int = field(1, help="The dimension that is cut.")
    start: int = field(0, help="The first place that is taken; counted from the end where negative.")
    end: int | None = field(None, help="The first place that is no longer taken; empty goes to the end.")
    step: int = field(1, min=1, advanced=True, help="Distance between two places that are taken; 2 takes every second.")

    def call(self, torch: Any, x: Any) -> Any:
        inside(self, "dim", x)
        size = x.shape[self.dim]
        if not range(*slice(self.start, self.end, self.step).indices(size)):
            end = "the end" if self.end is None else self.end
            raise ParameterError(
                f"Slice takes nothing from {self.start} to {end} of dimension {self.dim} of {shape_of(x)}.",
                parameter="start",
            )
        front = (slice(None),) * (self.dim % len(x.shape))
        return x[(*front, slice(self.start, self.end, self.step))]
