"""The Runs page and MLflow: other tools' runs among ours, the registry, its pages, and where runs go."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from engine.runs import RunFolder, choice
from studio.context import Studio
from studio.pages.runs import Runs
from tests.studio.pages.conftest import epoch, finished, started
from tests.studio.test_foreign_run import told

Make = Callable[..., RunFolder]


@pytest.fixture
def caught_up(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often a follower was asked for; none is started, since it would outlive the test."""
    asked: list[str] = []
    monkeypatch.setattr(studio.launcher, "catch_up", lambda: asked.append("asked"))
    return asked


@pytest.fixture
def page(qtbot: QtBot, studio: Studio, make_run: Make, caught_up: list[str]) -> Runs:
    """The page over one run of ours that finished."""
    make_run(started(), *epoch(1, loss=0.5, accuracy=0.8), finished(accuracy=0.8), name="ours")
    studio.live.poll()
    made = Runs(studio)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.activated()
    return made


def asked(studio: Studio, method: str) -> Any:
    """The newest question of that method."""
    service: Any = studio.service
    return next(one for one in reversed(service.questions) if one.method == method)


def tell(studio: Studio, *runs: dict[str, Any]) -> None:
    asked(studio, "foreign_runs").then({"runs": list(runs), "more": False})


def test_that_runs_of_other_tools_stand_among_ours_with_their_curves(page: Runs, studio: Studio) -> None:
    tell(studio, told())
    run = told()["id"]
    assert run in studio.live.runs
    assert studio.live.parameters(run)["lr"] == 0.1
    history = {"val_loss": {"steps": [0, 1], "times": [101.0, 102.0], "values": [0.9, 0.3]}}
    question = asked(studio, "histories")
    assert question.params == {"runs": [run]}
    curves = studio.live.curves(run)
    question.then({run: history})
    for _ in range(3):
        studio.live.poll()
    assert list(curves.epochs["validation/loss"].values) == [0.9, 0.3]
    assert studio.live.summary(run).best == {"validation/loss": 0.3}


def test_that_a_run_deleted_in_mlflow_goes_and_one_that_goes_on_is_read_again(page: Runs, studio: Studio) -> None:
    other = told(id="e" * 32, status="RUNNING", ended=0.0)
    tell(studio, told(), other)
    assert studio.live.state("e" * 32) == "running"
    page.tracking.refresh()
    tell(studio, other | {"status": "FAILED", "ended": 170.0})
    assert "f" * 32 not in studio.live.runs
    assert studio.live.state("e" * 32) == "failed"
    assert len(studio.live.runs) == 2


def test_that_an_mlflow_that_cannot_be_asked_is_told_once_with_the_way_out(page: Runs, studio: Studio) -> None:
    said: list[Any] = []
    studio.messages.posted.connect(said.append)
    asked(studio, "foreign_runs").failed("The MLflow server at x does not answer.")
    assert said[-1].text == "The MLflow server at x does not answer."
    page.tracking.refresh()
    asked(studio, "foreign_runs").failed("The MLflow server at x does not answer.")
    assert len(said) == 1
    said[-1].actions["Where runs are tracked…"]()
    assert page.tracking.places.card.isVisible()


def test_that_the_address_and_the_experiment_are_chosen_in_the_window(
    page: Runs, studio: Studio, caught_up: list[str]
) -> None:
    studio.actions.trigger("runs.tracking")
    card = page.tracking.places.card
    card.fields["tracking_uri"].setText("somewhere")
    card.button.click()
    assert card.isVisible()
    assert "begins with http" in card.trouble.text()
    card.fields["tracking_uri"].setText("http://127.0.0.1:5000")
    card.fields["experiment"].setText("Thesis")
    card.button.click()
    assert not card.isVisible()
    assert choice(studio.workspace, "tracking_uri") == "http://127.0.0.1:5000"
    assert choice(studio.workspace, "experiment") == "Thesis"
    assert caught_up == ["asked"]


def test_that_another_mlflow_is_told_of_earlier_runs_where_that_is_wanted(
    page: Runs, studio: Studio, caught_up: list[str]
) -> None:
    said: list[Any] = []
    studio.messages.posted.connect(said.append)
    page.tracking.places.chosen.emit()
    asked(studio, "told_elsewhere").then({"runs": 0})
    assert not said
    studio.actions.trigger("runs.retell")
    asked(studio, "told_elsewhere").then({"runs": 0})
    assert said[-1].text == "The MLflow that is chosen was told of every run."
    page.tracking.places.chosen.emit()
    asked(studio, "told_elsewhere").then({"runs": 1200})
    assert said[-1].text.startswith("1,200 runs were told to another MLflow")
    assert not caught_up
    said[-1].actions["Tell this one too"]()
    asked(studio, "retell").then({"runs": 1200})
    assert caught_up == ["asked"]
    assert "1,200 runs are being told" in said[-1].text


def test_that_a_model_is_registered_and_the_row_says_so(page: Runs, studio: Studio) -> None:
    [run] = studio.live.runs
    page.select(run)
    studio.actions.trigger("runs.register")
    card = page.tracking.registry.card
    card.fields["alias"].setText("champion")
    card.button.click()
    question = asked(studio, "register")
    assert question.params == {"run": run, "name": studio.live.summary(run).name, "alias": "champion"}
    question.failed("This run left no model: only a run that finished has one.")
    assert "left no model" in card.trouble.text()
    card.button.click()
    asked(studio, "register").then({"name": "ours", "version": 3, "alias": "champion"})
    assert not card.isVisible()
    asked(studio, "registered").then([{"run": run, "name": "ours", "version": 3, "aliases": ["champion"]}])
    assert page.model.row(run).model == "ours v3 @champion"


def test_that_mlflow_is_opened_at_the_selected_runs(
    page: Runs, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    [run] = studio.live.runs
    page.select(run)
    studio.actions.trigger("runs.mlflow")
    question = asked(studio, "mlflow_page")
    assert question.params == {"runs": [run]}
    question.then({"url": "http://127.0.0.1:5000/#/experiments/1/runs/abc"})
    assert opened == ["http://127.0.0.1:5000/#/experiments/1/runs/abc"]


def test_that_what_needs_a_folder_is_not_offered_for_a_run_of_another_tool(page: Runs, studio: Studio) -> None:
    tell(studio, told())
    page.model.tell()
    page.select(told()["id"])
    studio.actions.refresh()
    offered = {
        name
        for name in ("show", "open", "reveal", "delete", "resume", "again", "longer")
        if studio.actions[f"runs.{name}"].isEnabled()
    }
    assert offered == set()
    assert studio.actions["runs.copy"].isEnabled()
    assert studio.actions["runs.mlflow"].isEnabled()
