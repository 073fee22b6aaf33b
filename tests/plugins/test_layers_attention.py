"""Attention computes what PyTorch's own modules compute, and says what does not fit."""

import pytest
import torch
from torch import Tensor, nn

from engine.spec import Catalogue, Component, Layer, ParameterError
from tests.contracts.layer import apply, refusal, runner

CATALOGUE = Catalogue.load(["plugins.attention"])
X, MEMORY = torch.randn(2, 5, 12), torch.randn(2, 7, 12)


def layer(kind: str, **parameters: object) -> Layer:
    return CATALOGUE.make(Layer, Component(kind=kind, parameters=parameters))


def given(made: Layer, *inputs: Tensor) -> Tensor:
    return apply(made, inputs)[0]


def test_that_attention_of_a_query_alone_is_pytorchs_self_attention() -> None:
    made = runner(layer("MultiheadAttention", num_heads=3), [X], training=False)
    theirs = nn.MultiheadAttention(12, 3, batch_first=True).eval()
    theirs.load_state_dict(made.state_dict())
    assert torch.equal(made(X), theirs(X, X, X, need_weights=False)[0])


def test_that_attention_to_another_sequence_is_pytorchs() -> None:
    made = runner(layer("MultiheadAttention", num_heads=4), [X, torch.randn(2, 7, 6)], training=False)
    theirs = nn.MultiheadAttention(12, 4, batch_first=True, kdim=6, vdim=6).eval()
    theirs.load_state_dict(made.state_dict())
    other = torch.randn(2, 7, 6)
    assert torch.equal(made(X, other), theirs(X, other, other, need_weights=False)[0])


def test_that_what_is_masked_as_padding_makes_no_difference() -> None:
    made = runner(layer("MultiheadAttention", num_heads=3), [X], training=False)
    mask = torch.zeros(2, 5, dtype=torch.bool)
    mask[:, 3:] = True
    changed = X.clone()
    changed[:, 3:] += 1
    before, after = (made(X, one, one, mask) for one in (X, changed))
    torch.testing.assert_close(before, after)


@pytest.mark.parametrize(
    "made",
    [
        layer("MultiheadAttention", num_heads=3, is_causal=True),
        layer("TransformerEncoderLayer", nhead=3, is_causal=True),
    ],
    ids=["attention", "encoder"],
)
def test_that_a_causal_layer_does_not_see_what_comes_later(made: Layer) -> None:
    function = runner(made, [X], training=False)
    later = X.clone()
    later[:, 3:] += 1
    before, after = function(X), function(later)
    torch.testing.assert_close(before[:, :3], after[:, :3])
    assert not torch.allclose(before[:, 3:], after[:, 3:])


def test_that_a_decoder_is_causal_in_what_it_writes_and_sees_all_that_was_read() -> None:
    function = runner(layer("TransformerDecoderLayer", nhead=3), [X, MEMORY], training=False)
    later, read = X.clone(), MEMORY.clone()
    later[:, 3:] += 1
    read[:, -1] += 1
    before = function(X, MEMORY)
    torch.testing.assert_close(before[:, :3], function(later, MEMORY)[:, :3])
    assert not torch.allclose(before[:, 0], function(X, read)[:, 0])


def test_that_scaled_dot_products_are_pytorchs() -> None:
    found = given(layer("ScaledDotProductAttention"), X, MEMORY, MEMORY)
    expected = torch.softmax(X @ MEMORY.mT / 12**0.5, dim=2) @ MEMORY
    torch.testing.assert_close(found, expected)


def test_that_the_waves_of_positions_are_those_of_the_paper() -> None:
    found = given(layer("PositionalEncoding"), torch.zeros(1, 50, 6))[0]
    assert found[0].tolist() == [0, 1, 0, 1, 0, 1]
    assert found[7, 2].item() == pytest.approx(torch.tensor(7 / 10_000 ** (2 / 6)).sin().item(), rel=1e-5)
    assert found[7, 3].item() == pytest.approx(torch.tensor(7 / 10_000 ** (2 / 6)).cos().item(), rel=1e-5)
    assert given(layer("PositionalEncoding"), torch.zeros(1, 4, 5)).shape == (1, 4, 5)


def test_that_learned_positions_are_as_many_as_arrive_unless_told_and_never_fewer() -> None:
    assert runner(layer("LearnedPositionalEmbedding"), [X]).weight.shape == (5, 12)
    assert runner(layer("LearnedPositionalEmbedding", length=9), [X]).weight.shape == (9, 12)
    with pytest.raises(ParameterError, match="knows 4 positions, but gets a sequence of 5"):
        given(layer("LearnedPositionalEmbedding", length=4), X)


def test_that_a_class_token_stands_before_every_sequence() -> None:
    found = given(layer("ClassToken"), X)
    assert found.shape == (2, 6, 12)
    assert torch.equal(found[:, 1:], X)
    assert torch.equal(found[0, 0], found[1, 0])


def test_that_heads_that_do_not_share_out_evenly_are_told_those_that_do() -> None:
    with pytest.raises(ParameterError, match="Set num_heads to one of 1, 2, 3, 4, 6, 12") as refused:
        given(layer("MultiheadAttention", num_heads=5), X)
    assert refused.value.parameter == "num_heads"


def test_that_an_image_is_told_the_way_to_a_sequence() -> None:
    words = refusal(layer("MultiheadAttention"), (((16, 8, 8), "float32"),))
    assert words == (
        "MultiheadAttention needs sequences: batch × length × features, but gets batch × 16 × 8 × 8 at 'query'. "
        "Put Flatten with start_dim 2 and Transpose before it."
    )


@pytest.mark.parametrize("mask", [((9,), "bool"), ((5,), "float32")])
def test_that_a_mask_that_is_no_mask_is_refused(mask: tuple[tuple[int, ...], str]) -> None:
    sequence = ((5, 16), "float32")
    words = refusal(layer("MultiheadAttention"), (sequence, sequence, sequence, mask))
    assert words is not None
    assert "needs 'key_padding_mask' as batch × 5 of bool" in words
