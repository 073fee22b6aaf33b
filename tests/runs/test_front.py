"""Which trials of a study are best."""

from __future__ import annotations

from math import nan

from engine.runs import Trial
from engine.runs.front import best_trials


def finished(number: int, *values: float) -> Trial:
    return Trial(number=number, state="finished", values=values)


def test_that_the_earliest_of_equal_trials_is_best() -> None:
    trials = [finished(0, 0.5), finished(1, 0.9), finished(2, 0.9), Trial(number=3, state="pruned", values=(0.99,))]
    assert best_trials(trials, ["max"]) == [trials[1]]
    assert best_trials(trials, ["min"]) == [trials[0]]


def test_that_several_objectives_have_a_front() -> None:
    trials = [finished(0, 0.9, 100.0), finished(1, 0.8, 10.0), finished(2, 0.8, 50.0), finished(3, nan, 1.0)]
    assert best_trials(trials, ["max", "min"]) == [trials[0], trials[1]]


def test_that_nothing_is_best_of_nothing() -> None:
    assert best_trials([], ["min", "max"]) == []
    assert best_trials([], ["min"]) == []
