"""The inspector edits the document, and follows it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.spec import Graph, Node
from studio.panels.inspected.section import Settings
from studio.widgets import Editor
from studio.widgets.fields.editor import TextEditor
from tests.studio.canvas.layers import chain
from tests.studio.design_fakes import Desk, gives, report

Make = Callable[[Graph], Desk]


def editor(settings: Settings, name: str) -> Editor:
    assert settings.form is not None
    return settings.form.editors[name]


def write(settings: Settings, name: str, text: str) -> None:
    found = editor(settings, name)
    assert isinstance(found, TextEditor)
    found.line.setFocus()
    found.line.selectAll()
    QTest.keyClicks(found.line, text)
    QTest.keyClick(found.line, Qt.Key.Key_Return)


def test_that_the_form_of_a_node_is_made_from_its_declaration(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d"))
    it.page.canvas.selection.set(["b"])
    form = it.page.inspector.node.settings.form
    assert form is not None
    assert list(form.editors) == ["out_channels", "kernel_size", "bias"]
    assert not form.editors["bias"].isVisible()


def test_that_writing_into_a_field_edits_the_document_and_undo_shows_the_old_value(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d"))
    it.page.canvas.selection.set(["b"])
    settings = it.page.inspector.node.settings
    write(settings, "out_channels", "64")
    assert it.graph["b"].parameters == {"out_channels": 64}
    it.document.undo()
    assert editor(settings, "out_channels").value() == 32
    assert it.page.canvas.selection.nodes == ("b",)


def test_that_scrubbing_through_many_values_is_one_step_of_undo(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d"))
    start = it.document.project
    it.page.canvas.selection.set(["b"])
    for value in range(33, 60):
        editor(it.page.inspector.node.settings, "out_channels").edited.emit(value)
    assert it.graph["b"].parameters["out_channels"] == 59
    it.document.undo()
    assert it.document.project == start


def test_that_a_value_from_a_file_that_cannot_be_used_is_said_at_its_field(desk: Make) -> None:
    graph = Graph(nodes=(Node(id="a", kind="Conv2d", parameters={"out_channels": -3}),))
    it = desk(graph)
    it.page.canvas.selection.set(["a"])
    assert "out_channels" in editor(it.page.inspector.node.settings, "out_channels").error()


def test_that_a_problem_of_the_analysis_stands_at_its_field(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d"))
    it.page.canvas.selection.set(["b"])
    problem = {"message": "Too large for 8 × 8.", "network": "model", "node": "b", "parameter": "kernel_size"}
    it.service.answer(report([problem]))
    assert editor(it.page.inspector.node.settings, "kernel_size").error() == "Too large for 8 × 8."


def test_that_renaming_keeps_links_and_selection(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d", "Output"))
    it.page.canvas.selection.set(["b"])
    name = it.page.inspector.node.name
    name.setFocus()
    name.selectAll()
    QTest.keyClicks(name, "stem")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert [node.id for node in it.graph.nodes] == ["a", "stem", "c"]
    assert {(link.source, link.target) for link in it.graph.links} == {("a", "stem"), ("stem", "c")}
    assert it.page.canvas.selection.nodes == ("stem",)


def test_that_a_name_that_is_taken_or_no_name_is_refused_in_words(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d"))
    it.page.canvas.selection.set(["b"])
    name = it.page.inspector.node.name
    for text, words in (("a", "already"), ("2 b", "cannot name")):
        name.setFocus()
        name.selectAll()
        QTest.keyClicks(name, text)
        QTest.keyClick(name, Qt.Key.Key_Return)
        assert words in it.page.inspector.node.name_error.text()
    assert it.document.history.count == 0


def test_that_an_unknown_layer_is_shown_as_such_with_its_parameters_as_they_are(desk: Make) -> None:
    graph = Graph(nodes=(Node(id="a", kind="Unheard", parameters={"size": 3}),))
    it = desk(graph)
    it.page.canvas.selection.set(["a"])
    panel = it.page.inspector.node
    assert "Unheard" in panel.unknown.text()
    assert panel.unknown.isVisible()
    assert panel.settings.form is None
    assert it.document.project.model == graph


def test_that_facts_of_the_analysis_are_shown_for_the_chosen_node(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d"))
    it.page.canvas.selection.set(["b"])
    assert it.page.inspector.node.known == {}
    it.service.answer(report(b=gives(64, 28, 28, parameters=18496)))
    known = it.page.inspector.node.known
    assert (known["Output"], known["Parameters"]) == ("batch × 64 × 28 × 28", "18,496")


def test_that_with_nothing_chosen_the_training_can_be_edited(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d"))
    write(it.page.inspector.project.training, "epochs", "3")
    assert it.document.project.training.epochs == 3
    it.document.undo()
    assert editor(it.page.inspector.project.training, "epochs").value() == 10


def test_that_another_optimizer_brings_its_own_parameters(desk: Make) -> None:
    it = desk(chain("Input"))
    section = it.page.inspector.project.optimizer
    section.box.activated.emit(section.box.findData("SGD"))
    assert it.document.project.training.optimizer.kind == "SGD"
    assert section.settings.form is not None
    assert list(section.settings.form.editors) == ["lr", "momentum"]
    write(section.settings, "momentum", "0.5")
    assert it.document.project.training.optimizer.parameters == {"momentum": 0.5}
    it.document.undo()
    it.document.undo()
    assert section.box.currentData() == "Adam"


def test_that_a_task_is_chosen_by_its_name(desk: Make) -> None:
    it = desk(chain("Input"))
    section = it.page.inspector.project.task
    section.box.activated.emit(section.box.findData("Measure"))
    assert it.document.project.task.kind == "Measure"
    assert "how much" in section.summary.text()


def test_that_a_setting_that_cannot_be_written_leaves_the_document_alone(desk: Make, qtbot: QtBot) -> None:
    it = desk(chain("Input"))
    training = it.page.inspector.project.training
    editor(training, "epochs").edited.emit(-1)
    assert editor(training, "epochs").error()
    assert it.document.history.count == 0


def test_that_several_chosen_nodes_are_counted(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d", "Output"))
    it.page.canvas.selection.set(["a", "b"])
    assert it.page.inspector.shown == "several"
    it.page.canvas.selection.set([])
    assert it.page.inspector.shown == "project"
