"""Finding a layer by what somebody would call it."""

from itertools import pairwise

import pytest

from studio.canvas.finding import entries, found
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
