"""The Search page, with a service that answers what a test tells it to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.runs import StudyFolder
from engine.spec import Component, Node, Search, get, space_of
from engine.spec.graph import Graph
from engine.spec.search import write_parameters
from engine.spec.value import FrozenDict
from studio.actions import Action
from studio.context import Studio
from studio.pages.search import Search as SearchPage
from studio.pages.search.studied import Studied
from studio.widgets import Label
from tests.studio.pages.conftest import Answers, Asked, Orders
from tests.studio.pages.search.making import study


@pytest.fixture
def marked(studio: Studio) -> Studio:
    """The open project has a mark on its learning rate and one on a layer."""
    hidden = Node(id="hidden", kind="Linear", parameters=FrozenDict(out_features=Search(low=16, high=64, value=32)))
    project = studio.document.project.with_network("model", Graph().add(hidden))
    lr = Search(low=1e-4, high=1e-1, log=True, value=1e-3)
    studio.document.replace(project.set("training.optimizer", Component(kind="Adam").set(lr=lr)))
    return studio


@pytest.fixture
def page(marked: Studio, qtbot: QtBot, orders: Orders) -> Iterator[SearchPage]:
    for name in ("run.search", "page.runs", "page.search"):
        marked.actions.add(Action(id=name, text=name, handler=orders.take(name), group="Run"))
    made = SearchPage(marked)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    made.activated()
    yield made
    made.model.close()


@pytest.fixture
def made_up(marked: Studio) -> StudyFolder:
    return marked.workspace.new_study(marked.document.project)


def questions(studio: Studio, method: str) -> list[Asked]:
    service: Any = studio.service
    assert isinstance(service, Answers)
    found = [one for one in service.questions if one.method == method]
    service.questions = [one for one in service.questions if one.method != method]
    return found


def line(folder: StudyFolder, **more: Any) -> dict[str, Any]:
    known = {"id": folder.id, "name": "A study", "project": "Tries", "created": 1.0, "state": "running"}
    return {**known, "trials": 3, "best": 0.9, "trouble": "", **more}


def told(found: Studied, **more: Any) -> dict[str, Any]:
    answer = {
        "revision": "1",
        "whole": True,
        "trials": [one.to_json() for one in found.trials],
        "gone": [],
        "state": "running",
        "message": "",
        "budget": {"trials": 50, "timeout": 0.0, "done": 3, "seconds": 60.0},
        "objectives": [{"name": one.name, "goal": one.goal} for one in found.objectives],
        "variables": {name: one["search"] for name, one in write_parameters(found.variables).items()},
        "workers": [{"name": "tower cpu 1", "trial": 19}],
    }
    return {**answer, **more}


def show(page: SearchPage, folder: StudyFolder, found: Studied, **more: Any) -> None:
    """Let the page show a study."""
    page.choose(folder.id)
    for one in questions(page.studio, "study"):
        if one.params["id"] == folder.id:
            one.then(told(found, **more))


def cells(page: SearchPage, title: str) -> list[str]:
    model = page.panel.table.model
    place = [one.title for one in model.columns].index(title)
    return [model.columns[place].text(one) for one in model.rows]


def numbers(page: SearchPage) -> dict[str, str]:
    return {name: label.text() for name, label in page.panel.head.numbers.values.items()}


def ordered(studio: Studio) -> list[tuple[str, dict[str, Any]]]:
    """The orders that were handed on; each is obeyed, so that the next one comes."""
    found = []
    while waiting := questions(studio, "study_order"):
        for one in waiting:
            found.append((one.params["order"], one.params["arguments"]))
            one.then({})
    return found


def test_that_without_studies_a_new_search_is_shown(page: SearchPage) -> None:
    questions(page.studio, "studies")[0].then([])

    assert page.setup.isVisible()
    assert "up to 50 trials" in page.setup.about.text()


def test_that_a_study_that_is_being_read_is_not_called_empty(page: SearchPage, made_up: StudyFolder) -> None:
    def said() -> tuple[str, str]:
        title, *_ = page.panel.views.front.empty.findChildren(Label)
        return title.text(), page.panel.card.nothing.text()

    page.choose(made_up.id)
    assert said() == ("Reading the study…", "Its trials are being read…")

    show(page, made_up, replace(study(3), trials=()), state="finished")
    assert said() == ("Nothing to see yet", "No trial is finished.")


def test_that_a_project_without_marks_says_how_to_mark(page: SearchPage) -> None:
    page.studio.document.replace(page.studio.document.project.set("training.optimizer", Component(kind="Adam")))
    page.studio.document.replace(page.studio.document.project.with_network("model", Graph()))

    assert page.setup.empty.isVisible()


def test_that_what_was_searched_when_the_window_was_closed_is_shown(page: SearchPage, made_up: StudyFolder) -> None:
    questions(page.studio, "studies")[0].then([line(made_up)])

    assert page.model.study == made_up.id
    assert page.panel.isVisible()


def test_that_a_study_says_how_far_it_is(page: SearchPage, made_up: StudyFolder) -> None:
    found = study(20)
    show(page, made_up, found)

    over = [one for one in found.trials if one.state in ("finished", "pruned", "failed")]
    assert numbers(page)["Trials"] == f"{len(over)} / 50"
    assert page.panel.head.pill.text() == "running"
    assert page.panel.head.workers.toolTip() == "tower cpu 1: trial 19"


def test_that_the_best_trial_has_its_values_on_the_card(page: SearchPage, made_up: StudyFolder) -> None:
    found = study(20)
    show(page, made_up, found)

    assert found.best is not None
    assert page.panel.card.number.text() == f"Trial {found.best.number}"


def test_that_the_table_has_what_varies_and_the_newest_first(page: SearchPage, made_up: StudyFolder) -> None:
    show(page, made_up, study(20))

    assert cells(page, "Trial")[:2] == ["19", "18"]
    assert "lr" in [one.title for one in page.panel.table.model.columns]


def test_that_a_heading_sorts_values_from_the_best(page: SearchPage, made_up: StudyFolder) -> None:
    found = study(40)
    show(page, made_up, found)
    header = page.panel.table.view.horizontalHeader()

    header.sectionClicked.emit([one.title for one in page.panel.table.model.columns].index("accuracy"))

    values = [float(text) for text in cells(page, "accuracy") if text and text != "–"]
    assert values == sorted(values, reverse=True)


def test_that_states_are_filtered(page: SearchPage, made_up: StudyFolder) -> None:
    show(page, made_up, study(40))

    page.panel.table.filter_states(["pruned"])

    assert set(cells(page, "State")) == {"pruned"}


def test_that_news_leave_the_selection(page: SearchPage, made_up: StudyFolder) -> None:
    found = study(20)
    show(page, made_up, found)
    page.panel.select([7, 5])

    page.model.ask()
    questions(page.studio, "study")[0].then(told(study(24), revision="2"))

    assert sorted(page.panel.table.selected()) == [5, 7]
    assert len(page.panel.table.model.rows) == 24


def test_that_a_trial_that_is_selected_stands_on_the_card(page: SearchPage, made_up: StudyFolder, qtbot: QtBot) -> None:
    show(page, made_up, study(20))
    page.panel.select([3])

    assert page.panel.card.number.text() == "Trial 3"
    qtbot.mouseClick(page.panel.card.back, Qt.MouseButton.LeftButton)
    assert page.panel.card.number.text() != "Trial 3"


def test_that_a_storage_that_is_gone_is_a_sentence_and_trials_stay(page: SearchPage, made_up: StudyFolder) -> None:
    show(page, made_up, study(20))
    page.model.ask()

    questions(page.studio, "study")[0].failed("The study's storage does not answer: refused.")

    assert page.panel.head.sentence.text().startswith("The study's storage does not answer")
    assert len(page.panel.table.model.rows) == 20


def test_that_pause_and_go_on_are_orders(page: SearchPage, made_up: StudyFolder, qtbot: QtBot) -> None:
    show(page, made_up, study(20))
    qtbot.mouseClick(page.panel.head.pause, Qt.MouseButton.LeftButton)
    first = ordered(page.studio)
    page.model.ask()
    for one in questions(page.studio, "study"):
        one.then(told(study(20), state="paused"))
    qtbot.waitUntil(page.panel.settled)

    qtbot.mouseClick(page.panel.head.go_on, Qt.MouseButton.LeftButton)

    assert first == [("pause", {})]
    assert ordered(page.studio) == [("resume", {})]


def test_that_a_study_whose_workers_died_offers_to_go_on(page: SearchPage, made_up: StudyFolder) -> None:
    show(page, made_up, study(20), state="interrupted", workers=[])

    assert page.panel.head.go_on.isVisible()
    assert "Nobody works on it" in page.panel.head.sentence.text()


def test_that_trials_are_stopped_deleted_and_brought_back(page: SearchPage, made_up: StudyFolder) -> None:
    posted: list[Any] = []
    page.studio.messages.posted.connect(posted.append)
    show(page, made_up, study(20))
    page.panel.select([19])

    page.studio.actions.trigger("search.stop_trial")
    page.studio.actions.trigger("search.delete_trial")
    posted[-1].actions["Undo"]()

    assert ordered(page.studio) == [
        ("stop_trial", {"number": 19}),
        ("delete_trial", {"number": 19}),
        ("restore_trial", {"number": 19}),
    ]


def test_that_a_point_is_tried_again(page: SearchPage, made_up: StudyFolder) -> None:
    found = study(20)
    show(page, made_up, found)
    page.panel.select([4])

    page.studio.actions.trigger("search.enqueue")

    assert ordered(page.studio) == [("enqueue", {"parameters": dict(found.trials[4].parameters)})]


def best_is(found: Studied, **parameters: Any) -> Studied:
    """The study whose trials all tried this."""
    trials = [replace(one, parameters=parameters) for one in found.trials]
    return Studied(trials=trials, variables=found.variables, objectives=found.objectives)


def test_that_the_best_is_applied_in_one_step_and_marks_stay(page: SearchPage, made_up: StudyFolder) -> None:
    found = best_is(study(20), **{"training.optimizer.lr": 0.02, "model.hidden.out_features": 48})
    show(page, made_up, found)

    page.studio.actions.trigger("search.apply")

    project = page.studio.document.project
    assert get(project, "training.optimizer.lr").value == 0.02
    assert len(space_of(project).marks) == 2
    page.studio.document.undo()
    assert get(page.studio.document.project, "training.optimizer.lr").value == 1e-3


def test_that_marks_can_go_when_a_trial_is_applied(page: SearchPage, made_up: StudyFolder) -> None:
    show(page, made_up, best_is(study(20), **{"training.optimizer.lr": 0.02, "model.hidden.out_features": 48}))

    page.studio.actions.trigger("search.apply_plain")

    assert get(page.studio.document.project, "model.hidden.out_features") == 48
    assert not space_of(page.studio.document.project).marks


def test_that_a_document_that_changed_too_much_refuses_in_words(page: SearchPage, made_up: StudyFolder) -> None:
    posted: list[Any] = []
    page.studio.messages.posted.connect(posted.append)
    show(page, made_up, best_is(study(20), **{"model.hidden.out_features": 48}))
    before = page.studio.document.project.with_network("model", Graph())
    page.studio.document.replace(before)

    page.studio.actions.trigger("search.apply")

    assert "model.hidden" in posted[-1].text
    assert page.studio.document.project == before


def test_that_the_network_of_a_trial_opens_in_a_tab(page: SearchPage, made_up: StudyFolder, orders: Orders) -> None:
    show(page, made_up, best_is(study(20), **{"model.hidden.out_features": 48}))

    page.studio.actions.trigger("search.open_trial")

    assert get(page.studio.document.project, "model.hidden.out_features") == 48
    assert len(page.studio.document.sheets) == 2
    assert orders.given == ["page.design"]


def test_that_a_study_goes_to_the_trash_and_comes_back(page: SearchPage, made_up: StudyFolder) -> None:
    posted: list[Any] = []
    page.studio.messages.posted.connect(posted.append)
    show(page, made_up, study(20), state="finished", workers=[])

    page.studio.actions.trigger("search.delete")
    gone = not made_up.path.exists()
    posted[-1].actions["Undo"]()

    assert gone
    assert made_up.project() == page.studio.document.project


def test_that_a_study_is_renamed_where_its_name_stands(page: SearchPage, made_up: StudyFolder, qtbot: QtBot) -> None:
    show(page, made_up, study(20))
    page.studio.actions.trigger("search.rename")

    page.panel.title.line.setText("Wide ones")
    qtbot.keyClick(page.panel.title.line, Qt.Key.Key_Return)

    assert made_up.title == "Wide ones"


def test_that_another_objective_makes_a_search_for_compromises(page: SearchPage) -> None:
    page.setup.settings.objectives.more.click()

    found = page.studio.document.project.study
    assert [one.metric for one in found.objectives] == ["", "parameters"]
    assert found.pruner.kind == "Never"
    page.studio.document.undo()
    assert len(page.studio.document.project.study.objectives) == 1


def test_that_limits_are_written_in_the_units_of_the_project(page: SearchPage) -> None:
    form = page.setup.settings.limits.form
    assert form is not None
    form.edited.emit("memory", 512.0)
    form.edited.emit("step_seconds", 20.0)

    limits = page.studio.document.project.study.limits
    assert limits.memory == 512 * 1024**2
    assert limits.step_seconds == 0.02


def test_that_no_password_is_written_into_the_project(page: SearchPage) -> None:
    form = page.setup.settings.storage.form
    assert form is not None

    form.edited.emit("storage", "postgresql://me:secret@there/db")

    assert page.studio.document.project.study.storage == "postgresql://me@there/db"
    assert "secret" not in form.editors["storage"].value()


def test_that_a_value_that_cannot_be_stands_at_its_field(page: SearchPage) -> None:
    form = page.setup.settings.budget.form
    assert form is not None

    form.edited.emit("workers", 100)

    assert form.editors["workers"].error()
    assert page.studio.document.project.study.workers == 1


def test_that_start_search_is_one_press(page: SearchPage, orders: Orders, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.setup.start, Qt.MouseButton.LeftButton)

    assert orders.given == ["run.search"]


def test_that_a_study_that_was_started_is_shown(page: SearchPage) -> None:
    studio = page.studio
    made = studio.searcher.start(studio.document.project, folder=studio.document.folder, device="cpu")

    assert page.model.study == made.id
    assert made.project() == studio.document.project


def test_that_ten_thousand_trials_are_shown_and_sorted(page: SearchPage, made_up: StudyFolder) -> None:
    show(page, made_up, study(10_000, living=False))

    page.panel.table.select([17])

    assert len(page.panel.table.model.rows) == 10_000
    assert page.panel.table.selected() == [17]
