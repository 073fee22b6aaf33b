"""Which trials of a study are best."""

from __future__ import annotations

from math import nan

from hypothesis import given
from hypothesis import strategies as st

from engine.runs import Trial
from engine.runs.front import best_trials, undominated


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


@given(st.integers(1, 3).flatmap(lambda count: st.lists(st.tuples(*[st.integers(0, 4)] * count), max_size=12)))
def test_that_the_front_is_what_nothing_beats(points: list[tuple[int, ...]]) -> None:
    costs = [tuple(map(float, point)) for point in points]
    beaten = {
        at
        for at, one in enumerate(costs)
        for other in costs
        if other != one and all(a <= b for a, b in zip(other, one, strict=True))
    }
    front = undominated(costs)
    assert sorted(front) == [at for at in range(len(costs)) if at not in beaten]
    assert [costs[at] for at in front] == sorted(costs[at] for at in front)
