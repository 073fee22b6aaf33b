"""Transformer layers as one node each: attention, normalization and a small dense network, with shortcuts around."""

from __future__ import annotations

from typing import Any, Literal

from engine.spec import Layer, field
from plugins.attention._fits import expect_heads, expect_mask
from plugins.attention.layers import CAUSAL
from plugins.core._named import expect_sequence, shape_of


class _TransformerLayer(Layer):
    category = "Attention"

    nhead: int = field(8, min=1, max=1024, help="How many ways of looking; must divide the features.")
    dim_feedforward: int = field(256, min=1, max=1_000_000, help="Width of the dense network behind the attention.")
    dropout: float = field(0.1, min=0, below=1, step=0.05, help="The share that is hidden at each training step.")
    activation: Literal["relu", "gelu"] = field("relu", help="The bend inside the dense network.")
    norm_first: bool = field(
        False, help="Normalize before attention and dense network rather than behind, which learns more steadily."
    )
    bias: bool = field(True, advanced=True, help="Add a learned number to every feature.")

    def settings(self) -> dict[str, Any]:
        """The keyword arguments of PyTorch's module."""
        names = ("dim_feedforward", "dropout", "activation", "norm_first", "bias")
        return {name: getattr(self, name) for name in names}


class TransformerEncoderLayer(_TransformerLayer):
    """One layer of a Transformer that reads: self-attention, then a dense network at every position."""

    synonyms = ("bert", "vit", "self-attention", "encoder", "attention is all you need")

    is_causal: bool = field(False, advanced=True, help=CAUSAL)

    def build(self, nn: Any, src: Any, src_key_padding_mask: Any = None) -> Any:
        from plugins.attention._modules import EncoderLayer

        expect_sequence(self, src, "src")
        expect_heads(self, "nhead", src.shape[-1])
        expect_mask(self, "src_key_padding_mask", src_key_padding_mask, src)
        return EncoderLayer(src.shape[-1], self.nhead, causal=self.is_causal, **self.settings())


class TransformerDecoderLayer(_TransformerLayer):
    """One layer of a Transformer that writes: attention to what is written, then to what was read (`memory`)."""

    synonyms = ("gpt", "translation", "cross-attention", "decoder", "attention is all you need")

    is_causal: bool = field(True, help=CAUSAL)

    def build(self, nn: Any, tgt: Any, memory: Any, memory_key_padding_mask: Any = None) -> Any:
        from plugins.attention._modules import DecoderLayer

        for name, x in (("tgt", tgt), ("memory", memory)):
            expect_sequence(self, x, name)
        if tgt.shape[-1] != memory.shape[-1]:
            raise ValueError(
                f"{self.kind()} needs as many features at 'tgt' as at 'memory', "
                f"but gets {shape_of(tgt)} and {shape_of(memory)}. Put Linear before one of them."
            )
        expect_heads(self, "nhead", tgt.shape[-1])
        expect_mask(self, "memory_key_padding_mask", memory_key_padding_mask, memory)
        return DecoderLayer(tgt.shape[-1], self.nhead, causal=self.is_causal, **self.settings())
