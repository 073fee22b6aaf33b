"""How samples are divided."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.data import Source, divide
from engine.data.division import carve
from engine.spec import DataError, Split
from tests.data.making import labeled, numbered

SHARES = st.tuples(st.floats(0, 0.6), st.floats(0, 0.39)).map(lambda pair: {"test": pair[0], "validation": pair[1]})
CODES = st.lists(st.integers(0, 5), min_size=1, max_size=300).map(np.array)


def refused(source: Source, **split: Any) -> DataError:
    with pytest.raises(DataError) as refusal:
        divide(source, Split(**split))
    return refusal.value


@settings(deadline=None)
@given(codes=CODES, shares=SHARES, seed=st.integers(0, 2**31))
def test_that_carving_uses_every_row_once(codes: NDArray[Any], shares: dict[str, float], seed: int) -> None:
    rows = np.arange(len(codes)) * 3 + 7
    parts = carve(rows, shares, seed=seed, classes=codes)
    np.testing.assert_array_equal(np.sort(np.concatenate(list(parts.values()))), rows)
    assert all((np.diff(part) > 0).all() for part in parts.values())


@settings(deadline=None)
@given(codes=CODES, shares=SHARES, seed=st.integers(0, 2**31))
def test_that_each_class_has_its_share_of_each_split_within_one_sample(
    codes: NDArray[Any], shares: dict[str, float], seed: int
) -> None:
    parts = carve(np.arange(len(codes)), shares, seed=seed, classes=codes)
    for code in np.unique(codes):
        count = int(np.count_nonzero(codes == code))
        for name, share in shares.items():
            assert abs(np.count_nonzero(codes[parts[name]] == code) - share * count) <= 1 + 1e-9
        assert np.count_nonzero(codes[parts["train"]] == code) >= 1


@settings(deadline=None)
@given(codes=CODES, shares=SHARES, seed=st.integers(0, 2**31))
def test_that_the_same_seed_divides_the_same(codes: NDArray[Any], shares: dict[str, float], seed: int) -> None:
    once, again = (carve(np.arange(len(codes)), shares, seed=seed, classes=codes) for _ in range(2))
    assert all((once[name] == again[name]).all() for name in once)


def test_that_another_seed_divides_otherwise() -> None:
    source = labeled(np.arange(200) % 2)
    one, other = (divide(source, Split(seed=seed))["test"] for seed in (0, 1))
    assert len(one) == len(other)
    assert (one != other).any()


def test_that_whole_shares_are_exact_over_many_small_classes() -> None:
    rows = divide(labeled(np.arange(1000) % 100), Split(validation=0.15, test=0.25))
    assert {name: len(one) for name, one in rows.items()} == {"train": 600, "validation": 150, "test": 250}


def test_that_classes_need_not_be_kept_in_proportion() -> None:
    codes = (np.arange(1000) < 20).astype(int)
    found = {int(codes[divide(labeled(codes), Split(seed=at, stratify=False))["test"]].sum()) for at in range(8)}
    assert len(found) > 1


def test_that_numbers_are_divided_too() -> None:
    rows = divide(numbered(100), Split(validation=0.2, test=0.1))
    assert {name: len(one) for name, one in rows.items()} == {"train": 70, "validation": 20, "test": 10}


def test_that_a_share_of_zero_leaves_the_split_out() -> None:
    assert set(divide(labeled(np.arange(50) % 2), Split(validation=0, test=0.2))) == {"train", "test"}


def test_that_official_splits_are_kept_whatever_the_shares_say() -> None:
    splits = {"train": np.arange(60), "validation": np.arange(60, 70), "test": np.arange(70, 100)}
    rows = divide(labeled(np.arange(100) % 2, splits=splits), Split(validation=0.4, test=0.4))
    assert all((rows[name] == splits[name]).all() for name in splits)


@pytest.mark.parametrize("missing", ["validation", "test"])
def test_that_a_split_the_dataset_lacks_is_carved_from_its_training_rows(missing: str) -> None:
    there = "test" if missing == "validation" else "validation"
    splits = {"train": np.arange(80), there: np.arange(80, 100)}
    rows = divide(labeled(np.arange(100) % 2, splits=splits), Split(validation=0.25, test=0.25))
    assert (rows[there] == splits[there]).all()
    assert len(rows[missing]) == 20
    assert rows[missing].max() < 80


def test_that_a_split_that_would_be_empty_is_refused_at_its_share() -> None:
    error = refused(labeled(np.arange(6) % 2), validation=0.05, test=0.3)
    assert "The validation split would be empty: there are only 6 samples." in str(error)
    assert (error.section, error.parameter) == ("split", "validation")


def test_that_shares_which_leave_nothing_for_training_are_refused() -> None:
    error = refused(labeled(np.arange(60) % 2), validation=0.5, test=0.5)
    assert "leave some for training" in str(error)
    assert error.section == "split"


def test_that_an_official_split_without_samples_is_refused() -> None:
    splits = {"train": np.arange(10), "test": np.arange(0)}
    assert "own test split has no samples" in str(refused(labeled(np.arange(10) % 2, splits=splits)))


def test_that_training_on_a_single_class_is_refused() -> None:
    splits = {"train": np.arange(5), "test": np.arange(5, 10)}
    source = labeled((np.arange(10) >= 5).astype(int), splits=splits)
    assert "All training samples are of one class" in str(refused(source, validation=0.2))
