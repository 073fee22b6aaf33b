"""A plane: what is under the pointer is read, what is framed is chosen, and a zoom holds its place."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from studio.theme import LIGHT
from studio.widgets.card import Told
from studio.widgets.plane import Axis, Bars, Dots, Easel, Fan, Field, Fill, Frame, Line, Plane, Scene, axis_over
from studio.widgets.plane.layer import Layer
from studio.widgets.plane.lines import turned
from studio.widgets.plane.sheets import Sheet
from studio.widgets.plane.sight import Sight

LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
FINITE = st.floats(-1e6, 1e6)


def dots(x: list[float], y: list[float], shapes: list[int] | None = None) -> Dots:
    count = len(x)
    return Dots(
        x=np.array(x, float),
        y=np.array(y, float),
        shapes=np.array(shapes or [0] * count),
        inks=np.zeros(count, np.int64),
        palette=lambda colors: [QColor(colors.text)],
    )


@pytest.fixture
def plane(qtbot: QtBot) -> Plane:
    """Four points in the corners of a square, and a fifth without a value."""
    made = Plane(tell=lambda thing: Told(title=f"thing {thing}"))
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    frame = Frame(x=Axis(title="x").over(-1, 2), y=Axis(title="y").over(-1, 2), lane="no value")
    layer = dots([0, 1, 0, 1, 0.5], [0, 0, 1, 1, math.nan])
    made.show_scene(Scene(frame=frame, layers=(layer,), count=5))
    qtbot.waitUntil(lambda: made.settled)
    return made


def spot(plane: Plane, x: float, y: float) -> QPoint:
    sight = plane.sight()
    return QPoint(round(float(sight.across(x))), round(float(sight.down(y))))


def heard(plane: Plane) -> list[list[int]]:
    found: list[list[int]] = []
    plane.chosen.connect(lambda places: found.append(places.tolist()))
    return found


def drag(qtbot: QtBot, plane: Plane, first: QPoint, last: QPoint, keys: Any = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.mousePress(plane, LEFT, keys, first)
    qtbot.mouseMove(plane, (first + last) / 2)
    qtbot.mouseMove(plane, last)
    qtbot.mouseRelease(plane, LEFT, keys, last)


def test_that_a_click_chooses_a_thing_and_a_click_on_nothing_chooses_none(qtbot: QtBot, plane: Plane) -> None:
    told = heard(plane)
    qtbot.mouseClick(plane, LEFT, pos=spot(plane, 1, 0))
    qtbot.mouseClick(plane, LEFT, pos=spot(plane, 0.5, 0.5))
    assert told == [[1], []]


def test_that_a_frame_chooses_what_is_within_and_control_adds_to_it(qtbot: QtBot, plane: Plane) -> None:
    told = heard(plane)
    drag(qtbot, plane, spot(plane, -0.5, 1.5), spot(plane, 1.5, 0.5))
    assert told[-1] == [2, 3]
    plane.mark([2, 3])
    qtbot.mouseClick(plane, LEFT, CONTROL, spot(plane, 0, 0))
    assert told[-1] == [0, 2, 3]
    qtbot.mouseClick(plane, LEFT, CONTROL, spot(plane, 0, 1))
    assert told[-1] == [3]


def test_that_what_has_no_value_is_read_in_its_lane(qtbot: QtBot, plane: Plane) -> None:
    sight = plane.sight()
    qtbot.mouseMove(plane, QPoint(round(float(sight.across(0.5))), round(sight.lane)))
    assert plane.hover == 4
    assert plane.card == Told(title="thing 4")


def test_that_a_drag_with_shift_moves_what_is_seen_and_a_double_click_shows_all(qtbot: QtBot, plane: Plane) -> None:
    before = plane.sight()
    drag(qtbot, plane, spot(plane, 0.5, 0.5), spot(plane, 0.5, 0.5) + QPoint(40, 0), SHIFT)
    moved = plane.sight()
    assert moved.left < before.left
    assert moved.right - moved.left == pytest.approx(before.right - before.left)
    qtbot.mouseDClick(plane, LEFT, pos=spot(plane, 0.5, 0.5))
    assert not plane.zoomed


def test_that_keys_walk_choose_open_and_zoom(qtbot: QtBot, plane: Plane) -> None:
    told = heard(plane)
    opened: list[int] = []
    plane.opened.connect(opened.append)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(plane, key)
    order = plane.order().tolist()
    assert told == [[order[1]]]
    assert opened == [order[1]]
    qtbot.keyClick(plane, Qt.Key.Key_Plus)
    assert plane.zoomed
    qtbot.keyClick(plane, Qt.Key.Key_0)
    assert not plane.zoomed


def test_that_a_hidden_thing_is_neither_read_nor_chosen(qtbot: QtBot, plane: Plane) -> None:
    assert plane.scene is not None
    hidden = dots([0, 1, 0, 1, 0.5], [0, 0, 1, 1, 0.5], [0, -1, 0, 0, 0])
    plane.show_scene(Scene(frame=plane.scene.frame, layers=(hidden,), count=5))
    assert plane.near(QPointF(spot(plane, 1, 0))) == -1
    assert 1 not in plane.inside(QRectF(plane.rect())).tolist()


def test_that_a_theme_that_changes_draws_all_anew(qtbot: QtBot, plane: Plane) -> None:
    before = plane.levels.sheets["things"]
    palette = plane.palette()
    palette.setColor(palette.ColorRole.Dark, QColor("#ffffff"))
    plane.setPalette(palette)
    assert plane.levels.sheets["things"] is not before


@given(FINITE, FINITE, st.floats(0.01, 100), st.floats(0.01, 100), st.floats(0.05, 20))
def test_that_a_zoom_leaves_its_place_where_it_is(
    left: float, bottom: float, wide: float, high: float, share: float
) -> None:
    sight = Sight(area=QRectF(60, 10, 400, 300), left=left, right=left + wide, bottom=bottom, top=bottom + high)
    at = sight.place(200, 100)
    zoomed = sight.zoomed(share, share, at)
    assert float(zoomed.across(at[0])) == pytest.approx(200, abs=0.5)
    assert float(zoomed.down(at[1])) == pytest.approx(100, abs=0.5)


@given(st.floats(1e-9, 1e9), st.floats(1.001, 1e6), st.integers(2, 12), st.booleans())
def test_that_ticks_lie_within_what_is_seen(low: float, ratio: float, most: int, log: bool) -> None:
    axis = axis_over(Axis(log=log), [low, low * ratio])
    ticks = axis.ticks(axis.low, axis.high, most)
    assert all(axis.low - 1e-6 <= at <= axis.high + 1e-6 for at, _ in ticks)
    assert len(ticks) <= 4 * most


def test_that_there_is_no_tick_between_whole_numbers() -> None:
    axis = Axis(form="whole").over(0, 3)
    assert [words for _, words in axis.ticks(0, 3, 20)] == ["0", "1", "2", "3"]


def test_that_an_axis_leaves_out_what_lies_far_out_only_where_asked() -> None:
    values = [*np.linspace(0, 1, 50), 1e9, math.inf, math.nan]
    assert axis_over(Axis(), values, robust=True).high < 2
    assert axis_over(Axis(), values).high > 1e9


def test_that_steps_turn_at_the_later_or_the_earlier_point() -> None:
    x, y = np.array([0.0, 1.0]), np.array([5.0, 7.0])
    assert [one.tolist() for one in turned(x, y, "after")] == [[0, 1, 1], [5, 5, 7]]
    assert [one.tolist() for one in turned(x, y, "before")] == [[0, 0, 1], [5, 7, 7]]


def drawn(layer: Layer, *, frame: Frame, only: Any = None) -> QImage:
    sight = frame.sight(QSizeF(200, 160))
    image = QImage(QSize(200, 160), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    for step in layer.steps(sight, LIGHT, only):
        step(painter)
    painter.end()
    return image


def seen(image: QImage, frame: Frame, x: float, y: float) -> bool:
    sight = frame.sight(QSizeF(200, 160))
    return image.pixelColor(round(float(sight.across(x))), round(float(sight.down(y)))).alpha() > 0


UNIT = Frame(x=Axis().over(0, 1), y=Axis().over(0, 1), small=True)


def test_that_a_field_is_painted_only_where_something_is_known() -> None:
    tones = np.array([[0.5, np.nan], [np.nan, 0.5]])
    image = drawn(Field(left=0, right=1, bottom=0, top=1, tones=tones, smooth=False), frame=UNIT)
    assert seen(image, UNIT, 0.25, 0.25)
    assert seen(image, UNIT, 0.75, 0.75)
    assert not seen(image, UNIT, 0.25, 0.75)
    assert not seen(image, UNIT, 0.75, 0.25)


@pytest.mark.parametrize("count", [5, 200])
def test_that_curves_are_drawn_where_they_run_few_or_many(count: int) -> None:
    y = np.full((count, 3), 0.5)
    y[:, 2] = np.nan
    fan = Fan(x=np.array([0.0, 0.5, 1.0]), y=y, tones=np.ones(count), faded=np.zeros(count, bool))
    image = drawn(fan, frame=UNIT)
    assert seen(image, UNIT, 0.25, 0.5)
    assert not seen(image, UNIT, 0.75, 0.5)
    assert not seen(drawn(fan, frame=UNIT, only=np.zeros(count, bool)), UNIT, 0.25, 0.5)


@pytest.mark.parametrize("count", [5, 200, 700])
def test_that_curves_are_drawn_where_they_run_when_a_part_of_them_is_seen(count: int) -> None:
    close = Frame(x=Axis().over(0.3, 0.4), y=Axis().over(0.30, 0.36), small=True)
    y = np.tile([0.0, 1.0, 0.2, 0.9], (count, 1))  # all steps but one lie beside the picture, and all values beyond it
    fan = Fan(x=np.array([0.0, 1.0, 2.0, 3.0]), y=y, tones=np.ones(count), faded=np.zeros(count, bool))
    image = drawn(fan, frame=close)
    assert seen(image, close, 0.33, 0.33)
    assert not seen(image, close, 0.31, 0.35)
    assert not seen(image, close, 0.37, 0.31)


def test_that_of_two_curves_the_nearer_is_read_and_none_beyond_its_end() -> None:
    y = np.array([[0.2, 0.2, np.nan], [0.8, 0.8, 0.8]])
    fan = Fan(x=np.array([0.0, 0.5, 1.0]), y=y, tones=np.ones(2), faded=np.zeros(2, bool))
    sight = UNIT.sight(QSizeF(400, 300))
    assert fan.near(sight, float(sight.across(0.25)), float(sight.down(0.21))) == 0
    assert fan.near(sight, float(sight.across(0.9)), float(sight.down(0.2))) == -1
    assert fan.near(sight, float(sight.across(0.9)), float(sight.down(0.8))) == 1


def test_that_a_bar_is_read_between_its_ends_on_its_row() -> None:
    bars = Bars(
        start=np.array([0.0, 0.6]),
        end=np.array([0.4, 1.0]),
        row=np.array([0.0, 1.0]),
        kinds=np.zeros(2, np.int64),
        fills=lambda colors: [Fill(QColor(colors.text))],
    )
    frame = Frame(x=Axis().over(0, 1), y=Axis(words=("a", "b")).over(-0.5, 1.5))
    sight = frame.sight(QSizeF(500, 300))
    assert bars.near(sight, float(sight.across(0.2)), float(sight.down(0))) == 0
    assert bars.near(sight, float(sight.across(0.2)), float(sight.down(1))) == -1
    assert bars.near(sight, float(sight.across(0.5)), float(sight.down(0))) == -1
    assert bars.inside(sight, QRectF(0, 0, 500, 300)).tolist() == [0, 1]


def test_that_a_line_has_a_gap_where_it_has_no_value() -> None:
    line = Line(x=np.array([0, 0.4, 0.5, 0.6, 1.0]), y=np.array([0.5, 0.5, np.nan, 0.5, 0.5]), ink=lambda one: one.text)
    image = drawn(line, frame=UNIT)
    assert seen(image, UNIT, 0.2, 0.5)
    assert not seen(image, UNIT, 0.5, 0.5)


def test_that_a_sheet_drawn_in_pieces_is_the_sheet_drawn_at_once(qtbot: QtBot) -> None:
    chance = np.random.default_rng(0)
    layer = dots(chance.random(3000).tolist(), chance.random(3000).tolist())
    size, sight = QSize(300, 200), UNIT.sight(QSizeF(300, 200))
    pieces, whole = (Sheet(size, sight, layer.steps(sight, LIGHT)) for _ in range(2))
    count = 0
    while not pieces.done:
        pieces.advance(0)  # the time is over at once: one step
        count += 1
    whole.advance(math.inf)
    assert count > 2
    assert pieces.image == whole.image


def test_that_what_is_not_seen_is_not_drawn_and_costs_no_turns(qtbot: QtBot) -> None:
    easel = Easel()
    plane = Plane(easel=easel)
    qtbot.addWidget(plane)
    plane.show_scene(Scene(frame=UNIT, layers=(dots([0.5], [0.5]),), count=1))
    qtbot.waitUntil(lambda: not easel._timer.isActive())
    assert not plane.settled
    plane.show()
    qtbot.waitUntil(lambda: plane.settled)
