"""What hands do with the mouse."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.spec import Frame, Graph, Link, Node
from studio.canvas.editing.joining import Fits
from tests.studio.canvas.conftest import Desk
from tests.studio.canvas.layers import chain, wire

Make = Callable[[Graph], Desk]


def apart(*kinds: str) -> Graph:
    return Graph(nodes=chain(*kinds).nodes)


def test_that_dragging_a_box_moves_it_along_the_grid(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    it.drag(it.node("b"), it.node("b") + QPoint(30, 10), it.node("b") + QPoint(101, 43))
    assert it.graph["b"].position == (104.0, 160.0)


def test_that_the_moves_of_one_drag_are_one_step_of_undo(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    start = it.document.project
    it.drag(it.node("b"), *(it.node("b") + QPoint(step, step) for step in range(10, 100, 10)))
    assert it.document.history.count == 1
    it.undo()
    assert it.document.project == start


def test_that_all_chosen_boxes_move_together(desk: Make) -> None:
    it = desk(chain("Input", "ReLU", "Output"))
    it.click(it.node("a"))
    it.click(it.node("b"), Qt.KeyboardModifier.ShiftModifier)
    it.drag(it.node("a"), it.node("a") + QPoint(20, 0), it.node("a") + QPoint(80, 0))
    assert [node.position for node in it.graph.nodes] == [(80, 0), (80, 120), (0, 240)]


def test_that_escape_takes_a_move_back(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    before = it.node("b")
    it.drag(before, before + QPoint(60, 60), drop=False)
    assert it.node("b") != before
    it.key(Qt.Key.Key_Escape)
    assert (it.node("b"), it.document.history.count) == (before, 0)


def test_that_a_trembling_click_moves_nothing(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    it.drag(it.node("b"), it.node("b") + QPoint(2, 1))
    assert not it.document.dirty
    assert it.canvas.selection.nodes == ("b",)


def test_that_dragging_from_port_to_port_joins_them(desk: Make) -> None:
    it = desk(apart("Input", "ReLU"))
    it.drag(it.output("a"), it.output("a") + QPoint(0, 20), it.port("b"))
    assert it.graph.links == (wire("a", "b"),)


def test_that_a_wire_can_be_drawn_from_the_input_upward(desk: Make) -> None:
    it = desk(apart("Input", "ReLU"))
    it.drag(it.port("b"), it.port("b") - QPoint(0, 20), it.output("a"))
    assert it.graph.links == (wire("a", "b"),)


def test_that_a_wire_dropped_on_a_box_takes_its_first_port_that_fits(desk: Make) -> None:
    it = desk(Graph(nodes=apart("Input", "Bilinear").nodes))
    it.drag(it.output("a"), it.output("a") + QPoint(0, 20), it.node("b"))
    assert it.graph.links == (Link(source="a", target="b", input="left"),)


def test_that_an_input_takes_one_wire_and_the_old_one_gives_way(desk: Make) -> None:
    graph = Graph(nodes=apart("Input", "Input", "ReLU").nodes, links=(wire("a", "c"),))
    it = desk(graph.move({"b": (300.0, 0.0)}))
    it.drag(it.output("b"), it.output("b") + QPoint(0, 20), it.port("c"))
    assert it.graph.links == (wire("b", "c"),)


def test_that_a_port_for_many_takes_many_wires(desk: Make) -> None:
    graph = Graph(nodes=apart("Input", "Input", "Concat").nodes, links=(wire("a", "c", "xs"),))
    it = desk(graph.move({"b": (300.0, 0.0)}))
    it.drag(it.output("b"), it.output("b") + QPoint(0, 20), it.port("c", "xs"))
    assert it.graph.links == (wire("a", "c", "xs"), wire("b", "c", "xs"))


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        (("c", True), ("b", False), "close a loop"),
        (("a", True), ("b", True), "Both ends are outputs"),
        (("b", True), ("b", False), "cannot feed itself"),
        (("a", True), ("b", False), "joined already"),
    ],
)
def test_that_a_refused_wire_says_why(desk: Make, start: tuple[str, bool], end: tuple[str, bool], reason: str) -> None:
    it = desk(chain("Input", "ReLU", "ReLU"))
    before = it.document.project
    source, target = it.port(start[0], output=start[1]), it.port(end[0], output=end[1])
    it.drag(source, source + QPoint(30, 0), target, drop=False)
    assert reason in it.canvas.hint.text
    QTest.mouseRelease(it.canvas.viewport(), Qt.MouseButton.LeftButton, pos=target)
    assert (it.document.project, it.canvas.hint.text) == (before, "")


def test_that_two_inputs_are_not_joined(desk: Make) -> None:
    it = desk(apart("ReLU", "ReLU"))
    it.drag(it.port("a"), it.port("a") + QPoint(40, 0), it.port("b"), drop=False)
    assert "Both ends are inputs" in it.canvas.hint.text
    it.key(Qt.Key.Key_Escape)
    assert it.graph.links == ()


def test_that_a_wire_taken_off_its_input_can_be_put_elsewhere(desk: Make) -> None:
    graph = Graph(nodes=apart("Input", "ReLU", "ReLU").nodes, links=(wire("a", "b"),))
    it = desk(graph.move({"c": (300.0, 120.0)}))
    it.drag(it.port("b"), it.port("b") + QPoint(40, 0), it.port("c"))
    assert it.graph.links == (wire("a", "c"),)
    it.undo()
    assert it.graph.links == (wire("a", "b"),)


def test_that_a_wire_taken_off_and_dropped_in_the_empty_is_gone(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    it.drag(it.port("b"), it.port("b") + QPoint(200, 0), it.port("b") + QPoint(300, 30))
    assert it.graph.links == ()


def test_that_escape_puts_a_lifted_wire_back(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    it.drag(it.port("b"), it.port("b") + QPoint(300, 30), drop=False)
    it.key(Qt.Key.Key_Escape)
    assert it.graph.links == (wire("a", "b"),)
    assert it.canvas.network.links[wire("a", "b")].isVisible()


def test_that_a_wire_dropped_in_the_empty_asks_for_a_layer_that_fits_and_joins_it(desk: Make) -> None:
    it = desk(apart("Input"))
    it.drag(it.output("a"), it.output("a") + QPoint(0, 60), it.output("a") + QPoint(40, 140))
    popup = it.canvas.popup
    assert popup.isVisible()
    QTest.keyClicks(popup.line, "placeholder")
    assert popup.list.entry() is None  # an Input has no port that this wire could end at
    popup.line.clear()
    QTest.keyClicks(popup.line, "relu")
    QTest.keyClick(popup.line, Qt.Key.Key_Return)
    assert [node.kind for node in it.graph.nodes] == ["Input", "ReLU"]
    assert it.graph.links == (wire("a", "relu_1"),)
    assert it.canvas.selection.nodes == ("relu_1",)
    assert it.document.history.count == 1


def test_that_a_rubber_band_chooses_what_it_touches_and_shift_adds(desk: Make) -> None:
    it = desk(chain("Input", "ReLU", "Output"))
    corner = it.at(QPointF(-30, -20))
    it.drag(corner, corner + QPoint(50, 30), it.node("b"))
    first = it.canvas.selection.nodes
    it.click(it.node("c"), Qt.KeyboardModifier.ShiftModifier)
    assert (first, it.canvas.selection.nodes) == (("a", "b"), ("a", "b", "c"))


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        (Qt.KeyboardModifier.NoModifier, ("a", "b")),
        (Qt.KeyboardModifier.ShiftModifier, ("a", "b", "c")),
        (Qt.KeyboardModifier.ControlModifier, ("a", "c")),
    ],
)
def test_that_a_band_chooses_anew_adds_with_shift_and_turns_round_with_ctrl(
    desk: Make, keys: Qt.KeyboardModifier, found: tuple[str, ...]
) -> None:
    it = desk(chain("Input", "ReLU", "Output"))
    it.canvas.selection.set(["b", "c"])
    view, corner = it.canvas.viewport(), it.at(QPointF(-30, -20))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, keys, corner)
    it.move(corner + QPoint(50, 30))
    it.move(it.node("b"))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, keys, it.node("b"))
    assert it.canvas.selection.nodes == found


def test_that_a_band_chooses_a_frame_only_when_it_is_all_around_it(desk: Make) -> None:
    frame = Frame(id="f", title="Stem", position=(-24.0, -64.0), size=(256.0, 152.0))
    it = desk(chain("Input", "ReLU").frame(frame))
    start = it.at(QPointF(-40, -80))
    it.drag(start, start + QPoint(40, 40), it.at(QPointF(150, 30)))
    half = it.canvas.selection.frames
    it.drag(start, start + QPoint(40, 40), it.at(QPointF(260, 110)))
    assert (half, it.canvas.selection.frames, it.canvas.selection.nodes) == ((), ("f",), ("a",))


def test_that_escape_gives_a_rubber_band_up_and_brings_the_selection_back(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    it.click(it.node("a"))
    corner = it.at(QPointF(-30, 230))
    it.drag(corner, corner - QPoint(0, 40), it.node("b"), drop=False)
    assert it.canvas.selection.nodes == ("b",)
    it.key(Qt.Key.Key_Escape)
    assert it.canvas.selection.nodes == ("a",)


def test_that_a_click_in_the_empty_chooses_nothing(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    it.click(it.node("a"))
    it.click(it.at(QPointF(500, 300)))
    assert not it.canvas.selection


def test_that_a_click_on_a_wire_chooses_it_and_delete_removes_it(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    it.click(it.at(QPointF(104, 88)))
    assert it.canvas.selection.links == (wire("a", "b"),)
    it.key(Qt.Key.Key_Delete)
    assert it.graph.links == ()


def test_that_a_loose_box_dropped_on_a_wire_goes_into_it(desk: Make) -> None:
    graph = chain("Input", "Output").add(Node(id="c", kind="ReLU", position=(400.0, 80.0)))
    it = desk(graph)
    middle = it.at(QPointF(104, 90))
    it.drag(it.node("c"), it.node("c") - QPoint(50, 0), middle)
    assert set(it.graph.links) == {wire("a", "c"), wire("c", "b")}
    assert it.graph["b"].position[1] > it.graph["c"].position[1] + 56
    it.undo()
    assert it.graph == graph


def test_that_the_middle_button_moves_the_paper(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    before = it.node("a")
    it.drag(QPoint(700, 500), QPoint(720, 500), QPoint(760, 470), button=Qt.MouseButton.MiddleButton)
    assert it.node("a") == before + QPoint(60, -30)
    assert not it.document.dirty


def test_that_space_and_the_left_button_move_the_paper(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    before = it.node("a")
    QTest.keyPress(it.canvas, Qt.Key.Key_Space)
    it.drag(it.node("b"), it.node("b") + QPoint(20, 0), it.node("b") + QPoint(90, 10))
    QTest.keyRelease(it.canvas, Qt.Key.Key_Space)
    assert it.node("a") == before + QPoint(90, 10)


def test_that_a_double_click_in_the_empty_asks_what_to_add_there(desk: Make) -> None:
    it = desk(chain("Input"))
    place = it.at(QPointF(400, 300))
    QTest.mouseDClick(it.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.keyClicks(it.canvas.popup.line, "dense")
    QTest.keyClick(it.canvas.popup.line, Qt.Key.Key_Return)
    assert [node.kind for node in it.graph.nodes] == ["Input", "Linear"]
    middle = it.canvas.network.nodes["linear_1"].rect.center()
    assert (middle - QPointF(400, 300)).manhattanLength() <= 8


def test_that_while_a_wire_is_drawn_only_ports_that_fit_glow(desk: Make) -> None:
    it = desk(chain("Input", "ReLU", "ReLU"))
    it.drag(it.output("b"), it.output("b") + QPoint(40, 20), it.output("b") + QPoint(200, 60), drop=False)
    QApplication.processEvents()
    glowing = {name: item.fitting for name, item in it.canvas.network.nodes.items()}
    it.key(Qt.Key.Key_Escape)
    assert glowing == {"a": frozenset(), "b": frozenset(), "c": frozenset()}
    it.drag(it.output("a"), it.output("a") + QPoint(40, 20), it.output("a") + QPoint(200, 60), drop=False)
    assert it.canvas.network.nodes["c"].fitting == frozenset({("x", False)})
    it.key(Qt.Key.Key_Escape)
    assert it.canvas.network.nodes["c"].fitting is None


def test_that_a_port_the_data_does_not_fit_stops_glowing_says_why_and_still_takes_the_wire(desk: Make) -> None:
    it = desk(chain("Input", "ReLU", "Linear"))
    start = Graph(nodes=it.graph.nodes)
    it.document.edit("Part", it.document.project.with_network("model", start))
    answers = []
    it.canvas.fits = lambda end, then: answers.append(then)
    it.drag(it.output("a"), it.output("a") + QPoint(40, 20), it.port("c"), drop=False)
    assert it.canvas.network.nodes["c"].fitting == frozenset({("x", False)})
    answers[0](Fits({"c": {"x": "Linear needs numbers."}}))
    assert it.canvas.network.nodes["c"].fitting == frozenset()
    assert it.canvas.network.nodes["b"].fitting == frozenset({("x", False)})
    assert it.canvas.hint.text == "Linear needs numbers."
    QTest.mouseRelease(it.canvas.viewport(), Qt.MouseButton.LeftButton, pos=it.port("c"))
    assert [(link.source, link.target) for link in it.graph.links] == [("a", "c")]


def test_that_an_answer_for_a_wire_that_is_no_longer_drawn_changes_nothing(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    answers = []
    it.canvas.fits = lambda end, then: answers.append(then)
    it.drag(it.output("a"), it.output("a") + QPoint(40, 20), it.port("b"), drop=False)
    it.key(Qt.Key.Key_Escape)
    answers[0](Fits({"b": {"x": "No."}}))
    assert it.canvas.network.nodes["b"].fitting is None


def test_that_a_wire_dropped_in_the_empty_offers_what_takes_its_data_once_that_is_known(desk: Make) -> None:
    it = desk(chain("Input"))
    answers = []
    it.canvas.fits = lambda end, then: answers.append(then)
    it.drag(it.output("a"), it.output("a") + QPoint(0, 40), it.output("a") + QPoint(0, 90))
    assert it.canvas.popup.isVisible()
    answers[-1](Fits({}, frozenset({"ReLU"})))
    QTest.keyClick(it.canvas.popup.line, Qt.Key.Key_Return)
    assert it.graph.links == (wire("a", "relu_1"),)
