"""Running a selected run again, exactly or for more epochs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.compare import Comparison, read_subject
from engine.events import Created
from engine.runs import RunFolder, append
from engine.runs.again import repeat
from engine.runs.equality import Match
from engine.runs.repeated import keep, kept
from engine.service.repeats import Repeats
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


def test_that_a_repetition_that_ended_unseen_is_looked_at_once_when_it_is_selected(
    again: Again, studio: Studio, run: RunFolder, qtbot: QtBot
) -> None:
    service: Any = studio.service
    made = repeat(studio.workspace, run, device="cpu")
    append(made.events, started(epochs=1), *epoch(1, accuracy=0.9), finished(accuracy=0.9))
    qtbot.waitUntil(polled(studio, lambda: studio.live.state(made.id) == "finished"))
    again.look([run.id, made.id])
    [asked] = [one for one in service.questions if one.method == "equality"]
    assert asked.params == {"run": made.id, "origin": run.id}
    asked.then({})
    again.look([made.id])
    assert len([one for one in service.questions if one.method == "equality"]) == 1


def test_that_how_a_repetition_came_out_is_kept_with_it_and_stands_among_the_differences(
    studio: Studio, run: RunFolder
) -> None:
    made = repeat(studio.workspace, run, device="cpu")
    append(made.events, started(epochs=1), *epoch(1, accuracy=0.9), finished(accuracy=0.9))
    Repeats(studio.workspace, studio.catalogue).equality(made.id, run.id)
    compared = Comparison([read_subject(run), read_subject(made)], studio.catalogue)
    [line] = [one for one in compared.differences if one.place.name == "numbers"]
    assert line.text(1) == f"equal to {run.id}, bit for bit"


def unlike(name: str, first: int, *, every_step: bool = False) -> Match:
    return Match(name=name, every_step=every_step, compared=3, equal=1, first=first, largest=1.0, one=1.0, other=2.0)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ([unlike("validation/loss", 2), unlike("loss", 40, every_step=True)], "from step 40 on (loss)"),
        ([unlike("validation/loss", 2), unlike("test/loss", 0)], "from epoch 2 on (validation/loss)"),
        ([unlike("test/loss", 0)], "at the end (test/loss)"),
    ],
)
def test_that_the_first_number_that_differs_is_named(run: RunFolder, found: list[Match], says: str) -> None:
    keep(run, run, found)
    assert kept(run) == f"unlike {run.id} {says}"
    keep(run, run, [])
    assert kept(run) == f"no number in common with {run.id}"


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
    assert repeat(studio.workspace, run, device="cpu").summary().name == "Tries · seed 3"
