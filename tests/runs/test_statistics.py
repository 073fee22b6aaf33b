"""What several seeds say, with SciPy as the oracle."""

from __future__ import annotations

from math import inf, isnan, nan
from statistics import stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from engine.runs import compare, spread
from engine.runs.student import quantile, two_sided

metrics = st.lists(st.floats(-1e3, 1e3).map(lambda value: round(value, 6)), min_size=2, max_size=12)


@given(st.floats(-50, 50), st.floats(0.5, 300))
@settings(max_examples=50)
def test_that_p_is_that_of_students_distribution(t: float, freedom: float) -> None:
    assert two_sided(t, freedom) == pytest.approx(2 * stats.t.sf(abs(t), freedom), rel=1e-9, abs=1e-300)


@given(st.sampled_from([0.5, 0.9, 0.95, 0.99]), st.floats(1, 5000))
@settings(max_examples=50)
def test_that_the_quantile_is_that_of_students_distribution(confidence: float, freedom: float) -> None:
    assert quantile(confidence, freedom) == pytest.approx(stats.t.ppf((1 + confidence) / 2, freedom), rel=1e-9)


@given(metrics)
@settings(max_examples=50)
def test_that_a_mean_has_the_interval_of_students_t(values: list[float]) -> None:
    found = spread(values)
    assert (found.n, found.least, found.most) == (len(values), min(values), max(values))
    assert found.deviation == pytest.approx(stdev(values), abs=1e-9)
    if found.deviation > 0:
        low, high = stats.t.interval(0.95, len(values) - 1, loc=found.mean, scale=found.error)
        assert (found.low, found.high) == pytest.approx((low, high))


@pytest.mark.filterwarnings("ignore:Precision loss")  # the oracle's, of values that are nearly the same
@given(metrics, metrics)
@settings(max_examples=50)
def test_that_two_groups_are_tested_as_welch_does(one: list[float], other: list[float]) -> None:
    found = compare(one, other)
    if not found.tested:
        assert len(set(one)) == len(set(other)) == 1
        return
    oracle = stats.ttest_ind(one, other, equal_var=False)
    interval = oracle.confidence_interval(0.95)
    assert (found.t, found.freedom) == pytest.approx((oracle.statistic, oracle.df), rel=1e-6, abs=1e-9)
    assert found.p == pytest.approx(oracle.pvalue, rel=1e-6, abs=1e-12)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high), rel=1e-6, abs=1e-6)


def test_that_the_effect_is_hedges_g_with_its_interval() -> None:
    effect = compare([2.0, 4.0, 6.0], [1.0, 2.0, 3.0]).effect
    d, correction = 2 / 2.5**0.5, 0.7978845608  # pooled variance 2.5; J(4) = Γ(2) / (√2 Γ(1.5))

    assert effect.g == pytest.approx(correction * d)
    assert effect.high - effect.g == pytest.approx(1.959964 * correction * (6 / 9 + d * d / 12) ** 0.5)
    assert effect.word == "large"


def test_that_one_seed_has_a_mean_but_no_interval() -> None:
    found = spread([0.9])
    assert (found.n, found.mean) == (1, 0.9)
    assert all(isnan(value) for value in (found.low, found.high, found.deviation))
    assert not compare([0.9], [0.1, 0.2]).tested


@pytest.mark.parametrize(("one", "other"), [([0.1, 0.1, 0.1], [0.1, 0.1]), ([0.3, 0.3], [0.1, 0.1, 0.1])])
def test_that_values_without_spread_are_not_tested(one: list[float], other: list[float]) -> None:
    found = compare(one, other)
    assert not found.tested
    assert not found.significant
    assert found.difference == pytest.approx(one[0] - other[0])
    assert isnan(found.effect.g)
    assert (found.one.low, found.one.mean, found.one.high) == (one[0], one[0], one[0])


def test_that_what_is_no_number_is_left_out_and_counted() -> None:
    found = spread([1.0, nan, 3.0, inf])
    assert (found.n, found.mean, found.left_out) == (2, 2.0, 2)
    assert (spread([nan]).n, spread([]).n) == (0, 0)


def test_that_huge_and_tiny_values_neither_overflow_nor_vanish() -> None:
    for size in (1e307, 1e-200):
        found = compare([3 * size, 4 * size, 5 * size], [1 * size, 2 * size, 3 * size])
        assert found.t == pytest.approx(2 / (2 / 3) ** 0.5)


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=6), st.lists(st.floats(), max_size=6))
@settings(max_examples=50)
def test_that_any_floats_are_answered(one: list[float], other: list[float]) -> None:
    found = compare(one, other)
    assert not found.significant or found.p < 0.05
