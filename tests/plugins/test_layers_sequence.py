"""Recurrent layers compute what PyTorch's own modules compute; tables and pieces of sequences."""

import pytest
import torch
from torch import nn

from engine.spec import Catalogue, Component, Layer, ParameterError
from tests.contracts.layer import apply, refusal, runner

CATALOGUE = Catalogue.load(["plugins.core", "plugins.sequence"])
X = torch.randn(3, 5, 6)


def layer(kind: str, **parameters: object) -> Layer:
    return CATALOGUE.make(Layer, Component(kind=kind, parameters=parameters))


@pytest.mark.parametrize("kind", ["RNN", "LSTM", "GRU"])
@pytest.mark.parametrize("bidirectional", [False, True])
def test_that_a_recurrent_layer_gives_pytorchs_steps_and_its_last_layers_final_state(
    kind: str, bidirectional: bool
) -> None:
    settings = {"num_layers": 2, "bidirectional": bidirectional}
    made = runner(layer(kind, hidden_size=4, **settings), [X], training=False)
    theirs = getattr(nn, kind)(6, 4, batch_first=True, **settings).eval()
    theirs.load_state_dict(made.state_dict())
    output, state = theirs(X)
    last = state[0] if kind == "LSTM" else state
    steps, hidden = made(X)
    assert torch.equal(steps, output)
    assert torch.equal(hidden[:, -4:], last[-1])
    assert hidden.shape == (3, 8 if bidirectional else 4)
    if bidirectional:
        assert torch.equal(hidden[:, :4], last[-2])
        assert torch.equal(hidden, torch.cat((output[:, -1, :4], output[:, 0, 4:]), dim=1))


def test_that_dropout_stands_between_layers_and_says_nothing_where_there_is_one() -> None:
    assert runner(layer("LSTM", dropout=0.3), [X]).dropout == 0
    assert runner(layer("LSTM", dropout=0.3, num_layers=2), [X]).dropout == 0.3


def test_that_a_feature_vector_is_no_sequence() -> None:
    words = refusal(layer("GRU"), (((30,), "float32"),))
    assert words == ("GRU needs sequences: batch × length × features, but gets batch × 30. Put Unflatten before it.")


def test_that_the_last_step_is_selected_unless_told_otherwise() -> None:
    assert torch.equal(apply(layer("Select"), [X])[0], X[:, -1])
    assert torch.equal(apply(layer("Select", dim=2, index=0), [X])[0], X[:, :, 0])
    with pytest.raises(ParameterError, match="index 5, but dimension 1 of batch × 5 × 6 has 5 places"):
        apply(layer("Select", index=5), [X])


def test_that_a_slice_is_pythons() -> None:
    assert torch.equal(apply(layer("Slice", start=1, end=4), [X])[0], X[:, 1:4])
    assert torch.equal(apply(layer("Slice", dim=-1, start=-4, step=2), [X])[0], X[:, :, -4::2])
    with pytest.raises(ParameterError, match="takes nothing from 9 to the end"):
        apply(layer("Slice", start=9), [X])


def test_that_transpose_leaves_the_batch_alone() -> None:
    assert torch.equal(apply(layer("Transpose"), [X])[0], X.mT)
    with pytest.raises(ParameterError, match="0 is the batch"):
        apply(layer("Transpose", dim0=0), [X])


def test_that_a_bag_of_embeddings_is_their_mean_without_the_padding() -> None:
    words = torch.tensor([[3, 1, 0, 0], [2, 2, 5, 0]])
    made = runner(layer("EmbeddingBag", num_embeddings=6, padding_idx=0), [words])
    torch.testing.assert_close(made(words)[0], made.weight[[3, 1]].mean(0))


def test_that_padding_must_be_a_number_of_the_table() -> None:
    with pytest.raises(ParameterError, match="so padding_idx is at most 5") as refused:
        apply(layer("Embedding", num_embeddings=6, padding_idx=6), [torch.zeros(1, 2, dtype=torch.int64)])
    assert refused.value.parameter == "padding_idx"


def test_that_rms_norm_is_pytorchs() -> None:
    torch.testing.assert_close(apply(layer("RMSNorm"), [X])[0], nn.RMSNorm(6, eps=1e-6)(X))
