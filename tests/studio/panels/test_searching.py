"""What a search tries is seen on the canvas, and set there by name."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from engine.spec import Component, Graph, Node, Project, Search
from studio.blocks import removed, renamed, users_of
from studio.canvas.facts.face import Face, face_of
from tests.studio.canvas.layers import CATALOGUE, chain
from tests.studio.design_fakes import Desk

Make = Callable[[Graph], Desk]
WIDE = Search(low=16, high=64, step=16, value=32)


def face(**changes: object) -> Face:
    node = Node(id="conv2d_1", kind="Conv2d").having(**changes)
    graph = Graph(nodes=(node,))
    return face_of(node, Project(networks={"model": graph}), graph, CATALOGUE.layers)


def test_that_a_searched_layer_reads_as_its_range() -> None:
    found = face(parameters={"out_channels": WIDE, "bias": Search(choices=(True, False))})
    assert found.line == "16 … 64 · 3×3 · bias yes, no"
    assert (found.searched, found.ranged, found.optional) == (True, True, False)
    assert not face().searched


def test_that_a_layer_that_may_be_another_is_called_by_all_of_them() -> None:
    variants = (Component(kind="Linear"), Component(kind="Block", parameters={"network": "stem"}))
    assert face(variants=variants[:1]).title == "Conv2d or Linear"
    assert face(variants=variants).title == "Conv2d, Linear or stem"
    assert face(variants=(*variants, Component(kind="ReLU"))).title == "Conv2d, Linear or 2 others"
    assert face(optional=True).optional


def test_that_the_command_marks_a_parameter_of_the_chosen_layer_and_opens_its_range(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d"))
    it.page.canvas.selection.set(["b"])
    it.actions.trigger("search.parameter")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [entry.text() for entry in menu.actions()] == ["out_channels", "kernel_size", "bias"]
    menu.actions()[0].trigger()
    menu.close()
    assert it.graph["b"].parameters["out_channels"] == WIDE
    form = it.page.inspector.node.settings.form
    assert form is not None
    assert form.dice.ranges["out_channels"].isVisible()


def test_that_the_command_marks_the_field_that_has_the_keyboard(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d"))
    it.page.canvas.selection.set(["b"])
    form = it.page.inspector.node.settings.form
    assert form is not None
    form.editors["kernel_size"].setFocus()
    it.actions.trigger("search.parameter")
    assert it.graph["b"].parameters["kernel_size"] == Search(low=1, high=6, value=3)
    it.actions.trigger("search.parameter")
    assert it.graph["b"] == Node(id="b", kind="Conv2d", parameters={"kernel_size": 3}, position=(0.0, 120.0))


def test_that_layers_are_made_optional_together_but_for_where_data_comes_in(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d", "ReLU"))
    it.page.canvas.selection.set(["a", "b", "c"])
    it.actions.trigger("search.optional")
    assert [node.optional for node in it.graph.nodes] == [False, True, True]
    it.page.canvas.selection.set(["a"])
    assert it.page.canvas.network.nodes["b"].edge().style() is Qt.PenStyle.DashLine
    it.document.undo()
    assert not any(node.optional for node in it.graph.nodes)


def test_that_another_layer_is_offered_by_what_data_goes_through(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d"))
    it.page.canvas.selection.set(["b"])
    it.page.inspector.node.searching.another.click()
    popup = it.page.canvas.popup
    assert popup.isVisible()
    QTest.keyClicks(popup.line, "output")
    assert popup.list.entry() is None or popup.list.entry().kind != "Output"
    popup.line.clear()
    QTest.keyClicks(popup.line, "linear")
    QTest.keyClick(popup.line, Qt.Key.Key_Return)
    assert list(it.graph["b"].candidates) == ["Conv2d", "Linear"]
    assert list(it.page.inspector.node.searching.variants.buttons) == ["Conv2d", "Linear"]


def test_that_a_network_that_a_search_may_choose_is_in_use_and_follows_its_name() -> None:
    variants = (Component(kind="Block", parameters={"network": "stem"}),)
    model = Graph(nodes=(Node(id="b", kind="ReLU", variants=variants),))
    project = Project(networks={"model": model, "stem": chain("Input", "Output")})
    assert list(users_of(project, "stem")) == [("model", "b")]
    again = renamed(project, "stem", "trunk")
    assert list(users_of(again, "trunk")) == [("model", "b")]
    with pytest.raises(ValueError, match="used by"):
        removed(again, "trunk")
