"""Layers that join every input with every output, and tables of vectors."""

from __future__ import annotations

from typing import Any

from engine.spec import Layer, field
from plugins.core._named import Named, expect


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
        return nn.Bilinear(x1.shape[-1], x2.shape[-1], self.out_features, bias=self.bias)


class Embedding(Layer):
    """Look up a learned vector for every whole number, such as a word's or a category's."""

    category = "Linear"
    synonyms = ("lookup", "table", "word vectors", "token", "categorical")

    num_embeddings: int = field(
        1000, min=1, max=100_000_000, help="How many different numbers there are: 0 up to this one less 1."
    )
    embedding_dim: int = field(64, min=1, max=1_000_000, help="Length of each learned vector.")

    def build(self, nn: Any, x: Any) -> Any:
        if x.dtype.is_floating_point or x.dtype.is_complex:
            raise ValueError(
                "Embedding looks up whole numbers (int64), but gets fractions (float32). "
                "Use Linear for measured numbers."
            )
        return nn.Embedding(self.num_embeddings, self.embedding_dim)
