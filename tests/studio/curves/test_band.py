"""Bands: what several runs span, point by point or between their points."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from numpy.testing import assert_allclose
from scipy import stats

from studio.curves import Band, View, band, outline

numbers = some.floats(-1e3, 1e3)


@settings(max_examples=25)
@given(some.lists(some.lists(numbers, min_size=3, max_size=3), min_size=2, max_size=6))
def test_that_the_interval_is_student_s_t_around_the_mean(runs: list[list[float]]) -> None:
    places, table = np.arange(3.0), np.array(runs)

    found = band([(places, values) for values in table], "interval")

    half = stats.t.ppf(0.975, len(runs) - 1) * stats.sem(table, axis=0)
    assert_allclose(found.mean, table.mean(axis=0), atol=1e-9)
    assert_allclose(found.high - found.mean, half, rtol=1e-6, atol=1e-9)
    assert_allclose(found.mean - found.low, half, rtol=1e-6, atol=1e-9)


def test_that_a_missing_value_counts_for_no_run_and_a_single_run_spans_nothing() -> None:
    places = np.array([1.0, 2.0])

    found = band([(places, np.array([1.0, math.nan])), (places, np.array([3.0, 5.0]))], "range")

    assert_allclose(found.mean, [2, 5])
    assert_allclose(found.low, [1, math.nan])
    assert_allclose(found.high, [3, math.nan])


def test_that_runs_with_points_at_other_places_are_compared_between_their_points_and_never_beyond_their_ends() -> None:
    long, short = (np.array([0.0, 10.0]), np.array([0.0, 10.0])), (np.array([5.0, 8.0]), np.array([7.0, 7.0]))

    found = band([long, short], "range")

    assert_allclose(found.places, [0, 5, 8, 10])
    assert_allclose(found.mean, [0, 6, 7.5, 10])
    assert_allclose(found.high, [math.nan, 7, 8, math.nan])


def test_that_a_band_of_more_places_than_pixels_keeps_its_highest_and_lowest() -> None:
    count = 10_000
    low, high = np.zeros(count), np.ones(count)
    low[1234], high[8765] = -1, 2
    view = View(left=0, right=count, bottom=-1, top=2, width=100, height=300)

    drawn = outline(Band(np.arange(count, dtype=float), np.full(count, 0.5), low, high), view)

    assert drawn.areas[0][:, 1].min() == pytest.approx(0)
    assert drawn.areas[0][:, 1].max() == pytest.approx(300)
    assert len(drawn.lines[0]) == 100


def test_that_no_runs_have_no_band() -> None:
    view = View(left=0, right=1, bottom=0, top=1, width=10, height=10)
    assert outline(band([], "interval"), view).areas == ()
