"""Where things lie, without a scene."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QPointF, QRectF, QSizeF

from studio.canvas.items.frame import grip_at
from studio.canvas.items.grid import CLOSEST, pitch_at
from studio.canvas.layout.geometry import (
    GRID,
    free_place,
    led_path,
    link_path,
    neighbor,
    node_size,
    port_place,
    snapped,
    spread,
)

number = some.floats(-5000, 5000)
points = some.builds(QPointF, number, number)


@given(start=points, end=points)
def test_that_a_wire_starts_and_ends_where_it_should(start: QPointF, end: QPointF) -> None:
    path = link_path(start, end)
    for place, point in ((0.0, start), (1.0, end)):
        assert (path.pointAtPercent(place) - point).manhattanLength() < 1e-3


@given(start=points, end=points)
def test_that_a_wire_leaves_downward_and_arrives_from_above(start: QPointF, end: QPointF) -> None:
    path = link_path(start, end)
    leaving, arriving = path.elementAt(1), path.elementAt(2)
    assert leaving.y > start.y() - 1e-6
    assert arriving.y < end.y() + 1e-6


@given(start=points, end=points, via=some.lists(points, max_size=3))
def test_that_a_led_wire_passes_every_point_on_its_way(start: QPointF, end: QPointF, via: list[QPointF]) -> None:
    path = led_path(start, via, end)
    stops = [path.elementAt(place) for place in range(0, path.elementCount(), 3)]
    assert [(stop.x, stop.y) for stop in stops] == [point.toTuple() for point in (start, *via, end)]
    assert path.elementAt(1).y > start.y()
    assert path.elementAt(path.elementCount() - 2).y < end.y()


@pytest.mark.parametrize(
    ("place", "grip"),
    [
        ((100, 10), "title"),
        ((100, 150), ""),
        ((0, 100), "left"),
        ((203, 302), "bottom right"),
        ((192, 292), "bottom right"),
        ((-3, 1), "top left"),
        ((-30, 1), ""),
    ],
)
def test_that_a_frame_is_taken_by_its_title_and_edges_and_not_inside(place: tuple[float, float], grip: str) -> None:
    assert grip_at(QRectF(0, 0, 200, 300), QPointF(*place), 5) == grip


@given(place=points)
def test_that_snapping_moves_by_at_most_half_the_grid(place: QPointF) -> None:
    near = snapped(place)
    assert abs(near.x() - place.x()) <= GRID / 2
    assert near.x() % GRID == 0 == near.y() % GRID


@pytest.mark.parametrize("count", [1, 2, 3, 6])
def test_that_ports_keep_apart_and_inside_their_box(count: int) -> None:
    size = node_size(count, 1)
    places = [port_place(size, place, count, output=False).x() for place in range(count)]
    assert all(0 < place < size.width() for place in places)
    assert all(other - one >= 40 for one, other in pairwise(places))


def test_that_wires_into_one_port_are_spread_around_its_middle() -> None:
    assert sum(spread(place, 5) for place in range(5)) == 0
    assert spread(0, 1) == 0


def test_that_a_new_box_covers_no_other() -> None:
    taken = [QRectF(0, 100 * row, 200, 60) for row in range(5)]
    place = free_place(QPointF(10, 90), taken, QSizeF(200, 56))
    assert not any(box.intersects(QRectF(place, QSizeF(200, 56))) for box in taken)


def test_that_the_neighbor_is_the_one_along_the_row() -> None:
    others = {"near": QPointF(300, 10), "below": QPointF(50, 200), "far": QPointF(900, 0)}
    assert neighbor(QPointF(0, 0), others, rightward=True) == "near"
    assert neighbor(QPointF(0, 0), others, rightward=False) is None


@given(zoom=some.floats(0.04, 4.0))
def test_that_the_dots_of_the_paper_never_crowd(zoom: float) -> None:
    assert pitch_at(zoom) * zoom >= CLOSEST - 1e-6
