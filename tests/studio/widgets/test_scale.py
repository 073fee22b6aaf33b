"""Values stand on an axis where a person would look for them."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.widgets.scale import Dimension, dimension

numbers = st.floats(-1e9, 1e9) | st.integers(-1000, 1000) | st.none()


@settings(max_examples=40)
@given(st.lists(numbers, min_size=1, max_size=20), st.booleans())
def test_that_everything_known_stands_within_the_axis_and_in_its_order(raw: list[float | None], flipped: bool) -> None:
    made = dimension("x", "x", raw).set(flipped=flipped)
    places = made.places()
    known = [at for at, one in enumerate(raw) if one is not None]
    assert np.isnan(places).sum() == len(raw) - len(known)
    assert all(-1e-9 <= places[at] <= 1 + 1e-9 for at in known)
    order = sorted(known, key=lambda at: float(raw[at] or 0))
    found = [float(places[at]) for at in order]
    assert found == sorted(found, reverse=flipped)
    assert all(-1e-9 <= place <= 1 + 1e-9 for place, _ in made.ticks(6))


def test_that_words_and_truths_are_categories() -> None:
    assert dimension("x", "x", ["Adam", "SGD", None, "Adam"]).words == ("Adam", "SGD")
    assert dimension("x", "x", [True, False, True]).words == ("no", "yes")


@pytest.mark.parametrize(
    ("raw", "log"),
    [
        ([1e-4, 1e-3, 1e-1], True),
        ([16, 32, 256], True),
        ([0.001, 0.4, 0.7], False),
        ([0.5, 0.9], False),
        ([0, 1000], False),
        ([1, 4], False),
    ],
)
def test_that_numbers_over_powers_of_ten_begin_on_a_logarithmic_scale(raw: list[float], log: bool) -> None:
    assert dimension("x", "x", raw).log is log


def test_that_only_positive_numbers_can_be_logarithmic() -> None:
    assert not dimension("x", "x", [0.0, 1.0]).set(log=True).log
    assert not dimension("x", "x", ["a", "b"]).set(log=True).log


def test_that_ticks_are_round_and_few() -> None:
    assert [words for _, words in dimension("x", "x", [0.0, 1.0]).ticks(5)] == ["0", "0.2", "0.4", "0.6", "0.8", "1"]
    log = dimension("x", "x", [1e-4, 1e-1]).set(log=True).ticks(5)
    assert [words for _, words in log] == ["1e-4", "0.001", "0.01", "0.1"]


def test_that_nothing_and_infinity_have_no_place() -> None:
    made = Dimension(key="x", title="x", values=np.array([math.nan, math.inf, 1.0, 2.0]))
    assert np.isnan(made.places()).tolist() == [True, True, False, False]
    assert made.value(0) == "–"
    assert dimension("x", "x", [None, None]).span[0] < dimension("x", "x", [None, None]).span[1]
