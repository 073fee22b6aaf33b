"""Snapping, aligning, distributing."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt

from engine.spec import Graph, Node
from studio.canvas.layout.geometry import GRID
from studio.canvas.layout.lining import aligned, distributed
from studio.canvas.layout.snapping import Neighbors, snap
from tests.studio.canvas.conftest import Desk

Make = Callable[[Graph], Desk]
SHIFT = Qt.KeyboardModifier.ShiftModifier
BOXES = {"a": QRectF(3, 5, 40, 20), "b": QRectF(100, 50, 60, 40), "c": QRectF(260, 20, 40, 20)}
BESIDE = Neighbors(BOXES.values())


def test_that_a_box_is_drawn_to_the_nearest_edge_within_reach_and_a_guide_shows_it() -> None:
    found = snap(QRectF(105, 300, 60, 40), BESIDE, 6)
    assert found.shift == QPointF(-5, 4)
    assert [(line.x1(), line.y1(), line.y2()) for line in found.guides] == [(130, 50, 344)]
    edges = snap(QRectF(105, 300, 30, 40), BESIDE, 6).guides
    assert [(line.x1(), line.y1(), line.y2()) for line in edges] == [(100, 50, 344)]


def test_that_without_reach_there_is_the_grid_alone() -> None:
    assert snap(QRectF(105, 300, 60, 40), BESIDE, 0).shift == QPointF(-1, 4)


@given(x=some.floats(-500, 500), y=some.floats(-500, 500))
def test_that_snapping_never_moves_a_box_further_than_its_reach_or_half_the_grid(x: float, y: float) -> None:
    shift = snap(QRectF(x, y, 50, 30), BESIDE, 6).shift
    assert max(abs(shift.x()), abs(shift.y())) <= max(6, GRID / 2) + 1e-9


def test_that_aligned_boxes_share_their_line() -> None:
    assert {place[0] for place in aligned(BOXES, "left").values()} == {3}
    assert {BOXES[name].width() + place[0] for name, place in aligned(BOXES, "right").items()} == {300}
    middles = {BOXES[name].height() / 2 + place[1] for name, place in aligned(BOXES, "middle").items()}
    assert middles == {47.5}


def test_that_distributed_boxes_have_equal_gaps_and_the_outer_ones_stay() -> None:
    places = distributed(BOXES, down=False)
    gaps = {places["b"][0] - 43, places["c"][0] - places["b"][0] - 60}
    assert gaps == {78.5}
    assert (places["a"][0], places["c"][0]) == (3, 260)


def spread() -> Graph:
    places = {"a": (0.0, 0.0), "b": (300.0, 40.0), "c": (616.0, 200.0)}
    return Graph(nodes=tuple(Node(id=name, kind="ReLU", position=place) for name, place in places.items()))


def test_that_align_needs_two_and_gaps_need_three(desk: Make) -> None:
    it = desk(spread())
    names = ("network.align_left", "network.distribute_across")
    enabled = []
    for count in (1, 2, 3):
        it.canvas.selection.set("abc"[:count])
        enabled.append(tuple(it.actions[name].isEnabled() for name in names))
    assert enabled == [(False, False), (True, False), (True, True)]


def test_that_aligning_and_distributing_are_one_step_each(desk: Make) -> None:
    it = desk(spread())
    it.canvas.selection.set("abc")
    it.key(Qt.Key.Key_W, SHIFT)
    it.key(Qt.Key.Key_H, SHIFT)
    assert [node.position for node in it.graph.nodes] == [(0, 0), (308, 0), (616, 0)]
    it.undo()
    it.undo()
    assert it.graph == spread()


def test_that_g_turns_the_pull_of_neighbors_off(desk: Make) -> None:
    it = desk(spread())
    it.drag(it.node("b"), it.node("b") + QPoint(20, 0), it.node("b") + QPoint(0, -36))
    assert it.graph["b"].position[1] == 0.0
    it.undo()
    it.key(Qt.Key.Key_G)
    it.drag(it.node("b"), it.node("b") + QPoint(20, 0), it.node("b") + QPoint(0, -34))
    assert it.graph["b"].position[1] == 8.0
