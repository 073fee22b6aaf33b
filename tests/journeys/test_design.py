"""From an empty canvas to a network and back, with mouse and keyboard alone."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.spec import Graph
from studio.canvas.canvas import Canvas
from tests.studio.canvas.layers import chain, wire
from tests.studio.design_fakes import Desk, gives, report

pytestmark = pytest.mark.journey

Make = Callable[[Graph], Desk]
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


def port(canvas: Canvas, node: str, name: str, *, output: bool) -> QPoint:
    return canvas.mapFromScene(canvas.network.nodes[node].place_of(name, output=output))


def drag(canvas: Canvas, start: QPoint, end: QPoint) -> None:
    view = canvas.viewport()
    QTest.mousePress(view, LEFT, pos=start)
    for share in (0.2, 0.6, 1.0):
        QTest.mouseMove(view, start + (end - start) * share)
        QApplication.processEvents()
    QTest.mouseRelease(view, LEFT, pos=end)


def search(canvas: Canvas, words: str) -> None:
    """Press Tab, type, press Return."""
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    QTest.keyClicks(canvas.popup.line, words)
    QTest.keyClick(canvas.popup.line, Qt.Key.Key_Return)


def test_that_a_network_drawn_from_nothing_is_taken_back_step_by_step_to_the_very_start(desk: Make) -> None:
    it = desk(Graph())
    canvas, start = it.page.canvas, it.document.project
    assert it.page.board.empty.isVisible()
    for words in ("input", "conv", "relu", "output"):
        search(canvas, words)
    assert not it.page.board.empty.isVisible()
    ids = ("input_1", "conv2d_1", "relu_1", "output_1")
    assert it.graph.links == tuple(wire(one, other) for one, other in pairwise(ids))
    QTest.keyClick(canvas, Qt.Key.Key_F)
    drag(canvas, port(canvas, "input_1", "output", output=True), port(canvas, "relu_1", "x", output=False))
    assert wire("input_1", "relu_1") in it.graph.links
    drag(canvas, canvas.mapFromScene(canvas.network.nodes["conv2d_1"].rect.center()), QPoint(500, 300))
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert "conv2d_1" not in it.graph
    QTest.keyClick(canvas, Qt.Key.Key_A, CTRL)
    QTest.keyClick(canvas, Qt.Key.Key_D, CTRL)
    assert len(it.graph.nodes) == 6
    end = it.document.project
    while it.document.can_undo():
        it.document.undo()
    assert it.document.project == start
    while it.document.can_redo():
        it.document.redo()
    assert it.document.project == end


def test_that_shapes_appear_as_the_answer_comes_and_dim_while_a_newer_one_is_asked_for(
    desk: Make, qtbot: QtBot
) -> None:
    it = desk(chain("Input", "Conv2d", "Output"))
    canvas = it.page.canvas
    it.service.answer(report(a=gives(1, 8, 8), b=gives(32, 8, 8, parameters=320)))
    words = [canvas.network.links[link].pill.words for link in it.graph.links]
    assert words == ["batch × 1 × 8 × 8", "batch × 32 × 8 × 8"]
    assert (canvas.network.nodes["b"].marks.note, canvas.look.stale) == ("320", False)
    canvas.selection.set(["b"])
    form = it.page.inspector.node.settings.form
    assert form is not None
    form.editors["out_channels"].edited.emit(64)
    qtbot.waitUntil(lambda: it.service.question is not None)
    assert canvas.look.stale
    assert canvas.network.links[wire("b", "c")].pill.words == "batch × 32 × 8 × 8"
    it.service.answer(report(a=gives(1, 8, 8), b=gives(64, 8, 8, parameters=640)))
    assert (canvas.network.links[wire("b", "c")].pill.words, canvas.look.stale) == ("batch × 64 × 8 × 8", False)


def test_that_a_problem_is_read_at_its_node_and_mended_there(desk: Make) -> None:
    it = desk(chain("Input", "Linear"))
    canvas, start = it.page.canvas, it.document.project
    mend = {"text": "Use 10", "settings": {"model.b.out_features": 10}}
    it.service.answer(
        report([{"message": "Ten classes need ten outputs.", "network": "model", "node": "b", "mend": mend}])
    )
    bubble = canvas.network.bubbles["b"]
    QTest.mouseClick(canvas.viewport(), LEFT, pos=canvas.mapFromScene(bubble.mend_place()))
    assert it.graph["b"].parameters == {"out_features": 10}
    it.document.undo()
    assert it.document.project == start


def test_that_f8_goes_from_problem_to_problem(desk: Make) -> None:
    it = desk(chain("Input", "Linear", "Linear"))
    it.service.answer(report([{"message": f"{name} is wrong.", "network": "model", "node": name} for name in "bc"]))
    shown: list[str] = []
    for _ in range(3):
        it.actions.trigger("view.problems")
        shown += it.page.canvas.selection.nodes
    assert shown == ["b", "c", "b"]


def test_that_laying_out_what_was_opened_forgets_no_unsaved_edit(desk: Make) -> None:
    it = desk(chain("Input"))
    it.document.edit("Add", it.document.project.with_network("model", chain("Input", "ReLU", pitch=0)))
    it.page.canvas.open_view()
    assert it.document.dirty
    assert it.document.history.count == 2


def test_that_moving_boxes_asks_the_service_nothing(desk: Make, qtbot: QtBot) -> None:
    it = desk(chain("Input", "Linear"))
    it.service.answer(report())
    canvas = it.page.canvas
    drag(canvas, canvas.mapFromScene(canvas.network.nodes["b"].rect.center()), QPoint(300, 300))
    assert it.document.dirty
    qtbot.wait(60)
    assert it.service.question is None


def test_that_a_project_made_by_code_is_laid_out_when_it_is_opened_and_is_not_changed_by_that(desk: Make) -> None:
    graph = chain("Input", "ReLU", "Output", pitch=0)
    it = desk(graph)
    tops = [item.rect.top() for item in it.page.canvas.network.nodes.values()]
    assert tops == sorted(set(tops))
    assert not it.document.dirty


def test_that_what_was_fitted_stays_fitted_when_the_window_is_resized(desk: Make) -> None:
    it = desk(chain(*["ReLU"] * 12))
    it.actions.trigger("view.fit")
    it.page.resize(900, 500)
    QApplication.processEvents()
    camera, network = it.page.canvas.camera, it.page.canvas.network
    assert camera.sight().contains(network.bounds())
    camera.move_by(QPointF(40, 0))
    before = camera.zoom
    it.page.resize(1500, 900)
    QApplication.processEvents()
    assert camera.zoom == before


def test_that_a_tall_network_is_opened_at_its_beginning_and_large_enough_to_read(desk: Make) -> None:
    it = desk(chain(*["ReLU"] * 26))
    camera, nodes = it.page.canvas.camera, it.page.canvas.network.nodes
    assert camera.zoom >= 0.6
    assert camera.sight().contains(nodes["a"].rect)
    assert not camera.sight().contains(nodes["z"].rect)


@pytest.mark.parametrize("zoom", [0.3, 1.0, 2.5])
def test_that_the_button_on_a_card_is_where_it_is_seen_at_every_zoom(desk: Make, zoom: float) -> None:
    it = desk(chain("Input", "Linear"))
    canvas = it.page.canvas
    mend = {"text": "Use 10", "settings": {"model.b.out_features": 10}}
    it.service.answer(report([{"message": "Use ten.", "network": "model", "node": "b", "mend": mend}]))
    canvas.camera.zoom_to(zoom)
    canvas.camera.center(canvas.network.bubbles["b"].scenePos())
    place = canvas.mapFromScene(canvas.network.bubbles["b"].mend_place())
    corner = canvas.mapFromScene(canvas.network.bubbles["b"].scenePos())
    assert (place - corner).manhattanLength() < 200
    QTest.mouseClick(canvas.viewport(), LEFT, pos=place)
    assert it.graph["b"].parameters == {"out_features": 10}


def test_that_the_buttons_over_the_canvas_zoom_and_fit(desk: Make) -> None:
    it = desk(chain(*["ReLU"] * 12))
    camera = it.page.canvas.camera
    QTest.mouseClick(it.page.board.zoom, LEFT)
    assert (camera.zoom, it.page.board.zoom.text()) == (1.0, "100 %")
    it.actions.trigger("view.fit")
    assert camera.sight().contains(it.page.canvas.network.bounds())


def test_that_keys_typed_into_a_field_do_not_reach_the_canvas(desk: Make) -> None:
    it = desk(chain("Input", "Linear"))
    it.page.canvas.selection.set(["b"])
    name = it.page.inspector.node.name
    name.setFocus()
    name.selectAll()
    QTest.keyClick(name, Qt.Key.Key_Delete)
    QTest.keyClicks(name, "f1")
    assert name.text() == "f1"
    assert "b" in it.graph


def test_that_in_the_other_theme_the_canvas_has_the_other_colors(desk: Make) -> None:
    it = desk(chain("Input", "Linear"))
    corner = it.page.canvas.viewport().rect().bottomRight() - QPoint(3, 3)
    seen = []
    for _ in range(2):
        QApplication.processEvents()
        seen.append(it.page.canvas.grab().toImage().pixelColor(corner).lightness())
        it.page.studio.theme.toggle()
    dark, light = seen
    assert dark < 60
    assert light > 200
