"""Wires that go around boxes."""

from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QPointF, QRectF

from engine.spec import Link
from studio.canvas.layout.geometry import crosses
from studio.canvas.layout.lanes import Lane, lane_beside, lane_path, shares
from tests.studio.canvas.layers import wire

START, END = QPointF(0, 0), QPointF(0, 400)


@given(across=some.integers(-90, 90))
def test_that_a_lane_passes_the_box_on_the_nearer_side(across: int) -> None:
    box = QRectF(-100 + across, 150, 200, 60)
    lane = lane_beside(START, END, [box], lambda strip: False)
    assert lane.side == (1 if across <= 0 else -1)
    assert not crosses(lane_path(START, END, lane, 0.0), box)


def test_that_a_lane_where_a_box_stands_is_not_taken() -> None:
    box, beside = QRectF(-110, 150, 200, 60), QRectF(95, 150, 200, 60)
    lane = lane_beside(START, END, [box], beside.intersects)
    assert lane.side == -1


def test_that_parallel_wires_of_two_sources_run_beside_each_other_and_of_one_on_each_other() -> None:
    lane = Lane(120.0, 100.0, 300.0, 1)
    one, other, fellow = wire("a", "d"), wire("b", "d"), wire("a", "e")
    found = shares(dict.fromkeys((one, other, fellow), lane))
    assert found[one] == found[fellow] != found[other]


def test_that_wires_that_follow_each_other_share_the_middle_of_a_lane() -> None:
    upper, lower = Lane(120.0, 100.0, 300.0, 1), Lane(120.0, 400.0, 600.0, 1)
    assert set(shares({wire("a", "b"): upper, wire("c", "d"): lower}).values()) == {0.0}


@given(order=some.permutations([wire("a", "d"), wire("b", "d"), wire("c", "e")]))
def test_that_shares_do_not_depend_on_which_wire_came_first(order: list[Link]) -> None:
    tops = {"a": 100.0, "b": 120.0, "c": 90.0}
    lanes = {link: Lane(120.0, tops[link.source], 300.0, -1) for link in order}
    assert shares(lanes) == shares(dict(sorted(lanes.items(), key=lambda pair: pair[0].ends)))
