"""Recurrent layers: they read a sequence step by step and carry on what they remember."""

from __future__ import annotations

from typing import Any, Literal

from engine.spec import Layer, field
from plugins.core._named import expect_sequence


class _Recurrent(Layer):
    """Reads batch × length × features.

    `output` has every step of the last layer, batch × length × hidden_size; `hidden` its final state, batch ×
    hidden_size. With two directions both are twice as wide.
    """

    category = "Recurrent"
    outputs = ("output", "hidden")

    hidden_size: int = field(64, min=1, max=100_000, help="How many numbers it remembers.")
    num_layers: int = field(1, min=1, max=100, help="How many such layers stand on each other.")
    bidirectional: bool = field(
        False, help="Read it from the end to the beginning too; what comes out is twice as wide."
    )
    dropout: float = field(
        0.0,
        min=0,
        max=1,
        step=0.05,
        help="The share that is hidden between two of its layers while training; one layer alone has none.",
    )
    bias: bool = field(True, advanced=True, help="Add learned numbers at every step.")

    def build(self, nn: Any, x: Any) -> Any:
        from plugins.sequence._modules import KINDS

        expect_sequence(self, x)
        between = self.dropout if self.num_layers > 1 else 0.0  # PyTorch warns of a dropout that has no effect
        settings = {name: value for name, value in self if name not in ("hidden_size", "dropout")}
        return KINDS[self.kind()](x.shape[-1], self.hidden_size, batch_first=True, dropout=between, **settings)


class RNN(_Recurrent):
    """Read a sequence step by step, carrying on a simple memory that soon fades."""

    synonyms = ("recurrent", "elman", "time series", "sequence")

    nonlinearity: Literal["tanh", "relu"] = field("tanh", help="The bend that every step ends with.")


class LSTM(_Recurrent):
    """Read a sequence step by step, with a memory whose gates learn what to keep for long."""

    synonyms = ("recurrent", "long short-term memory", "time series", "sequence", "gates", "text")


class GRU(_Recurrent):
    """Read a sequence step by step, with a memory of two gates: much like LSTM, and a little lighter."""

    synonyms = ("recurrent", "gated recurrent unit", "time series", "sequence", "gates", "text")
