"""Tables of learned vectors, looked up by whole numbers."""

from __future__ import annotations

from typing import Any, Literal

from engine.spec import InputError, Layer, ParameterError, Remedy, field
from plugins.core._named import shape_of


class _Table(Layer):
    category = "Embedding"

    num_embeddings: int = field(
        1000, min=1, max=100_000_000, help="How many different numbers there are: 0 up to this one less 1."
    )
    embedding_dim: int = field(64, min=1, max=1_000_000, help="Length of each learned vector.")
    padding_idx: int | None = field(
        None, min=0, advanced=True, help="The number that stands for padding: its vector is zero and never learned."
    )

    def check(self, x: Any) -> None:
        """Raise ValueError, in words, where fractions arrive or padding is no number of the table."""
        if x.dtype.is_floating_point or x.dtype.is_complex:
            raise InputError(
                f"{self.kind()} looks up whole numbers (int64), but gets fractions (float32). "
                "Use Linear for measured numbers.",
                remedies=(Remedy(kind="Linear", settings={"out_features": self.embedding_dim}),),
            )
        if self.padding_idx is not None and self.padding_idx >= self.num_embeddings:
            most = f"so padding_idx is at most {self.num_embeddings - 1}"
            raise ParameterError(f"{self.kind()} has {self.num_embeddings} vectors, {most}.", parameter="padding_idx")


class Embedding(_Table):
    """Look up a learned vector for every whole number, such as a word's or a category's."""

    synonyms = ("lookup", "table", "word vectors", "token", "categorical")

    def build(self, nn: Any, x: Any) -> Any:
        self.check(x)
        return nn.Embedding(self.num_embeddings, self.embedding_dim, padding_idx=self.padding_idx)


class EmbeddingBag(_Table):
    """Look up a learned vector for every whole number of a list and merge them into one, whatever their order."""

    synonyms = ("bag of words", "lookup", "table", "text", "fasttext", "multi-hot")

    mode: Literal["mean", "sum", "max"] = field("mean", help="How the vectors of a list become one.")

    def build(self, nn: Any, x: Any) -> Any:
        self.check(x)
        if len(x.shape) != 2:
            raise ValueError(f"EmbeddingBag needs lists of whole numbers: batch × length, but gets {shape_of(x)}.")
        return nn.EmbeddingBag(self.num_embeddings, self.embedding_dim, mode=self.mode, padding_idx=self.padding_idx)
