"""Every layer that ships keeps the contract; a new one is tested without another line here."""

from collections.abc import Sequence

import pytest

from engine.spec import STRUCTURAL, Catalogue, Layer
from tests.contracts import Example, LayerContract

LAYERS = {kind: layer for kind, layer in Catalogue.load().layers.items() if layer not in STRUCTURAL}

SEQUENCE = ((6, 16), "float32")
LONGER = ((9, 16), "float32")
SPECIAL: dict[str, list[Example]] = {
    "Squeeze": [(((8, 1), "float32"),)],
    "MultiheadAttention": [(SEQUENCE,), (SEQUENCE, LONGER, LONGER), (SEQUENCE, LONGER, LONGER, ((9,), "bool"))],
    "TransformerEncoderLayer": [(SEQUENCE,), (SEQUENCE, ((6,), "bool"))],
    "TransformerDecoderLayer": [(SEQUENCE, LONGER), (SEQUENCE, LONGER, ((9,), "bool"))],
    "RelativePositionalMultiHeadAttention": [(((4, 16, 8), "float32"),)],
    "WindowDepartition": [(((4, 16, 8), "float32"),)],
}
"""Inputs for layers that take none of the usual ones."""


@pytest.mark.filterwarnings(
    "ignore:Using padding='same' with even kernel"
)  # as PyTorch says; it computes it all the same
@pytest.mark.parametrize("declaration", LAYERS.values(), ids=LAYERS)
class TestShippedLayers(LayerContract):
    def examples(self, layer: Layer) -> Sequence[Example]:
        return SPECIAL.get(layer.kind()) or super().examples(layer)
