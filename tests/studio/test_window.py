"""The window as a whole: pages, messages, the command palette, and goodbyes that lose nothing."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenuBar
from pytestqt.qtbot import QtBot

from engine.events import Ended, Paused, Started, Steps
from engine.runs import Workspace
from engine.spec import Catalogue, Problem, Project, read_project
from studio.actions import Actions
from studio.analysis import Analysis
from studio.context import Studio
from studio.document import Document
from studio.launcher import Launcher
from studio.live import Live
from studio.messages import Messages
from studio.searcher import Searcher
from studio.service import Service
from studio.settings import Settings
from studio.shell.palette import score
from studio.shell.script import Script, Shot
from studio.theme import Theme
from studio.window import Window
from tests.studio.shell_fakes import KINDS, SILENT, First


@pytest.fixture
def studio(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Studio]:
    workspace = Workspace(tmp_path / "w").prepare()
    document, service = Document(), Service(SILENT)
    made = Studio(
        document=document,
        catalogue=Catalogue(),
        analysis=Analysis(document, service),
        service=service,
        live=Live(workspace),
        launcher=Launcher(workspace, ["true"]),
        searcher=Searcher(workspace, ("true",)),
        workspace=workspace,
        settings=Settings(tmp_path / "state"),
        theme=Theme(qapp, "dark"),
        actions=Actions(),
        messages=Messages(),
    )
    yield made
    made.analysis.close()
    made.live.close()
    made.launcher.close()
    made.service.close()


@pytest.fixture
def window(qtbot: QtBot, studio: Studio) -> Iterator[Window]:
    First.made.clear()
    made = Window(studio, KINDS)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.page == "design")
    yield made
    made.hide()
    made.deleteLater()


def edit(studio: Studio, epochs: int = 3) -> None:
    studio.document.edit("Set epochs", studio.document.project.set("training.epochs", epochs))


def words(window: Window) -> set[str]:
    return {label.text() for label in window.findChildren(QLabel) if label.isVisible()}


def test_that_a_page_is_made_when_it_is_first_shown_and_only_then(qtbot: QtBot, window: Window) -> None:
    assert First.made == ["First"]
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.page == "train"
    window.studio.actions.trigger("page.design")
    window.studio.actions.trigger("page.train")
    assert First.made == ["First", "Second"]


def test_that_the_rail_shows_which_page_is_in_sight(window: Window) -> None:
    actions = window.studio.actions
    actions.trigger("page.train")
    assert (actions["page.design"].isChecked(), actions["page.train"].isChecked()) == (False, True)
    actions.trigger("page.train")
    assert actions["page.train"].isChecked()


def test_that_a_new_window_begins_with_the_page_of_the_last(qtbot: QtBot, window: Window, studio: Studio) -> None:
    studio.actions.trigger("page.train")
    again = Window(studio, KINDS)
    again.show()
    qtbot.waitUntil(lambda: again.page == "train")
    again.hide()
    again.deleteLater()


def test_that_the_title_names_the_project_and_marks_edits(window: Window, studio: Studio, tmp_path: Path) -> None:
    edit(studio)
    assert window.isWindowModified()
    studio.document.save_as(tmp_path / "mine")
    assert not window.isWindowModified()
    assert window.windowTitle().startswith("mine")


def test_that_the_command_palette_finds_by_a_few_letters_and_does_it(
    qtbot: QtBot, window: Window, studio: Studio
) -> None:
    edit(studio)
    studio.actions.trigger("view.palette")
    palette = window.palette_view
    qtbot.keyClicks(palette.line, "und")
    assert palette.texts()[0] == "Undo"
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert not studio.document.dirty
    assert not palette.isVisible()


def test_that_the_command_palette_lists_only_what_can_be_done(window: Window, studio: Studio) -> None:
    studio.actions.trigger("view.palette")
    assert "Redo" not in window.palette_view.texts()
    assert "Train" in window.palette_view.texts()


def test_that_escape_leaves_the_palette_and_gives_the_focus_back(qtbot: QtBot, window: Window, studio: Studio) -> None:
    page = window.show_page("design")
    assert isinstance(page, First)
    page.field.setFocus()
    studio.actions.trigger("view.palette")
    qtbot.keyClick(window.palette_view.line, Qt.Key.Key_Escape)
    assert not window.palette_view.isVisible()
    assert page.field.hasFocus()


def test_that_letters_that_begin_words_match_best() -> None:
    assert (score("sa", "Save as") or 0) > (score("sa", "Usable") or 0)
    assert score("xyz", "Save as") is None


def test_that_closing_with_unsaved_edits_asks_in_the_window(window: Window, studio: Studio) -> None:
    edit(studio)
    assert not window.close()
    assert any("not saved" in text for text in window.messages())


def test_that_a_second_close_is_obeyed_and_keeps_the_edits_dirty_for_the_journal(
    qtbot: QtBot, window: Window, studio: Studio
) -> None:
    edit(studio)
    window.close()
    with qtbot.waitSignal(window.closed):
        window.close()
    assert studio.document.dirty


def test_that_saving_from_the_question_closes(qtbot: QtBot, window: Window, studio: Studio, tmp_path: Path) -> None:
    studio.document.save_as(tmp_path / "mine")
    edit(studio, 7)
    window.close()
    with qtbot.waitSignal(window.closed):
        window.press("leave", "Save")
    assert read_project(tmp_path / "mine.netloom").training.epochs == 7


def test_that_discarded_edits_are_forgotten(qtbot: QtBot, window: Window, studio: Studio) -> None:
    edit(studio)
    window.close()
    with qtbot.waitSignal(window.closed):
        window.press("leave", "Discard them")
    assert not studio.document.dirty


def test_that_opening_a_broken_file_says_so_and_keeps_what_was_open(
    window: Window, studio: Studio, tmp_path: Path
) -> None:
    (tmp_path / "broken.netloom").write_text("{")
    before = studio.document.project
    window.filing.open(tmp_path / "broken.netloom")
    assert studio.document.project is before
    assert any("broken.netloom" in text for text in window.messages())


def test_that_a_failed_save_offers_another_place(window: Window, studio: Studio, tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    studio.document.save_as(folder / "mine")
    (folder / "mine.netloom").unlink()
    folder.rmdir()
    folder.write_text("a file where the folder was")
    edit(studio)
    assert not window.filing.save()
    assert any("could not be saved" in text for text in window.messages())
    assert studio.document.dirty


def test_that_a_message_replaces_the_older_one_with_its_key(window: Window, studio: Studio) -> None:
    studio.messages.post("One", key="k")
    studio.messages.post("Two", key="k")
    studio.messages.post("Three")
    assert window.messages() == ("Two", "Three")
    studio.messages.clear("k")
    assert window.messages() == ("Three",)


def test_that_a_project_known_to_be_wrong_is_not_started(window: Window, studio: Studio) -> None:
    studio.analysis.problems = (Problem(message="The network has no Output."), Problem(message="x", severity="warning"))
    studio.analysis.stale = False
    studio.actions.trigger("run.train")
    assert studio.live.runs == ()
    assert window.messages() == ("Not started: The network has no Output.",)


def test_that_training_shows_the_new_run(window: Window, studio: Studio) -> None:
    studio.actions.trigger("run.train")
    (run,) = studio.workspace.all_runs()
    assert studio.live.current == run.id
    assert window.page == "train"


def test_that_a_run_behind_another_leaves_the_shown_one_in_sight(qtbot: QtBot, window: Window, studio: Studio) -> None:
    studio.actions.trigger("run.train")
    first = studio.live.current
    studio.actions.trigger("run.train")
    assert studio.live.current == first
    assert any("Queued" in text for text in window.messages())


def test_that_the_transport_bar_follows_the_run(qtbot: QtBot, window: Window, studio: Studio) -> None:
    run = studio.workspace.new_run(Project(name="Digits"), device="cpu")
    run.owner.claim()
    journal = run.journal()
    journal.write(Started(device="cpu", pid=os.getpid(), host="h", epochs=4, steps_per_epoch=10))
    journal.write(Steps(first=1, values={"train/loss": [0.5] * 15}))
    studio.live.start()
    qtbot.waitUntil(lambda: "running" in words(window))
    assert any("epoch 2/4" in text for text in words(window))
    assert studio.actions["run.pause"].isEnabled()
    studio.actions.trigger("run.pause")
    assert "pausing…" in words(window)
    journal.write(Paused(step=15))
    qtbot.waitUntil(lambda: "paused" in words(window))
    qtbot.waitUntil(lambda: studio.actions["run.pause"].text() == "Continue")
    journal.write(Ended(outcome="finished"))
    qtbot.waitUntil(lambda: not studio.actions["run.stop"].isEnabled())
    journal.close()


def test_that_an_interrupted_run_can_be_resumed_from_its_message(qtbot: QtBot, window: Window, studio: Studio) -> None:
    run = studio.workspace.new_run(Project(name="Digits"), device="cpu")
    run.owner.claim()
    journal = run.journal()
    journal.write(Started(device="cpu", pid=os.getpid(), host="h", epochs=4, steps_per_epoch=10))
    journal.close()
    studio.live.start()
    qtbot.waitUntil(lambda: studio.live.state(run.id) == "running")
    run.owner.release()  # as when its process is gone
    qtbot.waitUntil(lambda: any("interrupted" in text for text in window.messages()), timeout=2000)
    window.press("run", "Resume")
    assert [one.id for one in studio.workspace.waiting()] == [run.id]


def test_that_closing_says_once_that_training_goes_on(qtbot: QtBot, window: Window, studio: Studio) -> None:
    studio.actions.trigger("run.train")
    studio.live.poll()
    assert not window.close()
    with qtbot.waitSignal(window.closed):
        window.press("goodbye", "Close, keep training")
    assert len(studio.workspace.waiting()) == 1
    again = Window(studio, KINDS)
    assert again.close()
    again.deleteLater()


def test_that_a_page_that_is_pictured_is_written_in_its_theme(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    window.studio.analysis.report, window.studio.analysis.stale = {"totals": {}}, False
    shots = (Shot(page="train", theme="light", path=tmp_path / "shots" / "page.png"),)
    script = Script(window, train=False, shots=shots, quits=True)
    with qtbot.waitSignal(script.finished, timeout=10_000) as told:
        pass
    assert told.args == [0]
    assert (tmp_path / "shots" / "page.png").stat().st_size > 1000
    assert not window.studio.theme.colors.dark


def test_that_an_example_begins_a_new_project(window: Window, studio: Studio) -> None:
    studio.actions.trigger("file.example.digits-cnn")
    assert studio.document.project.model.nodes
    assert studio.document.path is None


def test_that_a_template_begins_a_new_project_beside_the_edited_one(window: Window, studio: Studio) -> None:
    edit(studio)
    studio.actions.trigger("file.new_template")
    gallery = window.starting.gallery
    assert gallery is not None
    assert gallery.isVisible()
    gallery.cards[0].click()
    assert gallery.isHidden()
    assert studio.document.project == gallery.cards[0].template.project
    assert studio.document.path is None
    assert not studio.document.dirty
    assert [sheet.project.training.epochs for sheet in studio.document.sheets.dirty] == [3]


def test_that_recent_projects_are_offered_but_not_the_open_one(window: Window, studio: Studio, tmp_path: Path) -> None:
    studio.document.save_as(tmp_path / "first")
    studio.document.save_as(tmp_path / "second")
    assert studio.actions["file.recent.0"].text() == "first"
    studio.actions.trigger("file.recent.0")
    assert studio.document.name == "first"


def test_that_the_best_device_is_the_first_the_service_names(window: Window, studio: Studio) -> None:
    window.transport.devices.show_devices([{"name": "cuda:0", "label": "H200"}, {"name": "cpu", "label": "CPU"}])
    studio.actions.trigger("run.train")
    (run,) = studio.workspace.all_runs()
    assert run.request()["device"] == "cuda:0"


def test_that_a_chosen_device_is_used_and_remembered(window: Window, studio: Studio) -> None:
    devices = window.transport.devices
    devices.show_devices([{"name": "cuda:0", "label": "H200"}, {"name": "cpu", "label": "CPU"}])
    devices.setCurrentIndex(devices.findData("cpu"))
    devices.activated.emit(devices.currentIndex())
    studio.actions.trigger("run.train")
    (run,) = studio.workspace.all_runs()
    assert run.request()["device"] == "cpu"
    assert studio.settings.get("device") == "cpu"


def test_that_the_menus_fold_into_one_button_where_there_is_no_room(qtbot: QtBot, window: Window) -> None:
    bar = window.findChild(QMenuBar)
    assert bar is not None
    window.resize(1400, 800)
    qtbot.waitUntil(bar.isVisible)
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_that_a_service_that_cannot_live_is_explained_with_a_way_to_try_again(
    qtbot: QtBot, window: Window, studio: Studio
) -> None:
    studio.service.state_changed.emit("failed")
    assert any("doctor" in text for text in window.messages())
    studio.service.state_changed.emit("ready")
    assert not window.messages()


def test_that_a_mistake_in_the_window_is_told_and_written_down(window: Window, studio: Studio) -> None:
    window.trouble.catch()
    try:
        sys.excepthook(ValueError, ValueError("boom"), None)
    finally:
        sys.excepthook = sys.__excepthook__
    assert any("boom" in text for text in window.messages())
    assert "boom" in (studio.settings.folder / "errors.log").read_text()
