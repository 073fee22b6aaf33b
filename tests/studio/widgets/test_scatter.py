"""A scatter plot names what is pointed at and chooses what is framed."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from studio.theme import DARK
from studio.widgets.scale import dimension
from studio.widgets.scatter import Cloud, Scatter, diameters, inks_of

LEFT = Qt.MouseButton.LeftButton
CLOUD = Cloud(
    x=dimension("x", "rate", [1.0, 2.0, 3.0, None]),
    y=dimension("y", "score", [1.0, 2.0, 3.0, 4.0]),
    color=dimension("c", "kind", ["a", "b", None, "a"]),
    size=dimension("s", "size", [1.0, 5.0, 10.0, 1.0]).set(log=False),
    names=["one", "two", "three", "four"],
)


@pytest.fixture
def scatter(qtbot: QtBot) -> Scatter:
    made = Scatter()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show_cloud(CLOUD)
    made.grab()
    return made


def test_that_a_frame_chooses_the_points_within(qtbot: QtBot, scatter: Scatter) -> None:
    start, end = scatter.position(0).toPoint() + QPoint(-8, 8), scatter.position(1).toPoint() + QPoint(8, -8)
    with qtbot.waitSignal(scatter.chosen) as told:
        qtbot.mousePress(scatter, LEFT, pos=start)
        qtbot.mouseMove(scatter, end)
        qtbot.mouseRelease(scatter, LEFT, pos=end)
    assert told.args[0].tolist() == [0, 1]


def test_that_a_click_chooses_the_point_and_beside_it_none(qtbot: QtBot, scatter: Scatter) -> None:
    for pos, places in ((scatter.position(2).toPoint(), [2]), (QPoint(200, 20), [])):
        with qtbot.waitSignal(scatter.chosen) as told:
            qtbot.mouseClick(scatter, LEFT, pos=pos)
        assert told.args[0].tolist() == places


def test_that_what_is_pointed_at_is_named_with_its_values(scatter: Scatter) -> None:
    assert scatter._near(scatter.position(1)) == 1
    assert scatter._said(1) == "two\nrate: 2\nscore: 2\nkind: b\nsize: 5"


def test_that_words_have_colors_of_their_own_and_nothing_is_gray() -> None:
    inks, which = inks_of(CLOUD, DARK)
    assert inks[which[0]] == inks[which[3]]
    assert inks[which[0]] != inks[which[1]]
    assert inks[which[2]].name() == DARK.disabled


def test_that_the_area_of_a_point_follows_its_size() -> None:
    small, middle, large, _ = diameters(CLOUD)
    assert small < middle < large
    assert (middle**2 - small**2) / (large**2 - small**2) == pytest.approx(4 / 9)


def test_that_without_marks_all_points_look_alike_and_with_marks_the_others_fade(scatter: Scatter) -> None:
    def strength(at: int) -> int:
        scatter.grab()
        assert scatter._picture is not None
        return scatter._picture.pixelColor(scatter.position(at).toPoint()).alpha()

    before = strength(1)
    scatter.mark(np.array([0]).tolist())
    assert strength(1) < before
