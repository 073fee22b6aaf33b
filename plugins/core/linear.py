"""Layers that join every input with every output."""

from __future__ import annotations

from typing import Any

from engine.spec import InputError, Layer, field
from plugins.core._named import Named, expect, shape_of


class Linear(Named):
    """Join every input number with every output number by a learned weight."""

    category = "Linear"
    synonyms = ("dense", "fully connected", "fc", "affine", "perceptron", "projection")

    out_features: int = field(
        64,
        min=1,
        max=1_000_000,
        help="How many numbers come out per sample; for the last layer, the number of classes.",
    )
    bias: bool = field(True, advanced=True, help="Add a learned number to every output.")

    def sizes(self, x: Any) -> tuple[int, ...]:
        return (x.shape[-1],)


class Bilinear(Layer):
    """Join every pair of numbers from two inputs with every output by a learned weight."""

    category = "Linear"
    synonyms = ("dense", "interaction", "pairwise")

    out_features: int = field(64, min=1, max=1_000_000, help="How many numbers come out per sample.")
    bias: bool = field(True, advanced=True, help="Add a learned number to every output.")

    def build(self, nn: Any, x1: Any, x2: Any) -> Any:
        for x in (x1, x2):
            expect(self, x)
        if x1.shape[:-1] != x2.shape[:-1]:
            raise InputError(
                "Bilinear needs two inputs that differ in their last dimension only, "
                f"but gets {shape_of(x1)} and {shape_of(x2)}.",
                port="x2",
            )
        return nn.Bilinear(x1.shape[-1], x2.shape[-1], self.out_features, bias=self.bias)
