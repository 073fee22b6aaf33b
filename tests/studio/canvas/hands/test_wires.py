"""Leading wires through points, cutting them, and taking boxes out of them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.spec import Graph, Link
from studio.canvas.editing.edits import inserted
from studio.canvas.hands.tools.shake import Shake
from studio.canvas.layout.geometry import snapped
from tests.studio.canvas.conftest import Desk
from tests.studio.canvas.editing.test_edits import ONE
from tests.studio.canvas.layers import chain, wire

Make = Callable[[Graph], Desk]
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
MIDDLE = QPointF(104, 150)


def tall() -> Graph:
    return chain("Input", "Output").move({"b": (0.0, 240.0)})


def led(*via: tuple[float, float]) -> Link:
    made: Link = wire("a", "b").having(via=via)
    return made


def double(it: Desk, place: QPoint) -> None:
    QTest.mouseDClick(it.canvas.viewport(), LEFT, pos=place)


def test_that_a_double_click_on_a_wire_puts_a_point_there_and_one_on_the_point_takes_it_off(desk: Make) -> None:
    it = desk(tall())
    double(it, it.at(MIDDLE))
    assert it.graph.links == (led((104.0, 152.0)),)
    assert it.canvas.network.links[it.graph.links[0]].points.isVisible()
    double(it, it.at(QPointF(104, 152)))
    assert it.graph == tall()


def test_that_a_wire_can_be_pulled_aside_and_its_point_dragged_on(desk: Make) -> None:
    it = desk(tall())
    it.drag(it.at(MIDDLE), it.at(MIDDLE) + QPoint(30, 0), it.at(QPointF(201, 149)))
    assert it.graph.links == (led((200.0, 152.0)),)
    it.drag(it.at(QPointF(200, 152)), it.at(QPointF(230, 150)), it.at(QPointF(290, 165)))
    assert it.graph.links == (led((288.0, 168.0)),)
    it.undo()
    it.undo()
    assert it.graph == tall()


def test_that_points_stand_in_the_order_of_the_wire(desk: Make) -> None:
    it = desk(tall())
    for place in (QPointF(104, 150), QPointF(104, 100), QPointF(104, 200)):
        QTest.mouseClick(it.canvas.viewport(), LEFT, ALT, it.at(place))
    (link,) = it.graph.links
    assert [y for _, y in link.via] == [96.0, 152.0, 200.0]


def test_that_delete_takes_off_the_point_that_was_taken_and_then_the_wire(desk: Make) -> None:
    it = desk(tall().lead(wire("a", "b"), ((200.0, 150.0),)))
    it.click(it.at(QPointF(200, 150)))
    it.key(Qt.Key.Key_Delete)
    assert [link.via for link in it.graph.links] == [()]
    it.key(Qt.Key.Key_Delete)
    assert not it.graph.links


def test_that_the_keyboard_alone_chooses_a_wire_and_leads_it_through_points(desk: Make) -> None:
    it = desk(tall())
    it.canvas.selection.set(["a"])
    for key, keys in (("E", NONE), ("P", NONE), ("Right", ALT), ("Right", ALT), ("P", NONE), ("Left", NONE)):
        it.key(getattr(Qt.Key, f"Key_{key}"), keys)
    (link,) = it.graph.links
    assert len(link.via) == 2
    assert link.via[0][0] == snapped(MIDDLE).x() + 16
    assert (it.canvas.selection.links, it.canvas.selection.point) == ((link,), 0)
    it.key(Qt.Key.Key_Down)
    assert it.canvas.selection.nodes == ("b",)
    it.key(Qt.Key.Key_E)
    assert it.canvas.selection.links == (link,)
    for _ in range(3):
        it.undo()
    assert (it.graph, it.document.can_undo()) == (tall(), False)


def test_that_the_wires_of_a_layer_are_chosen_in_turn(desk: Make) -> None:
    it = desk(chain("Input", "ReLU", "Output"))
    it.canvas.selection.set(["b"])
    seen: list[Link] = []
    for _ in range(3):
        it.key(Qt.Key.Key_E)
        seen += it.canvas.selection.links
    assert seen == [wire("b", "c"), wire("a", "b"), wire("b", "c")]


def test_that_escape_leaves_the_wire_where_it_was(desk: Make) -> None:
    it = desk(tall())
    path = it.canvas.network.links[wire("a", "b")].path()
    it.drag(it.at(MIDDLE), it.at(MIDDLE) + QPoint(30, 0), it.at(QPointF(201, 149)), drop=False)
    assert it.canvas.network.links[wire("a", "b")].path() != path
    it.key(Qt.Key.Key_Escape)
    assert it.canvas.network.links[wire("a", "b")].path() == path
    assert it.document.history.count == 0


def test_that_a_box_put_into_a_led_wire_shares_its_points_out() -> None:
    nodes = chain("Input", "ReLU", "Output").nodes
    link = wire("a", "c").having(via=((50.0, 80.0), (50.0, 200.0)))
    after = inserted(Graph(nodes=nodes, links=(link,)), "b", link, ONE)
    assert {one.source: one.via for one in after.links} == {"a": ((50.0, 80.0),), "b": ((50.0, 200.0),)}


def test_that_the_points_of_wires_among_moved_boxes_go_along(desk: Make) -> None:
    it = desk(tall().lead(wire("a", "b"), ((200.0, 150.0),)))
    it.canvas.selection.set(["a", "b"])
    it.drag(it.node("a"), it.node("a") + QPoint(20, 0), it.node("a") + QPoint(80, 0))
    assert it.graph.links == (led((280.0, 150.0)),)


def test_that_the_knife_cuts_what_it_crosses_and_nothing_else(desk: Make) -> None:
    it = desk(chain("Input", "ReLU", "Output"))
    view = it.canvas.viewport()
    start, end = it.at(QPointF(60, 88)), it.at(QPointF(160, 88))
    QTest.mousePress(view, LEFT, CTRL | SHIFT, start)
    for stop in (start + QPoint(40, 0), end):
        it.move(stop)
    assert it.canvas.network.links[wire("a", "b")].hovered
    QTest.mouseRelease(view, LEFT, CTRL | SHIFT, end)
    assert it.graph.links == (wire("b", "c"),)
    it.undo()
    assert it.graph == chain("Input", "ReLU", "Output")


def test_that_alt_and_a_drag_take_a_box_out_and_join_its_neighbors(desk: Make) -> None:
    it = desk(chain("Input", "ReLU", "Output"))
    view = it.canvas.viewport()
    QTest.mousePress(view, LEFT, ALT, it.node("b"))
    it.move(it.node("b") + QPoint(100, 0))
    it.move(it.at(QPointF(504, 148)))
    QTest.mouseRelease(view, LEFT, ALT, it.at(QPointF(504, 148)))
    assert it.graph.links == (wire("a", "c"),)
    assert it.graph["b"].position == (400.0, 120.0)
    assert it.document.history.count == 1


def test_that_a_box_that_is_shaken_comes_out_of_its_wires(desk: Make) -> None:
    it = desk(chain("Input", "ReLU", "Output"))
    start = it.node("b")
    it.drag(start, *(start + QPoint(x, 0) for x in (40, -40, 40, -40, 40, 300)))
    assert it.graph.links == (wire("a", "c"),)


@pytest.mark.parametrize(("pause", "shaken"), [(0.1, True), (0.6, False)])
def test_that_only_quick_swings_are_a_shake(pause: float, shaken: bool) -> None:
    shake = Shake(0.0)
    said = [shake.moved_to(x, turn * pause) for turn, x in enumerate((40, -40, 40, -40, 40))]
    assert any(said) is shaken


def test_that_a_trembling_hand_does_not_shake() -> None:
    shake = Shake(0.0)
    assert not any(shake.moved_to(x, turn * 0.01) for turn, x in enumerate((9, -9) * 20))


def test_that_a_box_dragged_to_and_fro_once_keeps_its_wires(desk: Make) -> None:
    it = desk(chain("Input", "ReLU", "Output"))
    start = it.node("b")
    it.drag(start, *(start + QPoint(x, 0) for x in (40, 80, 120, 80, 120, 200)))
    assert set(it.graph.links) == {wire("a", "b"), wire("b", "c")}


def test_that_ctrl_and_a_drag_make_a_copy_and_a_click_toggles(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    view = it.canvas.viewport()
    it.canvas.selection.set(["a", "b"])
    QTest.mousePress(view, LEFT, CTRL, it.node("b"))
    it.move(it.node("b") + QPoint(100, 0))
    it.move(it.at(QPointF(504, 148)))
    QTest.mouseRelease(view, LEFT, CTRL, it.at(QPointF(504, 148)))
    QApplication.processEvents()
    assert it.graph.links == (wire("a", "b"), wire("input_1", "relu_1"))
    assert it.graph["relu_1"].position == (400.0, 120.0)
    it.click(it.node("relu_1"), CTRL)
    assert it.canvas.selection.nodes == ("input_1",)
