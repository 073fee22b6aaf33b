"""Starting the window: arguments, workspaces, what is opened first, and what a crash left behind."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.runs import Owner, Workspace
from engine.spec import Project, write_project
from studio.app import PAGES, Application, usable
from studio.document import Document
from studio.options import Options, parse
from studio.recovery import Journal
from studio.window import Window
from tests.studio.shell_fakes import KINDS, SILENT

Begin = Callable[..., Window]


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NETLOOM_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("NETLOOM_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("studio.service.COMMAND", SILENT)
    monkeypatch.setattr("studio.app.PAGES", {**KINDS})
    return tmp_path / "state"


@pytest.fixture
def begin(qtbot: QtBot, qapp: QApplication, state: Path) -> Iterator[Begin]:
    made: list[Application] = []

    def start(**options: object) -> Window:
        made.append(Application(Options(**options), qapp))  # type: ignore[arg-type]
        return made[-1].begin()

    yield start
    for one in reversed(made):
        one.close()


def test_that_the_first_start_opens_an_example_as_a_new_project(begin: Begin) -> None:
    document = begin().studio.document
    assert document.path is None
    assert document.project.model.nodes


def test_that_a_later_start_opens_the_last_project(begin: Begin, tmp_path: Path) -> None:
    write_project(tmp_path / "mine.netloom", Project(name="Mine"))
    begin(file=tmp_path / "mine.netloom")
    assert begin(workspace=tmp_path / "other").studio.document.path == tmp_path / "mine.netloom"


def test_that_a_file_that_cannot_be_opened_is_explained_in_the_window(begin: Begin, tmp_path: Path) -> None:
    (tmp_path / "new.netloom").write_text('{"format": "netloom", "version": 99}')
    window = begin(file=tmp_path / "new.netloom")
    assert any("newer Netloom" in text for text in window.messages())


def test_that_a_second_window_on_a_workspace_says_so(begin: Begin, tmp_path: Path) -> None:
    script = f"""
from pathlib import Path
from engine.runs import Workspace
Workspace(Path({str(tmp_path / "w")!r})).window().claim()
print("on", flush=True)
input()
"""
    holder = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    window = begin(workspace=tmp_path / "w")
    assert any("open in another window" in text for text in window.messages())
    holder.communicate(b"\n")


def test_that_the_workspace_is_free_again_after_the_window(begin: Begin, tmp_path: Path) -> None:
    window = begin(workspace=tmp_path / "w")
    lock = Workspace(tmp_path / "w").window()
    assert lock.path.exists()
    window.close()
    assert not lock.path.exists()
    assert isinstance(lock.claim(), Owner)
    lock.release()


def test_that_another_workspace_opens_with_the_same_edits(qtbot: QtBot, qapp: QApplication, state: Path) -> None:
    application = Application(Options(workspace=state / "one"), qapp)
    first = application.begin()
    document = first.studio.document
    document.edit("Set epochs", document.project.set("training.epochs", 5))
    second = application.open(state / "two")
    assert second.studio.document is document
    assert second.studio.workspace.path == state / "two"
    assert not Workspace(state / "one").window().path.exists()
    qtbot.waitUntil(lambda: second.page != "")
    document.edit("Set epochs", document.project.set("training.epochs", 6))
    document.undo()
    assert document.dirty
    application.close()


def test_that_a_workspace_that_cannot_be_written_to_is_replaced_for_now(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    workspace, trouble = usable(tmp_path / "file")
    assert "cannot be used" in trouble
    assert workspace.runs.is_dir()


def test_that_edits_left_by_a_crash_are_offered_and_recovered(begin: Begin, state: Path, tmp_path: Path) -> None:
    write_project(tmp_path / "mine.netloom", Project())
    lost = Document()
    lost.open(tmp_path / "mine.netloom")
    journal = Journal(lost, state / "unsaved")
    lost.edit("Set epochs", lost.project.set("training.epochs", 77))
    journal.close()  # leaves the journal, as a window that ends with unsaved edits does
    window = begin()
    window.press("recovery", "Recover")
    document = window.studio.document
    assert (document.project.training.epochs, document.path, document.dirty) == (77, tmp_path / "mine.netloom", True)
    document.undo()
    assert document.project.training.epochs == Project().training.epochs


def test_that_a_file_left_with_edits_several_times_is_named_once(begin: Begin, state: Path, tmp_path: Path) -> None:
    write_project(tmp_path / "mine.netloom", Project())
    for epochs in (77, 78):
        lost = Document()
        lost.open(tmp_path / "mine.netloom")
        journal = Journal(lost, state / "unsaved")
        lost.edit("Set epochs", lost.project.set("training.epochs", epochs))
        journal.close()
    other = Document(Project(name="other"))
    journal = Journal(other, state / "unsaved")
    other.edit("Set epochs", other.project.set("training.epochs", 77))
    journal.close()
    [told] = [text for text in begin().messages() if "never saved" in text]
    assert told.startswith("“other” and “mine.netloom” (in 2 versions) have edits of")


def test_that_recovered_edits_that_are_discarded_are_not_offered_again(begin: Begin, state: Path) -> None:
    lost = Document()
    journal = Journal(lost, state / "unsaved")
    lost.edit("Set epochs", lost.project.set("training.epochs", 77))
    journal.close()
    begin().press("recovery", "Discard")
    assert not list((state / "unsaved").glob("*.unsaved"))


def test_that_options_say_what_to_picture() -> None:
    options = parse(
        ["a.netloom", "--shot", "runs", "--theme", "light", "--size", "800x600", "--out", "x.png"], pages=tuple(PAGES)
    )
    assert (options.shots[0].page, options.shots[0].theme, options.size) == ("runs", "light", (800, 600))
    assert options.quits
    assert len(parse(["--shots", "d"], pages=tuple(PAGES)).shots) == 2 * len(PAGES)


def test_that_a_machine_without_a_screen_gets_a_sentence_and_not_an_abort() -> None:
    import os

    hidden = {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}
    surroundings = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [sys.executable, "-m", "studio"], env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "no screen" in done.stderr
    assert "Traceback" not in done.stderr
