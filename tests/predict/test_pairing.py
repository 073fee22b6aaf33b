"""Two runs are compared on what neither has learned from, and the comparison counts every sample once."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from engine.predict import Answers, PredictionError, grouped, mcnemar, paired, wilcoxon
from engine.predict.telling import confusion, listed, told
from engine.spec import Reading

CLASS = Reading(kind="class", column="label", error="cross-entropy")
NUMBER = Reading(kind="number", column="target", error="absolute error", unit="$")


def classes(rows: list[int], truth: list[int], answer: list[int], **more: Any) -> Answers:
    count = len(rows)
    values: dict[str, Any] = {
        "truth": np.array(truth, np.int64),
        "likely": np.array(answer, np.int64)[:, None],
        "chances": np.linspace(0.5, 1, count, dtype=np.float32)[:, None],
        "error": np.linspace(2, 0, count, dtype=np.float32),
    }
    settings = {"classes": ("cat", "dog", "owl"), "fingerprint": "f", **more}
    return Answers(
        run="r", split="test", checkpoint="c", reading=CLASS, rows=np.array(rows, np.int64), values=values, **settings
    )


def numbers(truth: list[float], answer: list[float]) -> Answers:
    made = np.array(truth)[:, None], np.array(answer)[:, None]
    values = {"truth": made[0], "answer": made[1], "error": np.abs(made[0] - made[1])[:, 0].astype(np.float32)}
    rows = np.arange(len(truth))
    about: dict[str, Any] = {"run": "r", "split": "test", "checkpoint": "c", "fingerprint": "f", "classes": ()}
    return Answers(**about, reading=NUMBER, rows=rows, values=values)


def test_that_only_the_samples_of_both_splits_are_compared_and_it_is_said() -> None:
    pair = paired(classes([1, 2, 5], [0, 1, 2], [0, 1, 2]), classes([2, 3, 5], [1, 0, 2], [0, 0, 2]))
    assert pair.first.rows.tolist() == pair.second.rows.tolist() == [2, 5]
    assert pair.second.values["likely"][:, 0].tolist() == [0, 2]
    assert "Compared on the 2 samples" in pair.notes[0]


def test_that_nothing_is_said_where_all_are_compared() -> None:
    one = classes([1, 2], [0, 1], [0, 0])
    assert paired(one, one).notes == ()


def test_that_splits_without_a_common_sample_are_refused_with_the_way_out() -> None:
    with pytest.raises(PredictionError, match="same split seed"):
        paired(classes([1], [0], [0]), classes([2], [0], [0]))


def test_that_samples_of_other_data_are_matched_by_their_names() -> None:
    first, second = classes([0, 1], [0, 1], [0, 1]), classes([0, 2], [1, 2], [1, 2], fingerprint="g")
    pair = paired(first, second, names=(("a.png", "b.png"), ("b.png", "c.png", "d.png")))
    assert pair.first.rows.tolist() == [1]
    assert pair.second.rows.tolist() == [0]
    with pytest.raises(PredictionError, match="different data"):
        paired(first, second)


def test_that_a_sample_with_another_truth_is_left_out() -> None:
    pair = paired(classes([0, 1], [0, 1], [0, 1]), classes([0, 1], [0, 2], [0, 1]))
    assert pair.first.rows.tolist() == [0]
    assert "1 samples have another truth" in pair.notes[0]


def test_that_classes_are_the_same_by_their_names_whatever_their_codes() -> None:
    other = classes([0, 1], [1, 0], [1, 2], classes=("dog", "cat", "fox"))
    pair = paired(classes([0, 1], [0, 1], [0, 1]), other)
    assert pair.second.classes == ("cat", "dog", "owl", "fox")
    assert pair.second.values["truth"].tolist() == [0, 1]
    assert pair.second.values["likely"][:, 0].tolist() == [0, 3]


def test_that_a_classifier_and_a_regression_are_not_compared() -> None:
    with pytest.raises(PredictionError, match="different things"):
        paired(classes([0], [0], [0]), numbers([1], [1]))


@settings(max_examples=30)
@given(st.lists(st.tuples(*[st.integers(0, 2)] * 3), min_size=1, max_size=40))
def test_that_every_sample_is_fixed_broken_or_neither_and_counted_once(rows: list[tuple[int, int, int]]) -> None:
    truth, before, after = (list(one) for one in zip(*rows, strict=True))
    sides = [classes(list(range(len(rows))), truth, one) for one in (before, after)]
    groups = grouped(sides)
    parts = [groups[name] for name in ("fixed", "broken", "both wrong", "both right")]
    assert sorted(np.concatenate(parts)) == list(range(len(rows)))
    assert all(before[at] != truth[at] == after[at] for at in groups["fixed"])
    assert len(groups["fixed"]) - len(groups["broken"]) == sides[1].right.sum() - sides[0].right.sum()
    cells = np.array(confusion(sides[0])).reshape(-1, 3)
    assert cells[:, 2].sum() == len(rows)
    assert cells[cells[:, 0] == cells[:, 1], 2].sum() == sides[0].right.sum()


def test_that_a_cell_leads_to_the_samples_behind_it_the_most_wrong_first() -> None:
    sides = [classes([4, 5, 6, 7], [0, 0, 1, 0], [1, 1, 1, 0])]
    assert listed(sides, cell=(0, 0, 1)).tolist() == [0, 1]
    assert listed(sides, cell=(0, 0, 1), by="confidence").tolist() == [1, 0]
    assert listed(sides, group="wrong").tolist() == [0, 1]


def test_that_numbers_are_sorted_into_nearer_and_farther() -> None:
    sides = [numbers([10, 10, 10], [11, 12, 13]), numbers([10, 10, 10], [10.5, 15, 7])]
    found = told(sides)
    assert {one["name"]: one["count"] for one in found["groups"]} == {"better": 1, "worse": 1, "all": 3}
    assert found["points"]["answers"] == [[11, 12, 13], [10.5, 15, 7]]
    assert sum(found["histogram"]["counts"][0]) == 3


def test_that_mcnemar_is_the_exact_binomial_test_of_those_that_differ() -> None:
    assert mcnemar(0, 0) == 1
    assert mcnemar(3, 12) == pytest.approx(2 * binom.cdf(3, 15, 0.5))
    assert mcnemar(12, 3) == mcnemar(3, 12)
    assert mcnemar(5, 5) == 1


def test_that_wilcoxon_says_nothing_of_a_handful() -> None:
    assert wilcoxon(np.zeros(20), np.r_[np.ones(5), np.zeros(15)]) is None
    found = wilcoxon(np.zeros(12), np.linspace(1, 2, 12))
    assert found is not None
    assert found < 0.001
