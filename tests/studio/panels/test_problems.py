"""Problems are listed, found and mended."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.spec import Graph, Problem
from studio.panels.problems import place_of
from studio.widgets import Button
from tests.studio.canvas.layers import chain
from tests.studio.design_fakes import Desk, report

Make = Callable[[Graph], Desk]
WRONG: dict[str, Any] = {
    "message": "Linear needs 10 outputs.",
    "network": "model",
    "node": "b",
    "parameter": "out_features",
    "mend": {"text": "Set out_features to 10", "settings": {"model.b.out_features": 10}},
}
SLOW = {"message": "The rate is high.", "severity": "warning", "section": "training", "parameter": "lr"}


def test_that_without_problems_the_list_takes_no_room(desk: Make) -> None:
    it = desk(chain("Input", "Linear"))
    assert not it.page.problems.isVisible()
    it.service.answer(report([WRONG]))
    assert it.page.problems.isVisible()


def test_that_errors_are_listed_before_warnings(desk: Make) -> None:
    it = desk(chain("Input", "Linear"))
    it.service.answer(report([SLOW, WRONG]))
    assert [row.problem.severity for row in it.page.problems.rows] == ["error", "warning"]


def test_that_a_click_on_a_problem_chooses_its_node_and_brings_it_into_sight(desk: Make) -> None:
    it = desk(chain("Input", "Linear"))
    it.service.answer(report([WRONG]))
    it.page.canvas.camera.center(it.page.canvas.sceneRect().topLeft())
    QTest.mouseClick(it.page.problems.rows[0], Qt.MouseButton.LeftButton)
    assert it.page.canvas.selection.nodes == ("b",)
    assert it.page.canvas.camera.sight().contains(it.page.canvas.network.nodes["b"].rect)


def test_that_the_mend_writes_its_settings_in_one_step_of_undo(desk: Make) -> None:
    it = desk(chain("Input", "Linear"))
    start = it.document.project
    it.service.answer(report([WRONG]))
    button = it.page.problems.rows[0].findChild(Button)
    assert isinstance(button, Button)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert it.graph["b"].parameters == {"out_features": 10}
    it.document.undo()
    assert it.document.project == start


def test_that_a_mend_for_what_is_gone_says_so_and_changes_nothing(desk: Make) -> None:
    it = desk(chain("Input", "Linear"))
    it.service.answer(report([WRONG]))
    it.document.edit("Delete", it.document.project.with_network("model", Graph()))
    button = it.page.problems.rows[0].findChild(Button)
    assert isinstance(button, Button)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert it.graph == Graph()
    assert len(it.told) == 1


def test_that_a_place_is_written_as_the_window_calls_it() -> None:
    places = [
        Problem(message="", network="model", node="b", parameter="p"),
        Problem(message="", network="encoder", node="b"),
        Problem(message="", section="training", parameter="lr"),
        Problem(message=""),
    ]
    assert [place_of(problem) for problem in places] == ["b.p", "encoder / b", "training.lr", "project"]
