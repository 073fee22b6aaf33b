"""Smoothing by a Gaussian."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from numpy.testing import assert_allclose

from studio.curves import Gaussian, Series

values = some.lists(some.floats(-100, 100) | some.just(math.nan), min_size=1, max_size=200)


def series_of(points: list[float]) -> Series:
    series = Series()
    series.append(np.arange(len(points)) + 1, points)
    return series


def expected(points: list[float], span: int) -> list[float]:
    """Every point's neighbors, weighed one by one."""
    deviation = math.sqrt((span**2 - 1) / 12)
    reach = max(math.ceil(4 * deviation), 1)
    found = []
    for at in range(len(points)):
        near = range(max(at - reach, 0), min(at + reach + 1, len(points)))
        pairs = [
            (math.exp(-0.5 * ((one - at) / deviation) ** 2), points[one]) for one in near if not math.isnan(points[one])
        ]
        total = sum(weight for weight, _ in pairs)
        found.append(sum(weight * value for weight, value in pairs) / total if pairs else math.nan)
    return found


@settings(max_examples=40)
@given(values, some.integers(2, 90))
def test_that_every_point_is_the_weighted_mean_of_its_known_neighbors(points: list[float], span: int) -> None:
    smoothed = Gaussian(series_of(points), span)
    while smoothed.catch_up(37):
        pass

    found, wanted = smoothed.series.values, np.array(expected(points, span))
    near_something = ~np.isnan(found)
    assert_allclose(found[near_something], wanted[near_something], rtol=1e-5, atol=1e-5)
    assert near_something[[not math.isnan(value) for value in points]].all()


@pytest.mark.parametrize("span", [5, 300])
def test_that_points_which_arrive_later_change_what_was_smoothed_near_them(span: int) -> None:
    first, more = [math.sin(at / 9) for at in range(500)], [5.0] * 300
    series = series_of(first)
    smoothed = Gaussian(series, span)
    smoothed.catch_up(10_000)
    series.append(np.arange(len(more)) + len(first) + 1, more)

    while smoothed.catch_up(10_000):
        pass

    fresh = Gaussian(series, span)
    fresh.catch_up(10_000)
    assert_allclose(smoothed.series.values, fresh.series.values, atol=1e-9)


def test_that_it_begins_anew_when_points_were_taken_away() -> None:
    series = series_of([1.0] * 50 + [9.0] * 50)
    smoothed = Gaussian(series, 10)
    smoothed.catch_up(1000)
    series.truncate(50)
    assert not smoothed.usable

    smoothed.catch_up(1000)

    assert_allclose(smoothed.series.values, np.ones(50))
