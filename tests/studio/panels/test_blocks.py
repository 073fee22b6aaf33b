"""What the panels around the canvas know of blocks."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.spec import Graph, Node
from tests.studio.canvas.layers import chain, wire
from tests.studio.design_fakes import Desk, gives, report
from tests.studio.panels.conftest import Make


def block(name: str, network: str, *, left: float = 0.0, **settings: object) -> Node:
    return Node(id=name, kind="Block", parameters={"network": network, **settings}, position=(left, 0.0))


def with_block(desk: Make) -> Desk:
    """A model with two blocks of one network."""
    graph = chain("Input", "Output").add(block("one", "unit", left=300), block("two", "unit", left=600, repeat=2))
    it = desk(graph)
    it.document.replace(it.document.project.with_network("unit", chain("Input", "Linear", "Output")))
    return it


def test_that_shapes_within_a_block_are_those_of_the_place_where_it_stands(desk: Make) -> None:
    it = with_block(desk)
    canvas = it.page.canvas
    answer = report()
    answer["networks"]["unit"] = {"nodes": {"b": gives(8, parameters=72)}}
    it.service.answer(answer)
    canvas.node_opened.emit("two")
    assert it.service.way == ("model", "two")
    it.service.inside("unit", b=gives(16, parameters=272))
    assert canvas.network.nodes["b"].marks.note == "272"
    assert canvas.network.links[wire("b", "c")].pill.words.endswith("16")
    canvas.selection.set(["b"])
    assert it.page.inspector.node.known["Parameters"] == "272"
    canvas.showing.leave()
    assert it.analysis.facts("unit", "b")["parameters"] == 72


def test_that_an_answer_about_a_block_that_was_left_is_not_shown(desk: Make) -> None:
    it = with_block(desk)
    it.page.canvas.showing.enter("two")
    it.page.canvas.showing.leave()
    it.service.inside("unit", b=gives(16, parameters=272))
    assert it.analysis.facts("unit", "b") == {}


def test_that_a_double_click_opens_a_block_and_other_layers_their_settings(desk: Make) -> None:
    it = with_block(desk)
    canvas = it.page.canvas
    canvas.fit()
    place = canvas.mapFromScene(canvas.network.nodes["one"].rect.center())
    QTest.mouseDClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert canvas.showing.network == "unit"
    assert it.page.inspector.shown == "project"


def test_that_a_problem_inside_a_block_is_shown_inside_it(desk: Make) -> None:
    it = with_block(desk)
    it.service.answer(report([{"message": "Bad.", "severity": "error", "network": "unit", "node": "b"}]))
    it.actions.trigger("view.problems")
    assert it.page.canvas.showing.level.path == ("one",)
    assert it.page.canvas.selection.nodes == ("b",)


def test_that_a_refused_edit_is_told(desk: Make) -> None:
    it = with_block(desk)
    it.document.edit("Bad", it.document.project.with_network("unit", Graph().add(block("me", "unit"))))
    assert it.told == ["The block “unit” cannot stand inside itself: it would never end."]
