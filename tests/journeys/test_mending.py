"""From a mistake to its mend and back: found by the engine, told as JSON, done by the window, taken back by undo."""

import json

import pytest
from PySide6.QtCore import QPointF, QRectF

from engine.analyze import analyze
from engine.spec import Graph, Problem, Project
from studio.canvas.editing.editing import Editing
from studio.canvas.editing.mending import mend_network
from studio.canvas.layout.arrange import arranged
from studio.canvas.showing import Showing
from studio.document import Document
from tests.engine.test_mends import CATALOGUE, DIGITS, MISTAKES, problem_at, project_of


def told(project: Project) -> list[Problem]:
    """What the window hears of a project's problems."""
    report = json.loads(json.dumps(analyze(project, CATALOGUE, DIGITS).to_json()))
    return [Problem.model_validate(one) for one in report["problems"]]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("graph", "node", "words", "button"), MISTAKES.values(), ids=MISTAKES)
def test_that_one_click_mends_a_mistake_leaves_the_boxes_apart_and_one_undo_takes_it_back(
    graph: Graph, node: str, words: str, button: str
) -> None:
    document = Document(project_of(graph))
    editing = Editing(document, CATALOGUE, Showing(document))
    document.replace(project_of(graph.move(arranged(graph, {one.id: editing.size_of(one) for one in graph.nodes}))))
    start = document.project
    problem = next(one for one in told(start) if (one.node or "") == node and words in one.message)
    assert problem.mend is not None
    mend_network(editing, problem.mend)
    assert document.history.count == 1
    assert document.history.undoes.text == problem.mend.text
    assert problem_at(analyze(document.project, CATALOGUE, DIGITS), node, words) is None
    boxes = [QRectF(QPointF(*one.position), editing.size_of(one)) for one in document.project.model.nodes]
    assert not any(one.intersects(other) for place, one in enumerate(boxes) for other in boxes[:place])
    document.undo()
    assert document.project == start
