"""Attention: every position of a sequence gathers what it needs from the others."""

from __future__ import annotations

from typing import Any

from engine.spec import Layer, field
from plugins.attention._fits import expect_heads, expect_mask
from plugins.core._named import expect, expect_sequence, shape_of

CAUSAL = "Let every position see only those before it and itself, as when the next word is to be foretold."


class MultiheadAttention(Layer):
    """Let every position gather from all others what matters to it, in several ways at once.

    With the query alone it is self-attention. With a key it looks into another sequence; the value is the key where
    none is linked. The mask is true where there is only padding.
    """

    category = "Attention"
    synonyms = ("self-attention", "cross-attention", "transformer", "mha", "heads", "bert", "gpt")

    num_heads: int = field(8, min=1, max=1024, help="How many ways of looking; must divide the query's features.")
    dropout: float = field(0.0, min=0, below=1, step=0.05, help="The share of looks that is hidden while training.")
    is_causal: bool = field(False, help=CAUSAL)
    bias: bool = field(True, advanced=True, help="Add a learned number to every feature.")

    def build(self, nn: Any, query: Any, key: Any = None, value: Any = None, key_padding_mask: Any = None) -> Any:
        from plugins.attention._modules import Attention

        key = query if key is None else key
        value = key if value is None else value
        for name, x in (("query", query), ("key", key), ("value", value)):
            expect_sequence(self, x, name)
        expect_heads(self, "num_heads", query.shape[-1])
        expect_same_length(self, key, value)
        expect_mask(self, "key_padding_mask", key_padding_mask, key)
        return Attention(
            query.shape[-1],
            self.num_heads,
            causal=self.is_causal,
            dropout=self.dropout,
            bias=self.bias,
            kdim=key.shape[-1],
            vdim=value.shape[-1],
        )


class ScaledDotProductAttention(Layer):
    """Mix the values by how well each query matches their keys; the heart of attention, without weights."""

    category = "Attention"
    synonyms = ("attention", "dot product", "softmax", "query", "sdpa")

    is_causal: bool = field(False, help=CAUSAL)

    def call(self, torch: Any, query: Any, key: Any, value: Any) -> Any:
        for x in (query, key, value):
            expect(self, x)
            if len(x.shape) < 3 or len(x.shape) != len(query.shape) or tuple(x.shape)[1:-2] != tuple(query.shape)[1:-2]:
                raise ValueError(
                    f"{self.kind()} needs query, key and value alike as batch × length × features, "
                    f"but gets {shape_of(query)} and {shape_of(x)}."
                )
        if query.shape[-1] != key.shape[-1]:
            raise ValueError(
                f"{self.kind()} compares queries with keys, so both need as many features, "
                f"but gets {shape_of(query)} and {shape_of(key)}. Put Linear before one of them."
            )
        expect_same_length(self, key, value)
        return torch.nn.functional.scaled_dot_product_attention(query, key, value, is_causal=self.is_causal)


def expect_same_length(layer: Layer, key: Any, value: Any) -> None:
    """Raise ValueError where there is not one value for each key."""
    if key.shape[-2] != value.shape[-2]:
        raise ValueError(
            f"{layer.kind()} needs one value for each key, but gets {shape_of(key)} and {shape_of(value)}."
        )
