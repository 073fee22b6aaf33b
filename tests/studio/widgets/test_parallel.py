"""Parallel coordinates: brushes choose, axes are carried, and what is drawn can be taken away again."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from studio.widgets.parallel import Brushes, Parallel
from studio.widgets.parallel.raster import Raster, table_of
from studio.widgets.ramp import mixed
from studio.widgets.scale import dimension

COUNT = 50
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def plot(qtbot: QtBot) -> Parallel:
    """Fifty things: a rate, a kind of which there are two, and a score that some do not have."""
    made = Parallel()
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    rates = [10 ** (-4 + 3 * at / (COUNT - 1)) for at in range(COUNT)]
    kinds = ["even" if at % 2 == 0 else "odd" for at in range(COUNT)]
    scores = [None if at < 5 else at / COUNT for at in range(COUNT)]
    axes = [dimension("rate", "rate", rates), dimension("kind", "kind", kinds), dimension("score", "score", scores)]
    made.show_things(axes, color=axes[2], names=[f"thing {at}" for at in range(COUNT)])
    qtbot.waitUntil(lambda: made.settled)
    return made


def drag(qtbot: QtBot, plot: Parallel, *points: tuple[float, float]) -> None:
    first, *rest = (QPoint(round(x), round(y)) for x, y in points)
    qtbot.mousePress(plot, LEFT, pos=first)
    for one in rest:
        qtbot.mouseMove(plot, one)
    qtbot.mouseRelease(plot, LEFT, pos=rest[-1] if rest else first)


def brush(qtbot: QtBot, plot: Parallel, axis: int, low: float, high: float) -> None:
    frame = plot.frame()
    x = frame.across(axis)
    drag(qtbot, plot, (x, frame.down(low)), (x, frame.down((low + high) / 2)), (x, frame.down(high)))


def chosen(plot: Parallel) -> list[int]:
    return np.flatnonzero(plot.chosen()).tolist()


def test_that_a_drag_along_an_axis_chooses_what_lies_there(qtbot: QtBot, plot: Parallel) -> None:
    told: list[Any] = []
    plot.brushed.connect(told.append)
    brush(qtbot, plot, 0, 0.5, 1.0)
    assert chosen(plot) == told[-1].tolist() == list(range(25, 50))


def test_that_brushes_on_one_axis_add_and_over_axes_narrow_down(qtbot: QtBot, plot: Parallel) -> None:
    brush(qtbot, plot, 0, 0.0, 0.1)
    brush(qtbot, plot, 0, 0.9, 1.0)
    assert chosen(plot) == [0, 1, 2, 3, 4, 45, 46, 47, 48, 49]
    brush(qtbot, plot, 1, 0.1, 0.4)
    assert chosen(plot) == [0, 2, 4, 46, 48]


def test_that_a_brush_is_carried_and_its_ends_are_pulled(qtbot: QtBot, plot: Parallel) -> None:
    brush(qtbot, plot, 0, 0.2, 0.4)
    frame = plot.frame()
    x = frame.across(0)
    drag(qtbot, plot, (x, frame.down(0.3)), (x, frame.down(0.6)))
    assert plot.brushes.of("rate")[0] == pytest.approx((0.5, 0.7), abs=0.02)
    drag(qtbot, plot, (x, frame.down(0.7)), (x, frame.down(0.9)))
    assert plot.brushes.of("rate")[0] == pytest.approx((0.5, 0.9), abs=0.02)


def test_that_a_click_beside_a_brush_lets_the_axis_go(qtbot: QtBot, plot: Parallel) -> None:
    brush(qtbot, plot, 0, 0.2, 0.4)
    with qtbot.waitSignal(plot.brushed) as told:
        drag(qtbot, plot, (plot.frame().across(0), plot.frame().down(0.9)))
    assert told.args == [None]
    assert len(chosen(plot)) == COUNT


def test_that_what_has_no_value_is_in_no_brush(qtbot: QtBot, plot: Parallel) -> None:
    brush(qtbot, plot, 2, 0.0, 1.0)
    assert chosen(plot) == list(range(5, 50))


def test_that_an_axis_is_carried_by_its_title_and_keeps_its_brush(qtbot: QtBot, plot: Parallel) -> None:
    brush(qtbot, plot, 0, 0.5, 1.0)
    frame = plot.frame()
    with qtbot.waitSignal(plot.arranged):
        drag(qtbot, plot, (frame.across(0), 10), (frame.across(1), 10), (frame.across(2) - 5, 10))
    assert [one.key for one in plot.dimensions] == ["kind", "score", "rate"]
    assert chosen(plot) == list(range(25, 50))


def test_that_a_double_click_on_a_title_flips_the_axis(qtbot: QtBot, plot: Parallel) -> None:
    before = plot.dimensions[0].places()
    qtbot.mouseDClick(plot, LEFT, pos=QPoint(round(plot.frame().across(0)), 10))
    assert plot.dimensions[0].places() == pytest.approx(1 - before)


def test_that_the_keys_do_what_the_mouse_does(qtbot: QtBot, plot: Parallel) -> None:
    qtbot.keyClick(plot, Qt.Key.Key_Up)
    assert plot.brushes.of("rate")[0] == pytest.approx((0.8, 1.0))
    qtbot.keyClick(plot, Qt.Key.Key_Down)
    assert plot.brushes.of("rate")[0] == pytest.approx((0.75, 0.95))
    qtbot.keyClick(plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert [one.key for one in plot.dimensions] == ["kind", "rate", "score"]
    qtbot.keyClick(plot, Qt.Key.Key_Delete)
    assert not plot.brushes


def test_that_brushed_lines_are_drawn_and_others_are_not(qtbot: QtBot, plot: Parallel) -> None:
    for brushes in (Brushes({"rate": ((0.0, 0.2),)}), Brushes({"rate": ((0.0, 0.9),)}), Brushes({"kind": ((0, 0.5),)})):
        plot.set_brushes(brushes)
        qtbot.waitUntil(lambda: plot.settled)
        assert plot.sheet.ink is not None
        table = table_of([mixed("#ffffff", "#000000", 1.0)] * 64, 0.5)
        fresh = plot.sheet.ink._some.blank()
        fresh.add(plot.sheet.down[plot.chosen()], plot.sheet.ink._tones[plot.chosen()])
        assert plot.sheet.ink.some(table) == fresh.picture(table)


lines = st.lists(st.tuples(*[st.floats(0, 80)] * 3, st.floats(0, 1)), min_size=1, max_size=20)


@settings(max_examples=25)
@given(lines, lines, st.booleans())
def test_that_taking_lines_away_leaves_what_was_there_before(kept: list[Any], gone: list[Any], smooth: bool) -> None:
    raster = Raster(100, 80, [5, 40.5, 95], smooth=smooth)
    one, other = (np.array(some) for some in (kept, gone))
    raster.add(one[:, :3], one[:, 3])
    before = [span.edges.copy() for span in raster.spans]
    raster.add(other[:, :3], other[:, 3])
    raster.add(other[:, :3], other[:, 3], sign=-1)
    assert all((span.edges == edges).all() for span, edges in zip(raster.spans, before, strict=True))


@pytest.mark.parametrize("smooth", [True, False])
def test_that_a_line_lies_where_it_should_in_its_color(smooth: bool) -> None:
    raster = Raster(101, 101, [0, 100], smooth=smooth)
    raster.add(np.array([[20.0, 60.0]]), np.array([1.0]))
    image = raster.picture(table_of([mixed("#ffffff", "#000000", at / 63) for at in range(64)], 1.0))
    lit: Callable[[int], list[int]] = lambda x: [y for y in range(101) if image.pixelColor(x, y).alpha() > 100]  # noqa: E731
    for x in (1, 50, 98):
        assert lit(x), x
        assert abs(np.mean(lit(x)) + 0.5 - (20 + 0.4 * x)) <= 1
    assert image.pixelColor(50, lit(50)[0]).name() == "#ffffff"


@pytest.mark.parametrize("smooth", [True, False])
def test_that_lines_out_of_sight_leave_no_trace_and_one_that_leaves_it_keeps_its_slope(smooth: bool) -> None:
    raster, table = Raster(101, 101, [0, 50, 100], smooth=smooth), table_of([QColor("black")] * 64, 1.0)
    blank = raster.picture(table)
    raster.add(np.array([[-400.0, -5000.0, -90.0], [300.0, 1e6, 250.0]]), np.array([1.0, 0.5]))
    assert raster.picture(table) == blank
    raster.add(np.array([[50.0, 1050.0, 1050.0]]), np.array([1.0]))  # twenty pixels down for one to the right
    image = raster.picture(table)
    assert image.pixelColor(2, 85).alpha()
    assert not any(image.pixelColor(x, 85).alpha() for x in range(4, 101))


def test_that_brushes_that_touch_become_one() -> None:
    joined = Brushes().put("a", (0.5, 0.2), (0.4, 0.7), (0.9, 1.2))
    assert joined.of("a") == ((0.2, 0.7), (0.9, 1.0))
    assert not joined.put("a")
    assert joined.only(["b"]).of("a") == ()
