"""What the panels around the canvas know of blocks."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.spec import Exposed, Graph, Node
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
    assert it.page.inspector.shown == "network"


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


def inside(desk: Make) -> Desk:
    """Within the first of two blocks, its layer chosen."""
    it = with_block(desk)
    it.page.canvas.showing.enter("one")
    it.page.canvas.selection.set(["b"])
    return it


def test_that_a_switch_beside_a_parameter_lets_every_block_set_it(desk: Make) -> None:
    it = inside(desk)
    start = it.document.project
    form = it.page.inspector.node.settings.form
    form.switches["out_features"].click()
    assert it.document.project.networks["unit"].exposed == (
        Exposed(name="out_features", targets=(("b", "out_features"),)),
    )
    assert form.switches["out_features"].isChecked()
    it.page.canvas.showing.leave()
    assert it.page.canvas.selection.nodes == ("one",)
    outer = it.page.inspector.node.settings.form
    assert list(outer.editors) == ["network", "repeat", "out_features"]
    assert outer.editors["out_features"].value() == 64
    outer.editors["out_features"].commit(10)
    assert it.graph["one"].parameters["out_features"] == 10
    assert "out_features" not in it.graph["two"].parameters
    it.page.canvas.showing.enter("one")
    it.page.canvas.selection.set(["b"])
    it.page.inspector.node.settings.form.switches["out_features"].click()
    assert it.document.project.networks["unit"].exposed == ()
    assert "out_features" not in it.graph["one"].parameters
    while it.document.can_undo():
        it.document.undo()
    assert it.document.project == start


def test_that_a_second_parameter_can_be_set_under_the_same_name(desk: Make) -> None:
    it = inside(desk)
    it.page.inspector.node.exposing.expose("out_features", "width")
    it.page.canvas.selection.set(["a"])
    it.page.inspector.node.exposing.expose("column", "width")
    assert it.document.project.networks["unit"].exposed[0].targets == (("b", "out_features"), ("a", "column"))


def test_that_the_trained_network_has_no_switches(desk: Make) -> None:
    it = inside(desk)
    assert it.page.inspector.node.settings.form.switches
    it.page.canvas.showing.leave()
    assert not it.page.inspector.node.settings.form.switches


def test_that_a_block_chooses_among_the_other_networks_and_the_refused_choice_is_not_shown(desk: Make) -> None:
    it = with_block(desk)
    it.page.canvas.selection.set(["one"])
    editor = it.page.inspector.node.settings.form.editors["network"]
    assert editor.parameter.choices == ("unit",)
    editor.commit("model")
    assert it.told == ["The block “model” cannot stand inside itself: it would never end."]
    assert it.page.inspector.node.settings.form.editors["network"].value() == "unit"
    assert not it.document.can_undo()


def test_that_with_nothing_chosen_a_network_shows_what_it_exposes_and_who_uses_it(desk: Make) -> None:
    it = inside(desk)
    it.page.inspector.node.exposing.expose("out_features", "width")
    it.page.canvas.selection.set()
    panel = it.page.inspector.network
    assert it.page.inspector.shown == "network"
    field = panel.rows["width"]
    field.setText("repeat")
    field.editingFinished.emit()
    assert "cannot name a parameter" in panel.error.text()
    field.setText("size")
    field.editingFinished.emit()
    assert [one.name for one in it.document.project.networks["unit"].exposed] == ["size"]
    assert list(panel.rows) == ["size"]
    panel.user_chosen.emit("model", "two")
    assert (it.page.canvas.showing.level.path, it.page.canvas.selection.nodes) == ((), ("two",))
