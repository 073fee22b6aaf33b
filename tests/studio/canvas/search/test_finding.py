"""Finding a layer by what somebody would call it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.spec import Catalogue
from studio.canvas.search.finding import entries, found, slips_between
from tests.studio.canvas.layers import CATALOGUE

EVERY = entries(CATALOGUE.layers)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("conv", "Conv2d"),
        ("CONV2D", "Conv2d"),
        ("cv2", "Conv2d"),
        ("dense", "Linear"),
        ("fully connected", "Linear"),
        ("fully", "Linear"),
        ("relu", "ReLU"),
        ("negative", "ReLU"),
        ("subgraph", "Block"),
        ("activation", "ReLU"),
        ("lienar", "Linear"),
        ("cnov2d", "Conv2d"),
        ("concta", "Concat"),
        ("fulyl connectde", "Linear"),
    ],
)
def test_that_a_layer_is_found_first_by(text: str, kind: str) -> None:
    assert found(EVERY, text)[0].kind == kind


def test_that_every_word_counts() -> None:
    assert {entry.kind for entry in found(EVERY, "join dimension")} == {"Concat"}


def test_that_nonsense_finds_nothing_and_no_words_find_everything() -> None:
    assert found(EVERY, "zzz") == ()
    assert found(EVERY, "  ") == EVERY


def test_that_categories_stay_together() -> None:
    categories = [entry.category for entry in EVERY]
    assert sum(one != other for one, other in pairwise(categories)) == len(set(categories)) - 1


@given(one=some.text("abc", max_size=5), other=some.text("abc", max_size=5))
def test_that_slips_are_counted_alike_from_both_sides(one: str, other: str) -> None:
    assert slips_between(one, other) == slips_between(other, one)
    assert abs(len(one) - len(other)) <= slips_between(one, other) <= max(len(one), len(other))


def test_that_swapped_letters_are_one_slip() -> None:
    assert [slips_between("dense", other) for other in ("dense", "desne", "dens", "tense", "wider")] == [0, 1, 1, 1, 5]


def test_that_real_layers_are_found_by_what_people_call_them() -> None:
    every = entries(Catalogue.load().layers)
    asked = {"conv": "Conv2d", "dense": "Linear", "fully connected": "Linear", "bn": "BatchNorm2d", "skip": "Add"}
    asked |= {"swish": "SiLU", "deconv": "ConvTranspose2d", "batchnrom": "BatchNorm2d", "drpout": "Dropout"}
    assert {text: found(every, text)[0].title for text in asked} == asked
