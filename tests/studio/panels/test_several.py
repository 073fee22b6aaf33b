"""Several layers are edited together."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.spec import Graph
from studio.widgets.fields import MIXED
from studio.widgets.fields.choice import BoolEditor
from studio.widgets.fields.editor import TextEditor
from tests.studio.canvas.layers import chain
from tests.studio.design_fakes import Desk, gives, report

Make = Callable[[Graph], Desk]


def three(desk: Make) -> Desk:
    """Two convolutions that differ in their kernel alone, and a Linear."""
    graph = chain("Conv2d", "Conv2d", "Linear")
    return desk(graph.replace(graph["a"].set(kernel_size=5)))


def editor(it: Desk, name: str) -> TextEditor:
    form = it.page.inspector.several.settings.form
    assert form is not None
    found = form.editors[name]
    assert isinstance(found, TextEditor)
    return found


def test_that_a_shared_value_is_shown_and_a_mixed_one_said_to_be(desk: Make) -> None:
    it = three(desk)
    it.page.canvas.selection.set(["a", "b"])
    assert it.page.inspector.shown == "several"
    assert editor(it, "out_channels").line.text() == "32"
    assert (editor(it, "kernel_size").line.text(), editor(it, "kernel_size").line.placeholderText()) == ("", "mixed")
    assert editor(it, "kernel_size").value() is MIXED


def test_that_what_is_written_goes_to_all_in_one_step_of_undo(desk: Make) -> None:
    it = three(desk)
    start = it.document.project
    it.page.canvas.selection.set(["a", "b"])
    line = editor(it, "kernel_size").line
    line.setFocus()
    QTest.keyClicks(line, "7")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert [it.graph[name].parameters["kernel_size"] for name in "ab"] == [7, 7]
    assert editor(it, "kernel_size").line.text() == "7"
    it.document.undo()
    assert it.document.project == start
    assert editor(it, "kernel_size").value() is MIXED


def test_that_leaving_a_mixed_field_changes_nothing(desk: Make) -> None:
    it = three(desk)
    it.page.canvas.selection.set(["a", "b"])
    line = editor(it, "kernel_size").line
    line.setFocus()
    it.page.canvas.setFocus()
    assert it.document.history.count == 0
    assert editor(it, "kernel_size").error() == ""


def test_that_a_mixed_switch_is_half_on_and_a_click_turns_all_on(desk: Make) -> None:
    it = three(desk)
    graph = it.graph
    it.document.edit("Off", it.document.project.with_network("model", graph.replace(graph["b"].set(bias=False))))
    it.page.canvas.selection.set(["a", "b"])
    form = it.page.inspector.several.settings.form
    assert form is not None
    found = form.editors["bias"]
    assert isinstance(found, BoolEditor)
    assert found.box.checkState() is Qt.CheckState.PartiallyChecked
    found.box.click()
    assert [it.graph[name].parameters.get("bias") for name in "ab"] == [True, True]
    assert not found.box.isTristate()


def test_that_only_parameters_of_all_are_shown_and_their_cost_is_added_up(desk: Make) -> None:
    it = three(desk)
    it.service.answer(report(a=gives(4, parameters=10), b=gives(4, parameters=20), c=gives(4, parameters=3)))
    it.page.canvas.selection.set(["a", "b", "c"])
    assert it.page.inspector.several.settings.form is None
    it.page.canvas.selection.set(["a", "b"])
    assert {
        label.text() for label in it.page.inspector.several._facts.findChildren(type(it.page.inspector.several._none))
    } >= {"30"}
