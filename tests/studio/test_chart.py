"""The chart as a person uses it: what is seen, what the pointer reads, and what is remembered."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.curves import Axis, Series
from studio.settings import Settings
from studio.theme import DARK, LIGHT, Theme
from studio.widgets.chart import Chart, Curve, Group, Look, Plot

Make = Callable[..., Chart]


class Even:
    """Ten steps an epoch."""

    def axis(self, along: str) -> Axis:
        return Axis.even(10 if along == "epoch" else 1)


def curve(key: str, values: list[float], *, color: int = 0, dots: bool = False) -> Curve:
    series = Series()
    series.append(np.arange(len(values)) + 1, values)
    return Curve(key=key, name=f"curve {key}", series=series, placed=Even(), color=color, dots=dots)


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Make:
    Theme(qapp, "dark")

    def chart(*curves: Curve, shown: bool = True) -> Chart:
        made = Chart("Loss", key="test", memory=Settings(tmp_path))
        qtbot.addWidget(made)
        made.resize(600, 400)
        for one in curves:
            made.add(one)
        if shown:
            made.show()
            qtbot.waitExposed(made)
        made.plot.draw()
        return made

    return chart


def point_at(chart: Chart, place: float) -> None:
    """Move the pointer over a place along the chart."""
    box = chart.plot.box
    middle = sum(chart.plot.seen()[1]) / 2
    chart.plot.scene().sigMouseMoved.emit(box.mapViewToScene(QPointF(place, middle)))


def test_that_everything_is_in_view_at_first(make: Make) -> None:
    chart = make(curve("a", [3.0, 1.0, 2.0]))

    (left, right), (bottom, top) = chart.plot.seen()

    assert left <= 1
    assert right >= 3
    assert bottom < 1
    assert top > 3


def test_that_new_points_come_into_view_by_themselves(make: Make, qtbot: QtBot) -> None:
    one = curve("a", [1.0] * 10)
    chart = make(one)
    one.series.append(np.arange(11, 501), [5.0] * 490)

    chart.touch()

    qtbot.waitUntil(lambda: chart.plot.seen()[0][1] >= 500 and chart.plot.seen()[1][1] > 5)


def zoom(chart: Chart) -> None:
    box = chart.plot.box
    box.setRange(xRange=(2, 4), yRange=(0, 1), padding=0)
    box.sigRangeChangedManually.emit(box.state["mouseEnabled"])


def test_that_a_person_s_zoom_stays_while_points_arrive(make: Make) -> None:
    one = curve("a", [1.0] * 10)
    chart = make(one)
    zoom(chart)
    one.series.append(np.arange(11, 501), [5.0] * 490)

    chart.plot.draw()

    assert chart.plot.seen()[0] == pytest.approx((2, 4))
    assert chart.fit_button.isVisible()


def test_that_a_double_click_shows_everything_again(make: Make, qtbot: QtBot) -> None:
    chart = make(curve("a", [1.0] * 10))
    zoom(chart)

    qtbot.mouseDClick(chart.plot.viewport(), Qt.MouseButton.LeftButton)
    chart.plot.draw()

    assert chart.plot.seen()[0][1] >= 10
    assert not chart.fit_button.isVisible()


def test_that_the_pointer_reads_every_curve_at_the_nearest_step(make: Make) -> None:
    chart = make(curve("a", [0.25, 0.5, 0.75]), curve("b", [3.0, 2.0, 1.0], dots=True))
    chart.slider.setValue(0)

    point_at(chart, 2.1)

    assert chart.plot.readout.lines == ("Step 2", "curve b 2.000", "curve a 0.5000")


def test_that_a_curve_that_ended_before_the_pointer_is_not_read(make: Make) -> None:
    chart = make(curve("short", [1.0] * 10), curve("long", [2.0] * 100))

    point_at(chart, 80)

    assert [line.split()[1] for line in chart.plot.readout.lines[1:]] == ["long"]


def test_that_a_smoothed_curve_reads_its_raw_value_beside(make: Make) -> None:
    chart = make(curve("a", [0.0, 1.0] * 50))
    chart.slider.setValue(20)
    chart.plot.draw()

    point_at(chart, 100)

    assert chart.plot.look.span == 100
    reading = chart.plot.crosshair.readings[0]
    assert reading.beside == "1.000"
    assert float(reading.value) == pytest.approx(0.5, abs=0.05)


def test_that_a_click_on_a_name_hides_its_curve(make: Make) -> None:
    chart = make(curve("low", [1.0] * 5), curve("high", [100.0] * 5))

    chart.legend.chips["high"].click()
    chart.plot.draw()

    assert chart.plot.seen()[1][1] < 100


def test_that_how_a_chart_is_looked_at_is_remembered(make: Make) -> None:
    first = make(curve("a", [1.0, 10.0, 100.0]))
    first.log_button.click()
    first.slider.setValue(0)
    first.box.setCurrentIndex(1)
    first.box.activated.emit(1)

    second = make(curve("a", [1.0, 10.0, 100.0]))

    assert second.plot.look.log
    assert second.plot.look.span == 1
    assert second.plot.look.along == "epoch"
    assert second.plot.seen()[1] == pytest.approx((-0.12, 2.12))


def test_that_a_log_chart_shows_positive_values_where_there_are_others(make: Make) -> None:
    chart = make(curve("a", [0.0, 0.01, 1.0, -3.0]))

    chart.log_button.click()
    chart.plot.draw()

    assert chart.plot.seen()[1] == pytest.approx((-2.12, 0.12))


def test_that_a_curve_changes_its_color_with_the_theme(make: Make, qapp: QApplication) -> None:
    chart = make(curve("a", [1.0, 2.0], color=3))
    theme = Theme(qapp, "dark")
    before = chart.plot.traces["a"].ink

    theme.set_mode("light")

    assert (before, chart.plot.traces["a"].ink) == (DARK.series[3], LIGHT.series[3])


def test_that_a_curve_is_painted_in_its_color(make: Make) -> None:
    chart = make(curve("a", [0.0, 1.0] * 200, color=2))
    chart.slider.setValue(0)
    chart.plot.draw()

    picture = chart.plot.grab().toImage()

    shades = {picture.pixelColor(x, y).name() for x in range(60, 580, 4) for y in range(20, 200, 2)}
    assert DARK.series[2] in shades


def test_that_points_for_a_hidden_chart_cause_no_work(make: Make, qtbot: QtBot) -> None:
    one = curve("a", [1.0] * 10)
    chart = make(one, shown=False)
    one.series.append([11], [9.0])
    before = chart.plot.seen()

    chart.touch()
    QApplication.processEvents()
    assert chart.plot.seen() == before
    chart.show()
    qtbot.waitExposed(chart)

    assert chart.plot.seen()[1][1] > 9


def test_that_showing_other_curves_keeps_those_that_stay(make: Make) -> None:
    one, other, third = (curve(key, [1.0, 2.0]) for key in "abc")
    chart = make(one, other)
    chart.legend.chips["b"].click()

    chart.show_curves([other, third])

    assert chart.keys == ("b", "c")
    assert not chart.plot.traces["b"].shown


@pytest.fixture
def plot(make: Make) -> Iterator[Plot]:
    chart = make(curve("a", [1.0]))
    yield chart.plot
    chart.hide()


def test_that_ten_curves_next_to_the_pointer_are_read_as_they_lie_and_the_rest_counted(make: Make) -> None:
    chart = make(*(curve(f"{at:02}", [float(at)] * 9) for at in range(40)))
    box = chart.plot.box

    chart.plot.scene().sigMouseMoved.emit(box.mapViewToScene(QPointF(5, 20.2)))

    names = [line.split()[1] for line in chart.plot.readout.lines[1:]]
    assert names == [f"{at:02}" for at in range(25, 15, -1)]
    assert chart.plot.pointer.spotlight.trace is chart.plot.traces["20"]


def test_that_a_value_that_is_no_number_is_read_as_such(plot: Plot) -> None:
    plot.set_curves([curve("a", [0.5, float("nan"), float("inf"), 0.25])])
    plot.draw()

    for step, words in ((2, "NaN"), (3, "∞")):
        box = plot.box
        plot.pointer.over(box.mapFromScene(box.mapViewToScene(QPointF(step, 0.4))))
        assert plot.readout.lines[1] == f"curve a {words}"


def test_that_what_is_clipped_is_said(plot: Plot) -> None:
    plot.set_curves([curve("a", [*np.linspace(0, 1, 200), 9000.0])])

    plot.set_look(Look(robust=True))
    plot.draw()

    assert plot.seen()[1][1] < 2
    assert plot.said.text() == "↑ 1 point above, up to 9,000"


def test_that_places_can_be_logarithmic(plot: Plot) -> None:
    plot.set_curves([curve("a", [1.0] * 1000)])

    plot.set_look(Look(log_across=True))
    plot.draw()

    assert plot.seen()[0] == pytest.approx((0, 3.018))


def test_that_a_group_is_read_as_mean_and_spread_and_its_members_stand_back(plot: Plot) -> None:
    plot.set_curves(
        [curve("a", [1.0] * 5), curve("b", [3.0] * 5)],
        [Group(key="g", name="both", members=("a", "b"), color=4)],
    )
    plot.set_look(Look(spread="range"))
    plot.draw()
    box = plot.box

    plot.pointer.over(box.mapFromScene(box.mapViewToScene(QPointF(3, 2))))

    assert plot.readout.lines == ("Step 3", "both 2.000")
    assert plot.crosshair.readings[0].beside == "1 to 3"
    assert all(trace.faint for trace in plot.traces.values())


def test_that_a_stretch_shows_all_values_in_it(plot: Plot) -> None:
    plot.set_curves([curve("a", [100.0] * 10 + [1.0, 2.0] * 10)])

    plot.show_stretch((12.0, 20.0))
    plot.draw()

    assert plot.seen()[0] == pytest.approx((12, 20))
    assert plot.seen()[1] == pytest.approx((0.94, 2.06))


def test_that_the_others_stand_back_behind_a_lit_curve(plot: Plot) -> None:
    plot.set_curves([curve("a", [1.0, 2.0]), curve("b", [2.0, 1.0], color=1)])

    plot.set_lit("b")

    assert plot.traces["b"].ink == DARK.series[1]
    assert plot.traces["a"].ink != DARK.series[0]


def test_that_many_curves_are_painted_once_and_then_kept_as_a_picture(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart = make(*(curve(f"{at}", [float(at), 1.0]) for at in range(20)))
    drawn(chart.plot)
    painted: list[int] = []
    monkeypatch.setattr("studio.widgets.chart.trace.Trace.paint_front", lambda *_, **__: painted.append(1))

    chart.plot.grab()
    point_at(chart, 1)
    drawn(chart.plot)
    assert len(painted) <= 1  # the one that the pointer is next to
    chart.plot.set_lit("3")
    drawn(chart.plot)

    assert len(painted) >= 20


def test_that_until_a_picture_of_many_curves_is_whole_the_one_before_is_seen(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart = make(*(curve(f"{at}", [float(at), 1.0]) for at in range(20)))
    whole = drawn(chart.plot)
    monkeypatch.setattr("studio.widgets.chart.plot.SHARE", 0.0)  # so that a look paints one curve

    chart.plot.set_lit("3")
    chart.plot.draw()

    assert not chart.plot.settled
    assert chart.plot.grab().toImage() == whole
    assert drawn(chart.plot) != whole


def drawn(plot: Plot) -> QImage:
    """What is seen once everything is painted."""
    plot.draw()
    while not plot.settled:
        plot.draw()
    seen: QImage = plot.grab().toImage()
    return seen
