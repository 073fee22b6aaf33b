"""Runs laid beside each other on the Runs page."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from engine.runs import RunFolder
from studio.context import Studio
from studio.followed import Followed
from studio.pages.runs.differences import Differences
from studio.pages.runs.differences.model import DISPLAY, Section
from tests.studio.pages.conftest import epoch, finished, polled, started

Make = Callable[..., RunFolder]
View = Callable[..., Differences]


@pytest.fixture
def view(studio: Studio, qtbot: QtBot) -> View:
    def make(*runs: RunFolder) -> Differences:
        for _ in range(20):
            studio.live.poll()
        shown = Differences(studio, lambda _: 0)
        qtbot.addWidget(shown)
        shown.resize(900, 500)
        shown.show()
        shown.show_runs([run.id for run in reversed(runs)])  # the newest stands uppermost in the table
        qtbot.waitUntil(shown.settled)
        return shown

    return make


@pytest.fixture
def two(studio: Studio, make_run: Make) -> tuple[RunFolder, RunFolder]:
    """A run, and one with another learning rate that is named otherwise."""
    first = make_run(started(epochs=1), *epoch(1, accuracy=0.9), finished(accuracy=0.88), name="good")
    project = studio.document.project
    studio.document.replace(project.set("training.optimizer.lr", 0.01).set("training.epochs", 20))
    second = make_run(started(epochs=1), *epoch(1, accuracy=0.8), finished(accuracy=0.78), name="other")
    studio.document.replace(project)
    return first, second


def names(view: Differences) -> list[str]:
    return [line.place.name for line in view.model.lines]


def cell(view: Differences, name: str, column: int) -> str:
    row = next(at for at, one in enumerate(view.model.rows) if not isinstance(one, Section) and one.place.name == name)
    return str(view.model.index(row, column).data())


def test_that_only_what_differs_is_shown_until_all_is_wanted(view: View, two: tuple[RunFolder, RunFolder]) -> None:
    shown = view(*two)
    assert {"optimizer.lr", "epochs", "test/accuracy"} <= set(names(shown))
    assert "batch_size" not in names(shown)
    shown.studio.actions.trigger("runs.only_differences")
    assert "batch_size" in names(shown)


def test_that_a_filter_finds_names_and_values(view: View, two: tuple[RunFolder, RunFolder]) -> None:
    shown = view(*two)
    shown.search.setText("optim lr")
    assert names(shown) == ["optimizer.lr"]
    shown.search.setText("0.78")
    assert names(shown) == ["test/accuracy"]


def test_that_a_click_on_a_run_makes_it_the_baseline(
    view: View, two: tuple[RunFolder, RunFolder], qtbot: QtBot
) -> None:
    shown = view(*two)
    header = shown.table.horizontalHeader()
    place = header.viewport().rect().center()
    place.setX(header.sectionViewportPosition(1) + 20)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shown.model.baseline == 1
    line = next(one for one in shown.model.lines if one.place.name == "epochs")
    assert line.relation(0, shown.model.baseline) == "÷2"


def test_that_what_is_shown_is_copied_whole(view: View, two: tuple[RunFolder, RunFolder]) -> None:
    shown = view(*two)
    shown.search.setText("epochs")
    shown.studio.actions.trigger("runs.copy_differences")
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[1].split("\t") == ["Training", "epochs", "10", "20"]
    shown.studio.actions.trigger("runs.copy_markdown")
    assert "| epochs | 10 | **20** ×2 |" in QGuiApplication.clipboard().text()


def test_that_of_selected_lines_only_these_are_copied(view: View, two: tuple[RunFolder, RunFolder]) -> None:
    shown = view(*two)
    place = next(at for at, row in enumerate(shown.model.rows) if not isinstance(row, Section))
    shown.table.selectionModel().select(shown.model.index(place, 0), QItemSelectionModel.SelectionFlag.Select)
    shown.studio.actions.trigger("runs.copy_differences")
    assert len(QGuiApplication.clipboard().text().splitlines()) == 2


def test_that_one_run_alone_is_set_against_the_open_project(view: View, two: tuple[RunFolder, RunFolder]) -> None:
    shown = view(two[1])
    assert shown.model.columnCount() == 2
    assert (cell(shown, "epochs", 0), cell(shown, "epochs", 1)) == ("20", "10")


def test_that_an_edit_of_the_open_project_is_followed(
    view: View, two: tuple[RunFolder, RunFolder], qtbot: QtBot
) -> None:
    shown = view(two[0])
    assert "epochs" not in names(shown)
    document = shown.studio.document
    document.edit("Epochs", document.project.set("training.epochs", 3))
    qtbot.waitUntil(lambda: "epochs" in names(shown))


def test_that_equal_runs_say_so(view: View, make_run: Make) -> None:
    run = make_run()
    shown = view(run)
    shown.search.setText("epochs")
    assert not shown.model.rows
    assert shown.empty.isVisible()


def test_that_a_run_under_way_is_followed(view: View, make_run: Make, qtbot: QtBot) -> None:
    going = make_run(started(), *epoch(1, accuracy=0.5), owned=True)
    shown = view(going, make_run(started(), *epoch(1, accuracy=0.7), finished(accuracy=0.7)))
    journal = going.journal()
    journal.write(*epoch(2, accuracy=0.6))
    journal.close()
    key = "validation/accuracy, best"
    qtbot.waitUntil(polled(shown.studio, lambda: cell(shown, key, 0) == "0.6"))


def test_that_heads_of_sections_stand_above_their_lines(view: View, two: tuple[RunFolder, RunFolder]) -> None:
    shown = view(*two)
    heads = [row.title for row in shown.model.rows if isinstance(row, Section)]
    assert heads == ["Outcome", "Training"]
    assert shown.model.headerData(0, Qt.Orientation.Vertical, DISPLAY) == "Outcome"


def test_that_a_run_of_another_tool_is_compared_by_what_it_logged(view: View, studio: Studio, make_run: Make) -> None:
    class Foreign(Followed):
        @property
        def parameters(self) -> dict[str, object]:
            return {"learning_rate": 0.1}

    other = Foreign("theirs")
    other.summary.name = "a script"
    studio.live.adopt(other)
    run = make_run(started(), finished(accuracy=0.7))
    shown = view(run)
    shown.show_runs(["theirs", run.id])
    while not shown.settled():
        shown.reading._read_one() if not shown.reading.settled else shown._build()
    assert "learning_rate" in names(shown)
    assert "another program" in shown.remarks.text()
    studio.live.release("theirs")
