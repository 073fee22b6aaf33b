"""Marks are set in the inspector, shown in one table, and undone step by step."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from engine.spec import Component, Graph, Node, Project, Search, Training, get
from studio.document import Document
from studio.panels.inspected.section import Settings
from studio.panels.marks import MarksTable
from studio.searching import marked, optional, varied
from tests.studio.canvas.layers import chain
from tests.studio.design_fakes import CATALOGUE, Desk, gives, report

Make = Callable[[Graph], Desk]
WIDE = Search(low=16, high=64, step=16, value=32)


def press(settings: Settings, name: str) -> None:
    assert settings.form is not None
    settings.form.dice.buttons[name].click()


def marked_project() -> Project:
    """A network with a mark, an optional node and a choice of optimizers that has a mark of its own."""
    training = Training(optimizer=Component(kind="Adam"), schedule=Component(kind="Constant"))
    project = Project(networks={"model": chain("Input", "Conv2d", "ReLU")}, task=Component(kind="Guess"))
    project = marked(project.having(training=training), "model.b.out_channels", WIDE)
    project = varied(optional(project, "model", ["c"], on=True), "training.optimizer", Component(kind="SGD"))
    return marked(project, "training.optimizer[SGD].momentum", Search(low=0.0, high=0.5, step=0.25))


@pytest.fixture
def table(qtbot: QtBot) -> MarksTable:
    """A table of `marked_project`, in sight."""
    document = Document(marked_project())
    made = MarksTable(document, CATALOGUE)
    qtbot.addWidget(made)
    document.setParent(made)
    made.resize(1000, 400)
    made.show()
    return made


def row_of(table: MarksTable, path: str) -> int:
    return next(place for place, row in enumerate(table.model.rows) if row.mark.path == path)


def test_that_a_dice_marks_a_parameter_and_takes_the_mark_away_each_in_one_step(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d"))
    start = it.document.project
    it.page.canvas.selection.set(["b"])
    settings = it.page.inspector.node.settings
    press(settings, "out_channels")
    assert it.graph["b"].parameters["out_channels"] == WIDE
    press(settings, "out_channels")
    assert it.graph["b"].parameters["out_channels"] == 32
    it.document.undo()
    it.document.undo()
    assert it.document.project == start


def test_that_settings_of_the_training_and_of_its_optimizer_are_marked_beside_their_values(desk: Make) -> None:
    it = desk(chain("Input"))
    panel = it.page.inspector.project
    press(panel.training, "batch_size")
    press(panel.optimizer.settings, "lr")
    training = it.document.project.training
    assert (training.batch_size, training.marks["batch_size"].first()) == (64, 64)
    assert training.optimizer.parameters["lr"] == Search(low=1e-4, high=1e-2, log=True, value=1e-3)
    assert panel.training.form is not None
    assert "seed" not in panel.training.form.dice.buttons


def test_that_several_layers_are_marked_around_their_own_values_and_a_name_makes_them_one_variable(desk: Make) -> None:
    graph = chain("Input", "Conv2d", "Conv2d")
    it = desk(graph.replace(graph["c"].set(out_channels=64)))
    it.page.canvas.selection.set(["b", "c"])
    settings = it.page.inspector.several.settings
    press(settings, "out_channels")
    assert settings.form is not None
    settings.form.marked.emit("out_channels", WIDE.having(name="width"))
    found = [it.graph[name].parameters["out_channels"] for name in ("b", "c")]
    assert [(one.name, one.first(), one.high) for one in found] == [("width", 32, 64), ("width", 64, 64)]
    settings.form.marked.emit("out_channels", WIDE.having(name="width", value=48))
    assert [it.graph[name].parameters["out_channels"].first() for name in ("b", "c")] == [48, 48]
    while it.document.can_undo():
        it.document.undo()
    assert it.graph["b"] == graph["b"]


def test_that_a_variant_has_parameters_and_marks_of_its_own(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d"))
    project = varied(it.document.project, "model.b", Component(kind="Linear"))
    it.document.edit("vary", project)
    it.page.canvas.selection.set(["b"])
    panel = it.page.inspector.node
    panel.searching.variants.buttons["Linear"].click()
    press(panel.settings, "out_features")
    assert get(it.document.project, "model.b[Linear].out_features").first() == 64
    panel.searching.variants.prefer.click()
    node = it.graph["b"]
    assert (node.kind, [one.kind for one in node.variants]) == ("Linear", ["Conv2d"])
    assert isinstance(node.parameters["out_features"], Search)


def test_that_a_variant_that_is_turned_to_is_analyzed_in_its_place(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d"))
    it.document.edit("vary", varied(it.document.project, "model.b", Component(kind="Linear")))
    it.page.canvas.selection.set(["b"])
    it.service.answer(report(b=gives(32, 8, 8)))
    panel = it.page.inspector.node
    panel.searching.variants.buttons["Linear"].click()
    assert it.service.question is not None
    assert it.service.question["project"].model["b"].kind == "Linear"
    problem = {"message": "Flatten it first.", "network": "model", "node": "b"}
    it.service.answer(report([problem], b=gives(64)))
    assert panel.known["Output"] == "batch × 64"
    assert it.page.canvas.network.nodes["b"].marks.message == "Flatten it first."
    assert not it.analysis.problems  # it can be trained as it stands
    it.page.canvas.selection.set([])
    assert not it.page.canvas.network.nodes["b"].marks.message


def test_that_a_problem_of_a_mark_stands_at_the_mark_that_has_it(desk: Make) -> None:
    it = desk(chain("Input"))
    section = it.page.inspector.project.optimizer
    section.added.emit("SGD")
    press(section.settings, "momentum")
    it.service.answer(report([{"message": "Never 1.", "section": "training", "parameter": "momentum"}]))
    assert section.settings.form is not None
    assert section.settings.form.editors["momentum"].error() == "Never 1."
    section.variants.buttons["Adam"].click()
    assert not any(editor.error() for editor in section.settings.form.editors.values())


def test_that_another_optimizer_can_be_tried_as_well_and_left_again(desk: Make) -> None:
    it = desk(chain("Input"))
    section = it.page.inspector.project.optimizer
    section.added.emit("SGD")
    assert list(it.document.project.training.optimizer.candidates) == ["Adam", "SGD"]
    press(section.settings, "momentum")
    assert isinstance(get(it.document.project, "training.optimizer[SGD].momentum"), Search)
    section.variants.remove.click()
    assert it.document.project.training.optimizer == Component(kind="Adam")


def test_that_inputs_have_no_dice_and_cannot_be_left_out(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d"))
    it.page.canvas.selection.set(["a"])
    form = it.page.inspector.node.settings.form
    assert form is not None
    assert not form.dice.buttons
    assert not it.page.inspector.node.searching.section.isVisible()


def test_that_marks_of_one_variable_change_their_range_together() -> None:
    graph = chain("Input", "Conv2d", "Conv2d")
    project = Project(networks={"model": graph})
    for node in ("b", "c"):
        project = marked(project, f"model.{node}.out_channels", WIDE.having(name="width"))
    project = marked(project, "model.c.out_channels", Search(choices=(8, 16), name="width", value=8))
    assert [get(project, f"model.{node}.out_channels") for node in ("b", "c")] == [
        Search(choices=(8, 16), name="width", value=32),
        Search(choices=(8, 16), name="width", value=8),
    ]


def test_that_the_table_says_where_each_mark_stands_and_when_it_is_asked_for(table: MarksTable) -> None:
    said = {row.mark.path: _texts(table, place) for place, row in enumerate(table.model.rows)}
    assert said["model.b.out_channels"][:5] == ["out_channels", "model.b", "16 … 64 by 16", "32", "Steps"]
    assert said["training.optimizer[SGD].momentum"][-2:] == ["3", "only if optimizer = SGD"]
    assert said["model.c.present"][2:5] == ["with it, without it", "there", "Optional"]
    assert table.extent.toolTip().endswith("32 combinations")  # 4 widths × (Adam + 3 momenta of SGD) × 2


def _texts(table: MarksTable, row: int) -> list[str]:
    model = table.model
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_that_a_range_is_edited_in_its_cell_and_nonsense_keeps_it_open(table: MarksTable, qtbot: QtBot) -> None:
    index = table.view.model().index(row_of(table, "model.b.out_channels"), 2)
    table.view.setCurrentIndex(index)
    table.view.edit(index)
    line = table.view.findChild(QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, "64 to 16")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "range is empty" in table.trouble.text()
    line.selectAll()
    qtbot.keyClicks(line, "8, 16")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    choices = Search(choices=(8, 16), value=32)
    qtbot.waitUntil(lambda: table.model.rows[index.row()].mark.search == choices)  # Qt commits when it has time
    assert not table.trouble.isVisible()


def test_that_delete_takes_marks_away_and_return_leads_to_their_layer(table: MarksTable, qtbot: QtBot) -> None:
    index = table.view.model().index(row_of(table, "model.b.out_channels"), 0)
    table.view.setCurrentIndex(index)
    with qtbot.waitSignal(table.opened) as led:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert led.args == ["model", "b"]
    qtbot.keyClick(table.view, Qt.Key.Key_Delete)
    assert "model.b.out_channels" not in [row.mark.path for row in table.model.rows]


def test_that_marks_that_contradict_each_other_are_told(table: MarksTable) -> None:
    graph = Graph(
        nodes=(
            Node(id="a", kind="Linear", parameters={"out_features": Search(low=1, high=4, name="w")}),
            Node(id="b", kind="Linear", parameters={"out_features": Search(low=1, high=9, name="w")}),
        )
    )
    document = table.findChild(Document)
    document.edit("clash", document.project.with_network("model", graph))
    assert "'w' try different values" in table.trouble.text()


def test_that_without_marks_the_table_says_how_to_make_one(table: MarksTable) -> None:
    document = table.findChild(Document)
    document.edit("empty", Project())
    assert table.empty.isVisible()
    assert not table.view.isVisible()
