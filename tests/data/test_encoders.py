"""What is measured on training rows, and what becomes of raw values."""

import json
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.data import Features, Field, Image, Label, Target, prepare
from engine.data.features import MISSING
from engine.spec import DataError, Split
from tests.data.making import labeled, numbered, pictured

CPU = torch.device("cpu")
NAN = float("nan")


def every(values: NDArray[Any]) -> NDArray[np.int64]:
    return np.arange(len(values))


def encoded(encoder: Any, values: NDArray[Any], *, train: NDArray[Any] | None = None) -> NDArray[Any]:
    statistics = json.loads(json.dumps(encoder.fit(values, every(values) if train is None else train)))
    found: NDArray[Any] = encoder.encoding(statistics, CPU)(torch.from_numpy(values)).numpy()
    assert found.shape[1:] == encoder.column("any", statistics).shape
    return found


@settings(deadline=None)
@given(count=st.integers(2, 30), channels=st.sampled_from([1, 3]), seed=st.integers(0, 99))
def test_that_each_channel_of_images_has_mean_zero_and_deviation_one(count: int, channels: int, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (count, channels, 4, 5), np.uint8)
    found = encoded(Image(shape=pixels.shape[1:]), pixels).astype(np.float64)
    np.testing.assert_allclose(found.mean(axis=(0, 2, 3)), 0, atol=1e-5)
    np.testing.assert_allclose(found.std(axis=(0, 2, 3)), 1, rtol=1e-4)


def test_that_images_of_one_color_stay_finite() -> None:
    found = encoded(Image(shape=(1, 2, 2)), np.full((3, 1, 2, 2), 200, np.uint8))
    np.testing.assert_allclose(found, 0, atol=1e-6)


def test_that_image_statistics_are_on_the_scale_of_zero_to_one() -> None:
    pixels = np.array([0, 255], np.uint8).reshape(2, 1, 1, 1)
    assert Image(shape=(1, 1, 1)).fit(pixels, every(pixels)) == {"mean": [0.5], "std": [0.5]}


def test_that_labels_are_counted_by_class() -> None:
    codes = np.array([0, 2, 2, 2])
    assert Label(classes=("a", "b", "c")).fit(codes, np.array([0, 1, 2])) == {"counts": [1, 0, 2]}


def test_that_targets_can_be_turned_back_into_their_unit() -> None:
    prices = np.array([10_000.0, 250_000.0, 90_000.0])
    statistics = Target(unit="$").fit(prices, every(prices))
    back = encoded(Target(unit="$"), prices) * statistics["std"] + statistics["mean"]
    np.testing.assert_allclose(back, prices, rtol=1e-6)
    assert (statistics["min"], statistics["max"]) == (10_000, 250_000)


def test_that_a_target_that_never_varies_stays_finite() -> None:
    assert (encoded(Target(), np.full(4, 0.1)) == 0).all()


def test_that_large_numbers_that_differ_little_keep_their_difference() -> None:
    seconds = 1.7e9 + np.arange(5.0)
    found = encoded(Features(fields=(Field("time"),)), seconds[:, None])[:, 0]
    np.testing.assert_allclose(np.diff(found), np.diff(found)[0], rtol=1e-5)
    assert found.std() == pytest.approx(1, rel=1e-5)


def test_that_a_gap_becomes_the_training_median_and_is_told() -> None:
    values = np.array([[1.0], [2.0], [9.0], [NAN], [1000.0]])
    found = encoded(Features(fields=(Field("a"),)), values, train=np.arange(4))
    np.testing.assert_allclose(found[3, 0], found[1, 0])
    np.testing.assert_array_equal(found[:, 1], [0, 0, 0, 1, 0])


def test_that_gaps_need_not_be_told() -> None:
    values = np.array([[1.0], [NAN], [3.0]])
    assert encoded(Features(fields=(Field("a"),), indicators=False), values).shape == (3, 1)


def test_that_a_gap_that_training_never_had_is_filled_without_a_further_input() -> None:
    values = np.array([[1.0], [2.0], [3.0], [NAN]])
    found = encoded(Features(fields=(Field("a"),)), values, train=np.arange(3))
    assert found.shape == (4, 1)
    assert found[3, 0] == found[1, 0]


def test_that_a_number_that_training_never_saw_is_zero() -> None:
    assert (encoded(Features(fields=(Field("a"),)), np.array([[NAN], [NAN]]))[:, 0] == 0).all()


def test_that_categories_become_slots_of_their_own() -> None:
    values = np.array([[0.0], [2.0], [1.0], [2.0]])
    found = encoded(Features(fields=(Field("color", "category", ("red", "green", "blue")),)), values)
    np.testing.assert_array_equal(found, [[1, 0, 0], [0, 0, 1], [0, 1, 0], [0, 0, 1]])


def test_that_a_missing_category_is_a_slot_where_training_has_it() -> None:
    colors = Features(fields=(Field("color", "category", ("red", "blue")),))
    values = np.array([[0.0], [1.0], [NAN]])
    np.testing.assert_array_equal(encoded(colors, values), np.eye(3))
    assert colors.inputs(colors.fit(values, every(values)))[-1] == f"color = {MISSING}"
    np.testing.assert_array_equal(encoded(colors, values, train=np.arange(2))[2], [0, 0])


def test_that_a_category_that_training_never_saw_is_all_zeros() -> None:
    values = np.array([[0.0], [1.0], [2.0]])
    colors = Features(fields=(Field("color", "category", ("red", "green", "blue")),))
    np.testing.assert_array_equal(encoded(colors, values, train=np.array([0, 2])), [[1, 0], [0, 0], [0, 1]])


def test_that_every_input_has_a_name() -> None:
    table = Features(fields=(Field("age"), Field("color", "category", ("red", "blue"))))
    values = np.array([[1.0, 0], [NAN, 1], [3.0, 0]])
    column = table.column("features", table.fit(values, every(values)))
    assert column.about["inputs"] == ["age", "age is missing", "color = red", "color = blue"]
    assert column.shape == (4,)
    assert column.about["fields"][0] == {"name": "age", "type": "number", "missing": 1}


def test_that_statistics_of_other_data_are_refused() -> None:
    stored = prepare(pictured(40), Split()).facts.statistics
    with pytest.raises(DataError, match="no longer what it was when it was measured: its 'features'"):
        prepare(numbered(40), Split(), statistics=stored)
    fewer = prepare(labeled(np.arange(40) % 2), Split()).facts.statistics
    with pytest.raises(DataError, match="its 'features' is another"):
        prepare(numbered(40), Split(), statistics={**fewer, "target": {}})
