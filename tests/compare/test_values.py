from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given

from engine.compare import MISSING, elided, relation, same, written
from engine.compare.values import Form
from engine.spec import Search
from tests.spec.strategies import values


@given(values)
def test_that_every_value_is_the_same_as_itself_and_can_be_written(value: Any) -> None:
    assert same(value, value)
    assert written(value)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [(1, 1.0, True), (1, True, False), ((1, 2), [1, 2], True), (math.nan, math.nan, True), (None, MISSING, False)],
)
def test_what_means_the_same(one: Any, other: Any, equal: bool) -> None:
    assert same(one, other) is equal


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1e-5, "1e-5"),
        (0.002, "0.002"),
        (True, "on"),
        (None, "none"),
        ((3, 3), "3, 3"),
        ("", "“”"),
        (MISSING, "—"),
        (Search(low=0.1, high=1.0, log=True), "0.1 to 1, log"),
        (Search(choices=(1, 2)), "one of 1, 2"),
    ],
)
def test_how_a_setting_is_written(value: Any, words: str) -> None:
    assert written(value) == words


@pytest.mark.parametrize(
    ("base", "value", "form", "words"),
    [
        (0.001, 0.01, "setting", "×10"),
        (128, 64, "setting", "÷2"),
        (0, 64, "setting", ""),
        (-1, 1, "setting", ""),
        (math.inf, 1.0, "setting", ""),
        (0.9, 0.85, "metric", "−0.05"),
        (1, 7, "label", ""),
        ("a", "b", "setting", ""),
    ],
)
def test_how_far_a_value_is_from_the_baseline(base: Any, value: Any, form: Form, words: str) -> None:
    assert relation(base, value, form) == words


def test_that_a_long_text_keeps_both_its_ends() -> None:
    text = elided("/data/" + "x" * 100 + "/train", 20)
    assert len(text) == 20
    assert text.startswith("/data/")
    assert text.endswith("/train")
