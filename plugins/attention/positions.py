"""What tells attention, which sees a heap of vectors, where each of them stands."""

from __future__ import annotations

from typing import Any

from engine.spec import Layer, ParameterError, field
from plugins.core._named import expect_sequence


class PositionalEncoding(Layer):
    """Add to every position a pattern of waves that tells where it stands; nothing of it is learned.

    The waves are those of Vaswani et al., 2017, Attention is all you need (arXiv:1706.03762), section 3.5.
    """

    category = "Embedding"
    synonyms = ("position", "sinusoidal", "transformer", "order", "attention is all you need")

    def build(self, nn: Any, x: Any) -> Any:
        from plugins.attention._modules import Sinusoids

        expect_sequence(self, x)
        return Sinusoids(*tuple(x.shape)[1:])


class LearnedPositionalEmbedding(Layer):
    """Add to every position a learned vector that tells where it stands."""

    category = "Embedding"
    synonyms = ("position", "bert", "vit", "transformer", "order")

    length: int = field(0, min=0, max=10_000_000, help="The longest sequence; 0 is as long as what arrives here.")

    def build(self, nn: Any, x: Any) -> Any:
        from plugins.attention._modules import Positions

        expect_sequence(self, x)
        _, length, features = tuple(x.shape)
        if 0 < self.length < length:
            raise ParameterError(
                f"{self.kind()} knows {self.length} positions, but gets a sequence of {length}. "
                f"Set length to {length} or more.",
                parameter="length",
            )
        return Positions(self.length or length, features)


class ClassToken(Layer):
    """Put a learned vector before every sequence, to gather what is known of the whole of it."""

    category = "Embedding"
    synonyms = ("cls", "class token", "vit", "bert", "summary")

    def build(self, nn: Any, x: Any) -> Any:
        from plugins.attention._modules import Token

        expect_sequence(self, x)
        return Token(x.shape[-1])
