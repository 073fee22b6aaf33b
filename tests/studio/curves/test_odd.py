"""Values that no line can show, values far out, and logarithmic places."""

import math

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal

from engine.events import Sampled, Started, Steps
from studio.curves import Axis, Record, Seen, Series, View, beyond, fences, sketch


def test_that_infinite_values_and_nan_are_kept_beside_the_curve() -> None:
    series = Series()
    series.append([1, 2], [0.5, math.inf])
    series.append([3, 4, 5], [math.nan, -math.inf, 0.25])

    steps, found = series.odd

    assert_array_equal(steps, [2, 3, 4])
    assert_array_equal(found, [math.inf, math.nan, -math.inf])
    assert [series.value(at) for at in (0, 1, 3)] == [0.5, math.inf, -math.inf]
    assert series.bounds() == (0.25, 0.5)


def test_that_odd_values_after_a_checkpoint_are_taken_away_with_the_rest() -> None:
    series = Series()
    series.append([1, 2, 3], [math.nan, 9.0, math.inf])

    series.truncate(2)

    assert_array_equal(series.odd[0], [1])
    assert series.bounds() == (9, 9)


def test_that_a_few_values_far_out_do_not_decide_the_range() -> None:
    calm, wild = np.linspace(0.5, 1.0, 1000), np.array([0.7, 1e9, math.nan, -1e9])

    low, high = fences([calm, wild]) or (0, 0)

    assert (low, high) == (0.5, 1.0)
    assert beyond([calm, wild], low, high) == (1, 1)


def test_that_values_without_anything_far_out_are_all_within() -> None:
    assert fences([np.array([3.0, 1.0, 2.0])]) == (1.0, 3.0)
    assert fences([np.array([math.nan])]) is None
    assert fences([]) is None


def test_that_equal_decades_have_equal_room_on_a_logarithmic_axis() -> None:
    view = View(left=0, right=3, bottom=0, top=1, width=300, height=10, log_across=True)

    assert_allclose(view.across(np.array([1.0, 10.0, 1000.0])), [0, 100, 300])
    assert view.across(np.array([0.0]))[0] < 0
    assert view.place(200) == 100


def test_that_every_point_is_in_its_column_on_a_logarithmic_axis() -> None:
    series = Series()
    points = np.zeros(100_000)
    points[50_000] = 1.0
    series.append(np.arange(1, points.size + 1), points)
    view = View(left=0, right=5, bottom=0, top=1, width=500, height=100, log_across=True)

    columns = sketch(Seen(series), Axis.even(1), view).columns

    peak = columns[np.argmin(columns[:, 1])]
    assert peak[1] == 0
    assert peak[0] == int(100 * math.log10(50_001)) + 0.5


def test_that_time_goes_on_where_the_clock_was_set_back_and_the_time_of_day_never_does() -> None:
    start = Started(time=1000.0, device="cpu", pid=1, host="h", epochs=1, steps_per_epoch=100)
    times = [1010.0, 1020.0, 520.0, 530.0]  # set back by ten minutes
    record = Record().add(
        [start, *(Steps(time=time, first=at, values={"loss": [1.0]}) for at, time in enumerate(times, 1))]
    )

    assert_allclose(record.axis("time").place([1, 2, 3, 4]), [10, 20, 20, 30])
    assert_allclose(record.axis("clock").place([1, 2, 3, 4]), [1010, 1020, 1020, 1020])


def test_that_what_is_said_in_one_breath_takes_no_time() -> None:
    start = Started(time=0.0, device="cpu", pid=1, host="h", epochs=1, steps_per_epoch=100)
    both = [Steps(time=10.0, first=1, values={"norm": [1.0]}), Steps(time=10.0, first=1, values={"loss": [1.0] * 10})]

    record = Record().add([start, *both])

    assert_allclose(record.axis("time").place([1, 10]), [1, 10])


def test_that_values_of_single_steps_stand_in_their_order_among_those_of_many() -> None:
    norms = [
        Steps(time=1.0, first=1, values={"norm": [1.0]}),
        Sampled(time=2.0, step=5, values={"norm": 5.0}),
        Steps(time=3.0, first=9, values={"norm": [9.0, 10.0]}),
    ]

    assert_array_equal(Record().add(norms).steps["norm"].steps, [1, 5, 9, 10])
