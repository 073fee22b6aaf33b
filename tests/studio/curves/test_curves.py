"""Curves as numbers: nothing is left out, whatever the width of the screen."""

import math
from array import array

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from numpy.testing import assert_allclose, assert_array_equal

from engine.events import Continued, Created, Message, Metrics, Paused, Started, Steps
from studio.curves import Axis, Buffer, Record, Seen, Series, Smoothed, View, sketch, trail
from studio.curves.buffer import Floats

values = some.lists(some.floats(-1e6, 1e6) | some.just(math.nan), min_size=1, max_size=400)


def series_of(points: list[float], *, pieces: int = 1) -> Series:
    """The points at steps 1, 2, … as they arrive in so many pieces."""
    series = Series()
    for piece in np.array_split(np.arange(len(points)), pieces):
        series.append(piece + 1, [points[at] for at in piece])
    return series


def view_of(left: float, right: float, *, width: int = 20, height: int = 100) -> View:
    return View(left=left, right=right, bottom=-1, top=1, width=width, height=height)


@given(values, some.integers(1, 9), some.integers(2, 60), some.floats(0, 350), some.floats(1, 400))
def test_that_every_column_of_pixels_holds_the_true_extremes_of_its_points(
    points: list[float], pieces: int, width: int, left: float, span: float
) -> None:
    series = series_of(points, pieces=pieces)
    view = view_of(left, left + span, width=width)

    seen = Seen(series).look(Axis.even(1), view)

    edges = np.linspace(view.left, view.right, width + 1)
    for column in range(width):
        inside = [
            value
            for step, value in enumerate(points, start=1)
            if edges[column] <= step < edges[column + 1] and not math.isnan(value)
        ]
        if inside:
            assert (seen.columns.low[column], seen.columns.high[column]) == (min(inside), max(inside))
        else:
            assert np.isnan(seen.columns.low[column])


@given(values, some.lists(some.integers(0, 400), min_size=2, max_size=8))
def test_that_columns_are_the_same_by_blocks_and_point_by_point(points: list[float], cuts: list[int]) -> None:
    series, places = series_of(points), np.minimum(np.sort(cuts), len(points))
    point_by_point = series.columns(places)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("studio.curves.series.FEW", 0)
        patch.setattr("studio.curves.series.AT_ONCE", 0)
        by_blocks = series.columns(places)

    assert_array_equal(by_blocks, point_by_point)


@given(values, values, some.integers(1, 400))
def test_that_points_that_are_held_are_as_points_that_were_added(
    first: list[float], more: list[float], step: int
) -> None:
    held, added = Series(), Series()
    held.hold(range(1, len(first) + 1), memoryview(array("d", first)))
    added.append(np.arange(1, len(first) + 1), first)
    assert (len(held), held.apart) == (len(added), added.apart)
    for series in (held, added):
        series.append(np.arange(len(more)) + len(first) + 1, more)
        series.truncate(step)

    for one, other in ((held.steps, added.steps), (held.values, added.values), (held.measured, added.measured)):
        assert_array_equal(one, other)
    assert_array_equal(held.odd, added.odd)
    assert held.bounds() == added.bounds()


@given(values, values, some.integers(2, 40), some.integers(1, 600))
def test_that_a_kept_view_sees_added_points_as_a_fresh_one_does(
    first: list[float], more: list[float], width: int, right: int
) -> None:
    series, axis, view = series_of(first), Axis.even(1), view_of(0, right, width=width)
    kept = Seen(series).look(axis, view)
    series.append(np.arange(len(more)) + len(first) + 1, more)

    kept.look(axis, view)

    fresh = Seen(series).look(axis, view)
    assert_array_equal(kept.places, fresh.places)
    assert_array_equal(kept.columns.low, fresh.columns.low)
    assert_array_equal(kept.columns.high, fresh.columns.high)


@given(values, some.integers(0, 400))
def test_that_taking_points_away_leaves_what_was_before_them(points: list[float], step: int) -> None:
    series = series_of(points)

    series.truncate(step)

    kept = series_of(points[:step]) if points[:step] else Series()
    assert_array_equal(series.values, kept.values)
    assert series.bounds() == kept.bounds()


def test_that_one_spike_among_a_million_points_is_drawn() -> None:
    points = np.zeros(1_000_000)
    points[654_321] = 1.0
    series = Series()
    series.append(np.arange(points.size), points)

    drawn = sketch(Seen(series), Axis.even(1), view_of(0, points.size, width=800, height=600))

    assert len(drawn.columns) == 800
    column = drawn.columns[int(654_321 * 800 / points.size)]
    assert_allclose(column[[1, 3]], [0, 300])


def test_that_neighboring_columns_touch() -> None:
    points = np.concatenate((np.zeros(500), np.ones(500)))
    series = Series()
    series.append(np.arange(points.size), points)

    lines = sketch(Seen(series), Axis.even(1), view_of(0, 1000, width=10)).columns

    assert all(lines[at][1] <= lines[at - 1][3] and lines[at][3] >= lines[at - 1][1] for at in range(1, len(lines)))


def test_that_few_points_are_drawn_as_they_are_and_a_missing_one_parts_the_line() -> None:
    series = series_of([0.0, 1.0, math.nan, 0.5, math.inf, -0.5])

    drawn = sketch(Seen(series), Axis.even(1), view_of(0, 7, width=70))

    assert [len(path) for path in drawn.paths] == [2, 1, 1]
    assert_allclose(drawn.paths[0], [[10, 50], [20, 0]])


def test_that_values_without_a_logarithm_lie_below_a_log_chart() -> None:
    view = View(left=0, right=10, bottom=-3, top=1, width=10, height=100, log=True)

    down = view.down(np.array([10.0, 0.001, 0.0, -5.0]))

    assert_allclose(down[:2], [0, 100])
    assert (down[2:] > 100).all()


@given(some.lists(some.floats(-100, 100) | some.just(math.nan), min_size=1, max_size=300), some.integers(2, 5000))
def test_that_smoothing_is_the_exponential_average_corrected_for_its_start(points: list[float], span: int) -> None:
    smoothed = Smoothed(series_of(points), span)
    while smoothed.catch_up(37):
        pass

    weight, total, share, expected = 1 - 2 / (span + 1), 0.0, 0.0, []
    for value in points:
        total, share = total * weight, share * weight
        if not math.isnan(value):
            total, share = total + (1 - weight) * value, share + 1 - weight
        expected.append(total / share if share else math.nan)
    assert_allclose(smoothed.series.values, expected, rtol=1e-6, atol=1e-9)


def test_that_smoothing_begins_anew_when_points_were_taken_away() -> None:
    series = series_of([1.0] * 50 + [9.0] * 50)
    smoothed = Smoothed(series, 10)
    smoothed.catch_up(1000)
    series.truncate(50)
    assert not smoothed.usable

    smoothed.catch_up(1000)

    assert_allclose(smoothed.series.values, np.ones(50))
    assert trail(smoothed.series, Seen(series), Axis.even(1), view_of(0, 60)).paths


def test_that_a_buffer_keeps_what_it_was_given_while_it_grows() -> None:
    buffer = Buffer()
    held = buffer.view  # somebody looks at the numbers while they move
    for at in range(3000):
        buffer.append([at])

    assert_array_equal(buffer.view, np.arange(3000))
    assert held.size == 0


@given(some.lists(some.floats(0, 100), min_size=2, max_size=20), some.floats(-10, 200))
def test_that_an_axis_leads_back_to_the_step_it_came_from(gaps: list[float], step: float) -> None:
    steps = np.arange(len(gaps), dtype=float) * 10
    places: Floats = np.cumsum(np.array(gaps) + 0.1)

    axis = Axis(steps, places)

    assert_allclose(axis.step(axis.place(np.array([step]))), [step], atol=1e-6)


def started(step: int = 0, *, time: float = 0.0) -> Started:
    return Started(time=time, device="cpu", pid=1, host="h", epochs=3, steps_per_epoch=10, step=step)


def some_steps(first: int, last: int, *, value: float, time: float = 0.0) -> Steps:
    return Steps(time=time, first=first, values={"loss": [value] * (last - first + 1)})


def test_that_a_resumed_attempt_takes_the_place_of_what_came_after_its_checkpoint() -> None:
    record = Record().add([started(), some_steps(1, 25, value=1.0), Metrics(epoch=1, step=10, values={"a": 1.0})])
    record.add([Metrics(epoch=2, step=20, values={"a": 2.0}), started(10), some_steps(11, 20, value=7.0)])

    loss = record.steps["loss"]

    assert_array_equal(loss.steps, np.arange(1, 21))
    assert_array_equal(loss.values, [1.0] * 10 + [7.0] * 10)
    assert_array_equal(record.epochs["a"].values, [1.0])


def test_that_pauses_and_the_time_between_attempts_do_not_count_as_training() -> None:
    messages: list[Message] = [
        started(time=100),
        some_steps(1, 10, value=1, time=110),
        Paused(time=110, step=10),
        Continued(time=500, step=10),
        some_steps(11, 20, value=1, time=510),
        started(20, time=9000),
        some_steps(21, 30, value=1, time=9010),
    ]

    axis = Record().add(messages).axis("time")

    assert_allclose(axis.place(np.array([10.0, 20.0, 30.0])), [10, 20, 30])


def test_that_a_run_read_again_from_its_start_has_each_point_once() -> None:
    journal = [Created(name="a"), started(), some_steps(1, 30, value=1.0)]

    record = Record().add(journal).add(journal)

    assert len(record.steps["loss"]) == 30


@given(some.lists(some.integers(1, 9), min_size=1, max_size=20), some.integers(1, 20))
def test_that_a_journal_read_in_pieces_gives_the_curves_of_one_read_whole(lengths: list[int], piece: int) -> None:
    messages: list[Message] = [started()]
    for length in lengths:
        first = sum(len(one.values["loss"]) for one in messages if isinstance(one, Steps)) + 1
        messages.append(some_steps(first, first + length - 1, value=float(first)))
    whole, pieces = Record().add(messages), Record()
    for at in range(0, len(messages), piece):
        pieces.add(messages[at : at + piece])

    assert_array_equal(whole.steps["loss"].steps, pieces.steps["loss"].steps)
    assert_array_equal(whole.steps["loss"].values, pieces.steps["loss"].values)


@pytest.mark.parametrize(("along", "place"), [("step", 25.0), ("epoch", 2.5)])
def test_that_steps_stand_at_their_number_or_at_their_epoch(along: str, place: float) -> None:
    record = Record().add([started()])

    assert record.axis(along).place(np.array([25.0]))[0] == place  # type: ignore[arg-type]
