"""The Train page, over runs written as a worker writes them."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.events import Ended, Message, Paused, Steps
from engine.runs import RunFolder, append
from studio.context import Studio
from studio.pages.train import Train
from studio.theme import DARK
from tests.studio.pages.conftest import Orders, epoch, finished, polled, started, warning

Make = Callable[..., RunFolder]
Open = Callable[[RunFolder | None], Train]


@pytest.fixture
def open_page(studio: Studio, qtbot: QtBot) -> Open:
    """Show the page with a run in it."""

    def make(run: RunFolder | None) -> Train:
        page = Train(studio)
        qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        if run is not None:
            studio.live.show(run.id)
            settle(studio)
        return page

    return make


def settle(studio: Studio) -> None:
    """Read all that is written."""
    for _ in range(5):
        studio.live.poll()


def test_that_without_a_run_the_page_offers_to_train(open_page: Open, qtbot: QtBot, orders: Orders) -> None:
    page = open_page(None)

    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)

    assert orders.given == ["run.train"]


def test_that_a_run_shows_its_progress_in_numbers(open_page: Open, make_run: Make) -> None:
    page = open_page(make_run(started(), *epoch(1, accuracy=0.5), *epoch(2, accuracy=0.7), owned=True))

    values = {name: label.text() for name, label in page.head.numbers.values.items()}

    assert page.head.name.toolTip() == "a run"
    assert page.head.pill.text() == "running"
    assert values["Epoch"] == "3 / 3"
    assert values["Step"] == "20 / 30"
    assert values["Samples per second"] == "1,234"
    assert values["Learning rate"] == "0.002"
    assert values["Run left"] == "1 s"
    assert values["Epoch left"] == "1 s"
    assert page.head.resume.isHidden()


def test_that_loss_is_drawn_by_step_and_by_epoch(open_page: Open, make_run: Make) -> None:
    page = open_page(make_run(started(), *epoch(1, accuracy=0.5), owned=True))

    assert page.charts.loss_chart.keys == ("loss", "train/loss", "validation/loss")
    assert page.charts.choice.currentText() == "accuracy"
    assert page.charts.metric_chart.keys == ("train/accuracy", "validation/accuracy")


def test_that_another_metric_can_be_chosen_and_is_remembered(open_page: Open, make_run: Make, studio: Studio) -> None:
    run = make_run(started(), *epoch(1, accuracy=0.5), owned=True)
    page = open_page(run)

    page.charts.choice.setCurrentText("learning_rate")
    page.charts.choice.activated.emit(page.charts.choice.currentIndex())

    assert page.charts.metric_chart.keys == ("learning_rate",)
    assert open_page(run).charts.choice.currentText() == "learning_rate"


def test_that_events_appear_as_they_are_written(open_page: Open, make_run: Make, studio: Studio) -> None:
    run = make_run(started(), *epoch(1, accuracy=0.5), owned=True)
    page = open_page(run)

    append(run.events, *epoch(2, accuracy=0.9))
    settle(studio)

    assert len(page.record.steps["loss"]) == 20
    assert page.results.rows["validation/accuracy"] == ("0.9000", "0.9000")


def test_that_the_best_epoch_stands_beside_the_last(open_page: Open, make_run: Make) -> None:
    page = open_page(make_run(started(), *epoch(1, accuracy=0.9, loss=0.3), *epoch(2, accuracy=0.7), owned=True))

    assert next(iter(page.results.rows)) == "validation/accuracy"
    assert page.results.rows["validation/accuracy"] == ("0.9000", "0.7000")
    assert page.results.rows["validation/loss"] == ("0.3000", "0.5000")


def test_that_a_finished_run_shows_its_test_metrics_the_watched_one_first(open_page: Open, make_run: Make) -> None:
    page = open_page(make_run(started(epochs=1), *epoch(1, accuracy=0.9), finished(accuracy=0.88)))

    assert page.head.pill.text() == "finished"
    assert list(page.tested.values.items()) == [("accuracy", "0.8800"), ("loss", "0.4000")]
    assert page.tested.isVisible()


def test_that_a_failed_run_says_why_and_can_be_resumed(
    open_page: Open, make_run: Make, qtbot: QtBot, orders: Orders
) -> None:
    ended = Ended(time=1003.0, outcome="failed", message="The loss became NaN. Lower the learning rate.", step=10)
    page = open_page(make_run(started(), *epoch(1, accuracy=0.5), ended))

    qtbot.mouseClick(page.head.resume, Qt.MouseButton.LeftButton)

    assert page.head.sentence.text() == "The loss became NaN. Lower the learning rate."
    assert orders.given == ["run.resume"]


def test_that_a_run_whose_worker_died_is_shown_as_interrupted(open_page: Open, make_run: Make) -> None:
    page = open_page(make_run(started(), *epoch(1, accuracy=0.5), owned=False))

    assert page.head.pill.text() == "interrupted"
    assert "Resume" in page.head.sentence.text()
    assert page.head.resume.isVisible()


def test_that_a_paused_run_promises_no_time(open_page: Open, make_run: Make) -> None:
    page = open_page(make_run(started(), *epoch(1, accuracy=0.5), Paused(time=1004.0, step=10), owned=True))

    assert page.head.pill.text() == "paused"
    assert page.head.numbers.values["Run left"].text() == "–"


def test_that_a_resumed_run_s_curve_has_no_hole_and_no_point_twice(open_page: Open, make_run: Make) -> None:
    lost = Steps(time=1004.0, first=11, values={"loss": [9.0] * 4})
    again: list[Message] = [started(step=10, time=2000.0), *epoch(2, accuracy=0.8)]
    page = open_page(make_run(started(), *epoch(1, accuracy=0.5), lost, *again, owned=True))

    loss = page.record.steps["loss"]

    assert loss.steps.tolist() == list(range(1, 21))
    assert 9.0 not in loss.values


def test_that_a_page_opened_late_finds_the_whole_curve(open_page: Open, make_run: Make, studio: Studio) -> None:
    run = make_run(started(), *epoch(1, accuracy=0.5), *epoch(2, accuracy=0.6), *epoch(3, accuracy=0.7), owned=True)
    studio.live.show(run.id)
    settle(studio)

    page = open_page(run)

    assert np.array_equal(page.record.steps["loss"].steps, np.arange(1, 31))


def test_that_another_run_takes_the_place_of_the_shown_one(open_page: Open, make_run: Make, studio: Studio) -> None:
    first = make_run(started(), *epoch(1, accuracy=0.5), warning("an old sentence"), owned=True)
    second = make_run(started(), name="second", owned=True)
    page = open_page(first)

    studio.live.show(second.id)
    settle(studio)

    assert page.head.name.toolTip() == "second"
    assert page.charts.loss_chart.keys == ()
    assert "an old sentence" not in page.log.toPlainText()


def test_that_the_log_tells_what_happened_with_warnings_in_their_color(open_page: Open, make_run: Make) -> None:
    page = open_page(make_run(started(), warning("3 files were skipped."), owned=True))

    lines = page.log.toPlainText().splitlines()
    block = page.log.document().findBlockByNumber(1)
    formats = [one.format.foreground().color().name() for one in block.textFormats()]

    assert "Started on cpu: 3 epochs of 10 steps." in lines[0]
    assert "3 files were skipped." in lines[1]
    assert DARK.warning in formats


def test_that_system_use_is_drawn_over_time(open_page: Open, make_run: Make) -> None:
    page = open_page(make_run(started(), *epoch(1, accuracy=0.5), *epoch(2, accuracy=0.5), owned=True))

    label, line = page.system.lines["cpu"]

    assert label.text() == "50 %"
    assert line.values == (50.0, 50.0)
    assert page.system.lines["memory"][0].text() == "2.0 GB"
    assert "gpu" not in page.system.lines


def test_that_a_waiting_run_can_be_taken_out_of_the_queue(
    open_page: Open, make_run: Make, studio: Studio, qtbot: QtBot
) -> None:
    page = open_page(make_run(started(), owned=True))
    waiting = make_run(name="next one")
    studio.workspace.enqueue(waiting, "cpu")
    qtbot.waitUntil(polled(studio, lambda: page.queue.list.crosses))

    page.queue.list.crosses[waiting.id].click()

    assert studio.workspace.waiting() == []
    qtbot.waitUntil(polled(studio, page.queue.isHidden))
