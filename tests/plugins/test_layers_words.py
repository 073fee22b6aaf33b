"""What layers say of inputs and parameters that do not fit, and what they make of those that do."""

from typing import Any

import pytest
import torch
from torch import nn

from engine.spec import Catalogue, Component, Layer, ParameterError
from tests.contracts.layer import apply, refusal

CATALOGUE = Catalogue.load(["plugins.core", "plugins.vision"])


def layer(kind: str, **parameters: Any) -> Layer:
    return CATALOGUE.make(Layer, Component(kind=kind, parameters=parameters))


def said(made: Layer, *shapes: tuple[int, ...], dtype: str = "float32") -> str | None:
    return refusal(made, tuple((shape, dtype) for shape in shapes))


@pytest.mark.parametrize(
    ("kind", "shape", "way_out"),
    [
        ("Conv2d", (128,), "batch × 128. Put Unflatten before it."),
        ("Conv2d", (8, 100), "batch × 8 × 100. Use Conv1d instead."),
        ("MaxPool1d", (8, 4, 4), "batch × 8 × 4 × 4. Use MaxPool2d instead."),
        ("PixelShuffle", (8, 4, 4, 4), "Put Flatten with start_dim 3 before it."),
    ],
)
def test_that_a_wrong_rank_names_what_is_needed_what_came_and_the_way_out(
    kind: str, shape: tuple[int, ...], way_out: str
) -> None:
    words = said(layer(kind), shape)
    assert words is not None
    assert words.startswith(f"{kind} needs ")
    assert words.endswith(way_out)


def test_that_conv2d_says_that_it_needs_an_image() -> None:
    assert said(layer("Conv2d"), (128,)) == (
        "Conv2d needs an image: batch × channels × height × width, but gets batch × 128. Put Unflatten before it."
    )


def test_that_every_family_of_ranks_has_all_of_its_members() -> None:
    families = {kind[:-2] for kind in CATALOGUE.layers if kind[-2:] in ("1d", "2d", "3d")}
    single = {
        kind[:-2] for kind in CATALOGUE.layers if "Pad" in kind
    }  # not advised: padding has no twin in other ranks
    single.add("LayerNorm")  # LayerNorm2d is the one that images have, beside the one for features that stand last
    missing = {f"{one}{rank}d" for one in families - single for rank in (1, 2, 3)} - set(CATALOGUE.layers)
    assert missing == set()


def test_that_same_padding_with_a_stride_is_refused_with_the_numbers_to_set() -> None:
    with pytest.raises(ParameterError, match="Set padding to 2, or stride to 1") as refused:
        apply(layer("Conv2d", kernel_size=5, stride=2), [torch.zeros(1, 3, 8, 8)])
    assert refused.value.parameter == "padding"


def test_that_same_padding_keeps_the_size_and_a_number_adds_so_many_zeros() -> None:
    x = torch.zeros(2, 3, 9, 9)
    assert apply(layer("Conv2d", kernel_size=5), [x])[0].shape == (2, 32, 9, 9)
    assert apply(layer("Conv2d", kernel_size=7, stride=2, padding=3), [x])[0].shape == (2, 32, 5, 5)
    assert apply(layer("Conv2d", padding="valid"), [x])[0].shape == (2, 32, 7, 7)


@pytest.mark.parametrize("padding", [-1, "some", 1.5, None])
def test_that_padding_that_is_neither_a_number_nor_a_known_word_is_refused(padding: object) -> None:
    with pytest.raises(ParameterError, match="padding"):
        layer("Conv2d", padding=padding)


def test_that_groups_must_divide_the_channels_and_the_fitting_ones_are_named() -> None:
    assert said(layer("Conv2d", groups=4), (6, 8, 8)) == (
        "Conv2d cannot split 6 channels into 4 equal groups. Set groups to one of 1, 2, 3, 6."
    )


def test_that_whole_numbers_are_sent_to_embedding_and_fractions_away_from_it() -> None:
    assert "Put Embedding before it" in str(said(layer("Linear"), (8,), dtype="int64"))
    assert "Use Linear" in str(said(layer("Embedding"), (8,)))


@pytest.mark.parametrize("kind", ["Add", "Multiply", "Maximum", "Average", "Subtract"])
def test_that_tensors_of_different_shapes_are_not_combined(kind: str) -> None:
    assert said(layer(kind), (8, 14, 14), (1568,)) == (
        f"{kind} needs tensors of one shape, but gets batch × 8 × 14 × 14 and batch × 1568."
    )


def test_that_multiply_lets_one_number_per_channel_weigh_an_image() -> None:
    image, weights = torch.randn(2, 3, 4, 4), torch.randn(2, 3, 1, 1)
    assert torch.equal(apply(layer("Multiply"), [image, weights])[0], image * weights)


def test_that_concat_takes_tensors_that_differ_along_its_dimension_only() -> None:
    assert said(layer("Concat"), (3, 4, 4), (5, 4, 4)) is None
    assert said(layer("Concat", dim=-1), (3, 4, 5), (3, 4, 1)) is None
    assert "differ only in dimension 1" in str(said(layer("Concat"), (3, 4, 4), (3, 5, 4)))


def test_that_unflatten_makes_images_of_rows_and_says_when_numbers_do_not_suffice() -> None:
    fold = layer("Unflatten", unflattened_size=(1, 28, 28))
    assert apply(fold, [torch.zeros(2, 784)])[0].shape == (2, 1, 28, 28)
    assert said(fold, (100,)) == "Unflatten cannot arrange 100 numbers as 1 × 28 × 28."


def test_that_permute_keeps_the_batch_in_front() -> None:
    x = torch.randn(2, 3, 4, 5)
    assert torch.equal(apply(layer("Permute", dims=(2, 3, 1)), [x])[0], x.permute(0, 2, 3, 1))
    assert "Name each of 1, 2, 3 once" in str(said(layer("Permute", dims=(0, 1, 2)), (3, 4, 5)))


def test_that_reductions_leave_the_channels_unless_told_otherwise() -> None:
    x = torch.randn(2, 3, 4, 5)
    assert torch.equal(apply(layer("Mean"), [x])[0], x.mean((2, 3)))
    assert torch.equal(apply(layer("Max", dims=(1,), keepdim=True), [x])[0], x.amax(1, keepdim=True))
    assert "choose from 1 to 3" in str(said(layer("Sum", dims=(0,)), (3, 4, 5)))


@pytest.mark.parametrize("mode", ["nearest", "linear"])
@pytest.mark.parametrize("shape", [(2, 6), (2, 6, 6), (2, 6, 6, 6)])
def test_that_upsample_finds_the_interpolation_for_the_rank(mode: str, shape: tuple[int, ...]) -> None:
    (larger,) = apply(layer("Upsample", mode=mode), [torch.zeros(1, *shape)])
    assert larger.shape == (1, 2, *(12,) * (len(shape) - 1))


def test_that_layers_of_pytorch_are_made_by_its_own_names_and_values() -> None:
    made: Any = layer("Conv2d", out_channels=8, kernel_size=3, dilation=2, bias=False, padding_mode="reflect")
    module = made.build(nn, torch.zeros(2, 4, 9, 9, device="meta"))
    assert isinstance(module, nn.Conv2d)
    assert (module.in_channels, module.out_channels, module.dilation) == (4, 8, (2, 2))
    assert (module.bias, module.padding_mode) == (None, "reflect")


@pytest.mark.parametrize(
    ("word", "kind"),
    [("dense", "Linear"), ("fully connected", "Linear"), ("residual", "Add"), ("deconvolution", "ConvTranspose2d")],
)
def test_that_other_names_lead_to_the_layer(word: str, kind: str) -> None:
    assert word in CATALOGUE.layers[kind].synonyms


def test_that_a_convolution_may_have_different_sides() -> None:
    (wide,) = apply(layer("Conv2d", kernel_size=(1, 7), stride=(1, 2), padding=(0, 3)), [torch.zeros(1, 3, 8, 8)])
    assert wide.shape == (1, 32, 8, 4)


def test_that_sides_that_are_the_same_are_one_number() -> None:
    assert layer("Conv2d", kernel_size=(3, 3)) == layer("Conv2d", kernel_size=3)


@pytest.mark.parametrize("kind", ["Conv2d", "MaxPool2d", "ConvTranspose2d"])
def test_that_as_many_sides_are_needed_as_there_are_dimensions(kind: str) -> None:
    words = said(layer(kind, kernel_size=(1, 2, 3)), (8, 16, 16))
    assert words is not None
    assert "takes one number for kernel_size, or 2" in words
    assert words.endswith("It has 1, 2, 3.")


@pytest.mark.parametrize("sides", [(), (0, 3), (3, 1001)])
def test_that_every_side_keeps_within_the_bounds(sides: tuple[int, ...]) -> None:
    with pytest.raises(ParameterError, match="must be from 1 to 1000"):
        layer("Conv2d", kernel_size=sides)


def test_that_chunk_gives_both_halves() -> None:
    first, second = apply(layer("Chunk"), [torch.arange(8.0).reshape(1, 4, 2)])
    assert torch.equal(torch.cat((first, second), 1), torch.arange(8.0).reshape(1, 4, 2))


def test_that_windows_are_put_together_as_they_were_cut() -> None:
    image = torch.randn(2, 3, 8, 12)
    windows = apply(layer("WindowPartition", size=4), [image])
    assert torch.equal(apply(layer("WindowDepartition", rows=2), windows)[0], image)


def test_that_merged_patches_have_four_times_the_features_of_half_the_sides() -> None:
    assert apply(layer("MergePatches"), [torch.zeros(1, 7, 8, 6)])[0].shape == (1, 4, 4, 24)
