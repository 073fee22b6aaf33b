"""The Runs page, over a workspace of runs."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from engine.events import Ended
from engine.runs import RunFolder, append
from engine.spec import Component
from studio.context import Studio
from studio.pages.runs import Runs
from studio.pages.runs.curves import Curves
from tests.studio.pages.conftest import Orders, epoch, finished, polled, started

Make = Callable[..., RunFolder]
Open = Callable[[], Runs]


@pytest.fixture
def open_page(studio: Studio, qtbot: QtBot) -> Open:
    def make() -> Runs:
        settle(studio)
        page = Runs(studio)
        qtbot.addWidget(page)
        page.resize(1300, 900)
        page.show()
        page.activated()
        return page

    return make


def settle(studio: Studio) -> None:
    for _ in range(30):
        studio.live.poll()


def shown(page: Runs, title: str) -> list[str]:
    """What a column says, from top to bottom."""
    place = [column.title for column in page.model.columns].index(title)
    return [page.model.index(at, place).data() for at in range(page.model.rowCount())]


def curves(page: Runs) -> Curves:
    found = page.views.view(Curves)
    assert isinstance(found, Curves)
    return found


def three(make_run: Make) -> tuple[RunFolder, RunFolder, RunFolder]:
    """A finished run, a running one, and a failed one that never had an epoch."""
    good = make_run(started(epochs=1), *epoch(1, accuracy=0.9), finished(accuracy=0.88), name="good")
    going = make_run(started(), *epoch(1, accuracy=0.8), *epoch(2, accuracy=0.6), name="going", owned=True)
    bad = make_run(started(), Ended(time=1003.0, outcome="failed", message="It broke."), name="bad")
    return good, going, bad


def test_that_an_empty_workspace_offers_to_train(open_page: Open, qtbot: QtBot, orders: Orders) -> None:
    page = open_page()

    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)

    assert orders.given == ["run.train"]


def test_that_a_row_tells_a_run_s_state_and_its_best_last_and_test_value(open_page: Open, make_run: Make) -> None:
    three(make_run)
    page = open_page()
    page.table.sort_by("name", down=False)

    assert shown(page, "Name") == ["bad", "going", "good"]
    assert shown(page, "State") == ["failed", "running", "finished"]
    assert shown(page, "Best") == ["", "0.8000", "0.9000"]
    assert shown(page, "Last") == ["", "0.6000", "0.9000"]
    assert shown(page, "Test") == ["", "", "0.8800"]
    assert shown(page, "Epochs") == ["0 / 3", "2 / 3", "1 / 1"]


@pytest.mark.parametrize("down", [True, False])
def test_that_unknown_values_stand_last_whichever_way_one_sorts(open_page: Open, make_run: Make, down: bool) -> None:
    three(make_run)
    page = open_page()

    page.table.sort_by("best", down=down)

    best = shown(page, "Best")
    assert best[-1] == ""
    assert best[:2] == sorted(best[:2], reverse=down)


def test_that_every_word_of_the_filter_must_be_found(open_page: Open, make_run: Make, qtbot: QtBot) -> None:
    three(make_run)
    page = open_page()

    qtbot.keyClicks(page.search.line, "cpu go")
    qtbot.keyClick(page.search.line, Qt.Key.Key_Return)

    assert sorted(shown(page, "Name")) == ["going", "good"]
    assert page.count.text().startswith("2 of 3 runs")


def test_that_a_running_run_s_row_follows_it(open_page: Open, make_run: Make, studio: Studio, qtbot: QtBot) -> None:
    _, going, _ = three(make_run)
    page = open_page()
    page.search.set_text("going")

    append(going.events, *epoch(3, accuracy=0.95))

    qtbot.waitUntil(polled(studio, lambda: shown(page, "Best") == ["0.9500"]))


def test_that_a_new_run_appears_and_the_selection_stays(
    open_page: Open, make_run: Make, studio: Studio, qtbot: QtBot
) -> None:
    good, going, _ = three(make_run)
    page = open_page()
    page.select(good.id, going.id)
    before = set(page.selected())

    make_run(started(), name="newest", owned=True)

    qtbot.waitUntil(polled(studio, lambda: "newest" in shown(page, "Name")))
    assert set(page.selected()) == before


def test_that_selected_runs_are_compared_in_different_colors(
    open_page: Open, make_run: Make, studio: Studio, qtbot: QtBot
) -> None:
    runs = [make_run(started(), *epoch(1, accuracy=0.5), name=f"run {at}", owned=True) for at in range(10)]
    page = open_page()

    page.select(*(run.id for run in runs))
    qtbot.waitUntil(polled(studio, curves(page).settled))

    traces = curves(page).grid.tiles["validation/accuracy"].plot.traces
    assert traces.keys() == {run.id for run in runs}
    assert len({trace.curve.color for trace in traces.values()}) == 10
    assert all(page.model.color(run) == trace.curve.color for run, trace in traces.items())


def test_that_a_compared_run_goes_on_when_the_train_page_turns_to_another(
    open_page: Open, make_run: Make, studio: Studio, qtbot: QtBot
) -> None:
    good, going, _ = three(make_run)
    studio.live.show(going.id)
    page = open_page()
    page.select(going.id)

    studio.live.show(good.id)
    append(going.events, *epoch(3, accuracy=0.9))

    def loss() -> int:
        studio.live.poll()
        return len(curves(page).records[going.id].steps["loss"])

    qtbot.waitUntil(lambda: loss() == 30)


def test_that_deleting_asks_nothing_and_can_be_undone(
    open_page: Open, make_run: Make, studio: Studio, qtbot: QtBot
) -> None:
    good, *_ = three(make_run)
    page = open_page()
    page.select(good.id)
    with qtbot.waitSignal(studio.messages.posted) as posted:
        studio.actions.trigger("runs.delete")
    qtbot.waitUntil(polled(studio, lambda: "good" not in shown(page, "Name")))
    assert not good.path.exists()

    posted.args[0].actions["Undo"]()

    assert good.events.exists()
    qtbot.waitUntil(polled(studio, lambda: "good" in shown(page, "Name")))


def test_that_a_run_that_goes_on_cannot_be_deleted(open_page: Open, make_run: Make, studio: Studio) -> None:
    _, going, _ = three(make_run)
    page = open_page()

    page.select(going.id)

    assert not studio.actions["runs.delete"].isEnabled()
    assert studio.actions["runs.stop"].isEnabled()


def test_that_stopping_tells_the_run_and_resuming_queues_it(open_page: Open, make_run: Make, studio: Studio) -> None:
    _, going, bad = three(make_run)
    page = open_page()

    page.select(going.id)
    studio.actions.trigger("runs.stop")
    page.select(bad.id)
    studio.actions.trigger("runs.resume")

    assert "stop" in going.controls.read_text()
    assert [run.id for run in studio.workspace.waiting()] == [bad.id]


def test_that_a_run_is_shown_on_the_train_page(open_page: Open, make_run: Make, studio: Studio, orders: Orders) -> None:
    good, *_ = three(make_run)
    page = open_page()
    page.select(good.id)

    studio.actions.trigger("runs.show")

    assert studio.live.current == good.id
    assert orders.given == ["page.train"]


def test_that_a_run_s_project_opens_with_paths_that_still_lead_to_its_data(
    open_page: Open, make_run: Make, studio: Studio
) -> None:
    folder = str(studio.document.folder)
    studio.document.replace(
        studio.document.project.having(dataset=Component(kind="ImageFolder", parameters={"path": "photos"}))
    )
    run = make_run(started(), name="pictures", owned=True)
    studio.document.replace(studio.document.project.having(name="Another"))
    page = open_page()
    page.select(run.id)

    studio.actions.trigger("runs.open")

    assert studio.document.project.name == "Tries"
    assert studio.document.project.dataset.parameters["path"] == f"{folder}/photos"


def test_that_opening_a_run_s_project_does_not_take_unsaved_edits_away(
    open_page: Open, make_run: Make, studio: Studio, qtbot: QtBot
) -> None:
    good, *_ = three(make_run)
    page = open_page()
    studio.document.edit("Rename", studio.document.project.having(name="precious"))
    page.select(good.id)

    studio.actions.trigger("runs.open")

    assert [sheet.name for sheet in studio.document.sheets] == ["precious", f"Tries · {good.id[-4:]}"]
    assert [sheet.name for sheet in studio.document.sheets.dirty] == ["precious"]


def test_that_ids_are_copied_one_to_a_line(open_page: Open, make_run: Make, studio: Studio) -> None:
    good, going, _ = three(make_run)
    page = open_page()
    page.select(good.id, going.id)

    studio.actions.trigger("runs.copy")

    assert set(QGuiApplication.clipboard().text().splitlines()) == {good.id, going.id}


def test_that_the_order_of_the_table_is_remembered(open_page: Open, make_run: Make) -> None:
    three(make_run)
    open_page().table.sort_by("best", down=False)

    assert open_page().table.setup.sort == "best"
