"""What the window knows of studies, from answers that a stand-in gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from studio.studies import StudyModel
from tests.studio.pages.conftest import Answers, Asked

BUDGET = {"trials": 50, "timeout": 0.0, "done": 1, "seconds": 2.0}


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def model(answers: Answers, qtbot: QtBot) -> Iterator[StudyModel]:
    service: Any = answers
    made = StudyModel(service)
    made.choose("mine")
    answers.questions.clear()
    made._asked["study"] = False
    yield made
    made.close()


def asked(answers: Answers, method: str) -> list[Asked]:
    return [one for one in answers.questions if one.method == method]


def answer(*numbers: int, revision: str = "1", state: str = "running", **more: Any) -> dict[str, Any]:
    trials = [{"number": one, "state": "finished", "values": [0.5]} for one in numbers]
    objectives = [{"name": "validation/accuracy", "goal": "max"}]
    whole = {"revision": revision, "whole": True, "trials": trials, "gone": [], "state": state, "message": ""}
    rest = {"budget": BUDGET, "objectives": objectives, "variables": {"x": {"low": 0, "high": 1}}, "workers": []}
    return {**whole, **rest, **more}


def take(model: StudyModel, answers: Answers, found: dict[str, Any]) -> None:
    model.ask()
    asked(answers, "study")[-1].then(found)
    for one in asked(answers, "studies"):
        one.then([])
    answers.questions.clear()


def test_that_news_are_added_to_what_is_known(model: StudyModel, answers: Answers) -> None:
    take(model, answers, answer(0, 1))
    take(model, answers, answer(1, 2, revision="2"))

    assert [one.number for one in model.trials] == [0, 1, 2]
    assert model.variables["x"].high == 1


def test_that_what_was_deleted_goes(model: StudyModel, answers: Answers) -> None:
    take(model, answers, answer(0, 1))
    take(model, answers, answer(revision="2", gone=[0]))

    assert [one.number for one in model.trials] == [1]


def test_that_the_same_answer_is_no_news(model: StudyModel, answers: Answers, qtbot: QtBot) -> None:
    take(model, answers, answer(0))

    with qtbot.assertNotEmitted(model.changed):
        take(model, answers, answer())


def test_that_no_two_questions_are_under_way(model: StudyModel, answers: Answers) -> None:
    model.ask()
    model.ask()

    assert len(asked(answers, "study")) == len(asked(answers, "studies")) == 1


def test_that_parts_are_asked_for_at_once_and_shown_together(model: StudyModel, answers: Answers, qtbot: QtBot) -> None:
    model.ask()
    with qtbot.assertNotEmitted(model.changed):
        asked(answers, "study")[0].then(answer(0, revision="1", whole=False))
    asked(answers, "study")[1].then(answer(1, revision="2"))

    assert asked(answers, "study")[1].params["since"] == "1"
    assert [one.number for one in model.trials] == [0, 1]


def test_that_a_storage_that_is_gone_leaves_what_was_known(model: StudyModel, answers: Answers) -> None:
    take(model, answers, answer(0))
    model.ask()

    asked(answers, "study")[-1].failed("The study's storage does not answer: refused.")

    assert model.trouble == "The study's storage does not answer: refused."
    assert len(model.trials) == 1


def test_that_an_answer_about_another_study_is_dropped(model: StudyModel, answers: Answers) -> None:
    model.ask()
    old = asked(answers, "study")[-1]
    model.choose("other")

    old.then(answer(0))

    assert model.trials == ()


def test_that_orders_are_handed_on_one_after_the_other(model: StudyModel, answers: Answers) -> None:
    model.order("stop_trial", number=1)
    model.order("stop_trial", number=2)
    first = asked(answers, "study_order")
    first[0].then({})

    assert [one.params["arguments"] for one in asked(answers, "study_order")] == [{"number": 1}, {"number": 2}]
    assert len(first) == 1


def test_that_an_order_that_is_refused_is_told_and_the_next_goes_on(
    model: StudyModel, answers: Answers, qtbot: QtBot
) -> None:
    model.order("pause")
    model.order("resume")

    with qtbot.waitSignal(model.refused) as told:
        asked(answers, "study_order")[0].failed("No.")

    assert told.args == ["No."]
    assert asked(answers, "study_order")[1].params["order"] == "resume"


def test_that_nothing_is_asked_while_nobody_looks_and_nothing_is_searched(model: StudyModel, answers: Answers) -> None:
    take(model, answers, answer(0, state="finished"))

    model.watch(on=False)

    assert not model._timer.isActive()
