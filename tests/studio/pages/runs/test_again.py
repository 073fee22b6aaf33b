"""Running a selected run again, exactly or for more epochs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.events import Created
from engine.runs import RunFolder, append
from studio.context import Studio
from studio.pages.runs.again import Again, told
from tests.studio.pages.conftest import epoch, finished, polled, started

Make = Callable[..., RunFolder]


@pytest.fixture
def run(studio: Studio, make_run: Make) -> RunFolder:
    made: RunFolder = make_run(started(epochs=1), *epoch(1, accuracy=0.9), finished(accuracy=0.9), name="first")
    for _ in range(30):
        studio.live.poll()
    return made


@pytest.fixture
def again(studio: Studio, run: RunFolder, qtbot: QtBot) -> Again:
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(900, 600)
    place.show()
    return Again(studio, place, lambda: [run.id])


def test_that_a_run_is_queued_again_with_its_project_on_its_device(
    again: Again, studio: Studio, run: RunFolder
) -> None:
    studio.actions.trigger("runs.again")
    [made] = studio.workspace.waiting()
    assert (made.project(), made.request()["device"]) == (run.project(), "cpu")
    assert (made.summary().origin, made.summary().name) == (run.id, "first")


def test_that_the_numbers_are_compared_when_it_has_finished(again: Again, studio: Studio, qtbot: QtBot) -> None:
    studio.actions.trigger("runs.again")
    [made] = studio.workspace.waiting()
    studio.workspace.take("cpu")
    append(made.events, started(epochs=1), *epoch(1, accuracy=0.9), finished(accuracy=0.9))
    questions: Any = studio.service
    qtbot.waitUntil(polled(studio, lambda: [one.method for one in questions.questions] == ["equality"]))

    with qtbot.waitSignal(studio.messages.posted) as posted:
        questions.questions[0].then({"same": True, "metrics": [match("validation/loss")]})

    assert "equal numbers, bit for bit: validation/loss" in posted.args[0].text


def test_that_more_epochs_are_asked_for_in_the_window(
    again: Again, studio: Studio, run: RunFolder, qtbot: QtBot
) -> None:
    run.checkpoints.mkdir()
    (run.checkpoints / "last.pt").write_bytes(b"a checkpoint")
    studio.actions.trigger("runs.longer")
    assert again.card is not None
    assert again.card.isVisible()
    assert "for 1 more" in again.card.sentence.text()

    again.card.fields["epochs"].setValue(7)
    qtbot.keyClick(again.card.fields["epochs"], Qt.Key.Key_Return)

    [made] = studio.workspace.waiting()
    assert again.card.isHidden()
    assert made.project().training.epochs == 7
    assert made.request()["continues"] == run.id


def test_that_a_run_without_a_checkpoint_cannot_go_on(again: Again, studio: Studio, qtbot: QtBot) -> None:
    with qtbot.waitSignal(studio.messages.posted) as posted:
        studio.actions.trigger("runs.longer")
    assert "no checkpoint left" in posted.args[0].text
    assert studio.workspace.waiting() == []


def test_that_a_run_whose_project_is_broken_is_not_queued(
    again: Again, studio: Studio, run: RunFolder, qtbot: QtBot
) -> None:
    (run.path / "project.json").write_text("{")
    with qtbot.waitSignal(studio.messages.posted):
        studio.actions.trigger("runs.again")
    assert studio.workspace.waiting() == []


def match(name: str, *, equal: int = 3) -> dict[str, Any]:
    return {"name": name, "compared": 3, "equal": equal, "one": 0.5, "other": 0.25, "first": 2, "largest": 0.25}


def test_that_other_numbers_are_told_metric_by_metric() -> None:
    answer = {"same": False, "metrics": [match("loss", equal=1), match("accuracy")]}
    assert told("x", answer) == (
        "“x” came to other numbers than before: loss 0.5, was 0.25 (1 of 3 equal). Equal: accuracy."
    )


def test_that_a_run_s_name_stays_when_it_is_repeated(studio: Studio, make_run: Make) -> None:
    run = make_run()
    run.events.unlink()
    append(run.events, Created(name="Tries · seed 3"))
    from engine.runs.again import repeat

    assert repeat(studio.workspace, run, device="cpu").summary().name == "Tries · seed 3"
