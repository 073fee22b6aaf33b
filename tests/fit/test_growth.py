"""Lines over the batch, and the highest of many."""

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.fit.growth import Line, Peak

LINES = st.lists(st.builds(Line, st.integers(0, 10**6), st.integers(0, 10**4)), min_size=1, max_size=12)


@given(LINES, st.integers(0, 10**5))
@settings(max_examples=60)
def test_that_a_peak_is_the_highest_moment_for_any_batch(lines: list[Line], batch: int) -> None:
    assert Peak.of(lines).at(batch) == max(line.at(batch) for line in lines)


def test_that_moments_that_are_never_the_highest_are_forgotten() -> None:
    flat, hidden, steep = Line(100, 0), Line(40, 1), Line(0, 10)
    assert Peak.of([hidden, steep, flat]).lines == (flat, steep)


def test_that_two_points_make_a_line() -> None:
    assert Line.through((2, 30), (4, 50)) == Line(10, 10)
