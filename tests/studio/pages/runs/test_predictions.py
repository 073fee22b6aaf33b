"""The Predictions tab: what it asks, and what it makes of the answers."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from engine.runs import RunFolder
from studio.context import Studio
from studio.pages.runs.predictions import Predictions
from studio.pages.runs.predictions.words import verdict
from studio.widgets.matrix import Cell
from tests.studio.pages.conftest import Answers, Asked, epoch, finished, started

Make = Callable[..., RunFolder]


def answer(*, sides: int = 2, **more: Any) -> dict[str, Any]:
    """Of three cats and two dogs, the first run takes two for the other, the second one."""
    confusions = ([0, 0, 2, 0, 1, 1, 1, 0, 1, 1, 1, 1], [0, 0, 3, 1, 0, 1, 1, 1, 1])
    counts = {"fixed": 1, "broken": 0, "both wrong": 1, "both right": 3, "different": 1, "all": 5}
    return {
        "state": "ready",
        "samples": 5,
        "kind": "class",
        "column": "label",
        "error": "cross-entropy",
        "unit": "nats",
        "classes": ["cat", "dog"],
        "notes": [],
        "groups": [{"name": name, "title": name.capitalize(), "count": count} for name, count in counts.items()],
        "test": {"name": "McNemar’s exact test", "fixed": 1, "broken": 0, "p": 1.0} if sides == 2 else None,
        "sides": [
            {"run": "r", "checkpoint": "c", "error": 0.5, "notes": [], "right": right, "confusion": confusion}
            for right, confusion in zip((3, 4), confusions, strict=True)
        ][:sides],
        **more,
    }


SAMPLE = {
    "name": "a.png",
    "label": "cat",
    "cells": {"x": "1"},
    "answers": [
        {"text": "dog", "right": False, "confidence": 0.75, "error": 1.0, "likely": [["dog", 0.75], ["cat", 0.25]]},
        {"text": "cat", "right": True, "confidence": 0.5, "error": 0.5, "likely": [["cat", 0.5], ["dog", 0.5]]},
    ],
}


class Desk:
    """The view over two runs, and the questions that it asks."""

    def __init__(self, studio: Studio, view: Predictions, runs: list[str]) -> None:
        self.view, self.runs = view, runs
        self.service: Answers = studio.service  # type: ignore[assignment]

    def asked(self, method: str) -> list[Asked]:
        return [one for one in self.service.questions if one.method == method]

    def tell(self, **more: Any) -> None:
        self.asked("predictions")[-1].then(answer(**more))


@pytest.fixture
def desk(studio: Studio, make_run: Make, qtbot: QtBot) -> Desk:
    runs = [make_run(started(), *epoch(1, accuracy=0.5), finished(accuracy=0.5), name=name) for name in ("old", "new")]
    for _ in range(10):
        studio.live.poll()
    view = Predictions(studio, lambda run: runs.index(RunFolder(studio.workspace.runs / run)))
    qtbot.addWidget(view)
    view.resize(1300, 420)
    view.show()
    view.show_runs([run.id for run in reversed(runs)])
    return Desk(studio, view, [run.id for run in runs])


def test_that_the_older_run_is_what_the_newer_is_compared_with(desk: Desk) -> None:
    assert desk.asked("predictions")[-1].params == {"runs": desk.runs, "split": "validation"}
    desk.view.head.swap.click()
    assert desk.asked("predictions")[-1].params["runs"] == desk.runs[::-1]


def test_that_it_asks_on_while_there_is_work_and_no_longer_when_cancelled(desk: Desk) -> None:
    working = {"state": "working", "run": desk.runs[0], "done": 30, "of": 120}
    desk.asked("predictions")[-1].then(working)
    assert "30 of 120" in desk.view.head.says.text()
    assert len(desk.asked("predictions")) == 2
    desk.view.head.cancel.click()
    desk.asked("predictions")[-1].then(working)
    assert len(desk.asked("predictions")) == 2
    assert desk.view.settled()


def test_that_a_late_answer_to_another_question_is_not_shown(desk: Desk) -> None:
    desk.view.head.splits._buttons["test"].click()
    assert desk.asked("predictions")[-1].params["split"] == "test"
    desk.asked("predictions")[0].then(answer())
    assert not desk.view.groups.isVisible()


def test_that_groups_are_counted_and_the_chosen_one_s_samples_are_asked_for(desk: Desk) -> None:
    desk.tell()
    assert desk.asked("predicted_samples")[-1].params["group"] == "fixed"
    desk.view.groups.list.setCurrentRow(2)
    params = desk.asked("predicted_samples")[-1].params
    assert (params["group"], params["by"], params["start"]) == ("both wrong", "error", 0)
    assert "McNemar’s exact test: p = 1.00" in desk.view.groups.verdict.text()


def test_that_a_click_on_a_cell_leads_to_its_samples_and_back(desk: Desk, qtbot: QtBot) -> None:
    desk.tell()
    matrix = desk.view.confusions.matrices[0]
    area = matrix.area()
    place = QPoint(round(area.left() + 0.75 * area.width()), round(area.top() + 0.25 * area.height()))
    qtbot.mouseMove(matrix, place)
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=place)
    assert desk.asked("predicted_samples")[-1].params["cell"] == [0, 0, 1]
    assert desk.view.samples.cell.text().startswith("cat taken for dog by the first")
    desk.view.samples.cell.click()
    assert "cell" not in desk.asked("predicted_samples")[-1].params


def test_that_the_pointer_reads_a_cell_in_every_matrix(desk: Desk) -> None:
    desk.tell()
    desk.view.confusions.matrices[2].pointed.emit(Cell(0, 1))
    assert desk.view.confusions.reading.text() == "True cat, answered dog: 1 of 3 (33 %), then 0 of 3 (0.0 %)"
    assert [one.cell for one in desk.view.confusions.matrices] == [Cell(0, 1)] * 3
    assert desk.view.confusions.matrices[2].shown(Cell(0, 1)) == pytest.approx(-1 / 3)
    assert desk.view.confusions.titles[2].score.text() == "+20.0 %"


def test_that_samples_say_what_each_run_answers_and_more_are_fetched_as_needed(desk: Desk) -> None:
    desk.tell()
    desk.asked("predicted_samples")[-1].then({"total": 3, "start": 0, "samples": [SAMPLE, SAMPLE]})
    model = desk.view.samples.model
    assert [model.index(0, at).data() for at in range(5)] == ["a.png", "cat", "✗ dog 75%", "✓ cat 50%", "1"]
    assert desk.view.samples.stack.currentWidget() is desk.view.samples.table
    model.fetchMore(model.index(-1, -1))
    assert desk.asked("predicted_samples")[-1].params["start"] == 2
    desk.asked("predicted_samples")[-1].then({"total": 3, "start": 2, "samples": [SAMPLE]})
    assert model.rowCount() == 3


def test_that_one_run_is_looked_at_alone(desk: Desk) -> None:
    desk.view.show_runs(desk.runs[:1])
    assert desk.asked("predictions")[-1].params["runs"] == desk.runs[:1]
    desk.tell(sides=1)
    assert not desk.view.head.second.isVisible()
    assert not desk.view.confusions.matrices[1].isVisible()
    assert desk.view.groups.verdict.text() == ""


def test_that_numbers_are_drawn_against_the_truth(desk: Desk) -> None:
    points = {"of": 2, "rows": [4, 9], "truth": [1.0, 2.0], "answers": [[1.5, 2.0], [1.0, 2.5]]}
    histogram = {"edges": [-1.0, 0.0, 1.0], "counts": [[0, 2], [1, 1]]}
    groups = [{"name": name, "title": name, "count": 1} for name in ("better", "worse", "all")]
    test = {"name": "Wilcoxon’s signed-rank test", "better": 1, "worse": 1, "p": None}
    desk.tell(kind="number", points=points, histogram=histogram, groups=groups, test=test)
    assert desk.view.errors.scatter.isVisible()
    assert not desk.view.confusions.isVisible()
    assert "too few differ" in desk.view.groups.verdict.text()


def test_that_what_cannot_be_compared_is_said_in_the_service_s_words(desk: Desk) -> None:
    desk.asked("predictions")[-1].failed("The run has no checkpoint yet.")
    assert desk.view.failure.isVisible()
    assert desk.view.failure._sentence.text() == "The run has no checkpoint yet."


@pytest.mark.parametrize(("p", "words"), [(0.3, "may well be chance"), (0.01, "chance alone seldom")])
def test_that_a_verdict_claims_no_more_than_its_p_value(p: float, words: str) -> None:
    test = {"name": "McNemar’s exact test", "fixed": 9, "broken": 4, "p": p}
    said = verdict(answer(test=test))
    assert said.startswith("9 fixed, 4 broken. McNemar’s exact test: p = ")
    assert words in said
