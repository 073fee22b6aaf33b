"""The document: edits, undo, files, and what is left of edits when a window ends early."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.spec import Project, ProjectError, Training, read_project, write_project
from studio.document import Document, FileChangedError
from studio.recovery import Journal, discard, left_behind

pytestmark = pytest.mark.usefixtures("qapp")


def with_epochs(project: Project, epochs: int) -> Project:
    return project.set("training.epochs", epochs)


def test_that_undo_brings_back_the_very_project_and_redo_the_edited_one(qtbot: QtBot) -> None:
    document = Document()
    before = document.project
    document.edit("Set epochs", with_epochs(before, 3))
    after = document.project
    document.undo()
    assert document.project is before
    document.redo()
    assert document.project is after
    assert document.history.undoes.text == "Set epochs"


def test_that_views_are_told_the_project_before_and_after(qtbot: QtBot) -> None:
    document = Document()
    before = document.project
    with qtbot.waitSignal(document.changed) as told:
        document.edit("Set epochs", with_epochs(before, 3))
    assert told.args == [before, document.project]


def test_that_an_edit_that_changes_nothing_is_no_step(qtbot: QtBot) -> None:
    document = Document()
    with qtbot.assertNotEmitted(document.changed):
        document.edit("Nothing", Project())
    assert not document.can_undo()
    assert not document.dirty


def test_that_scrubbing_a_number_is_one_step(qtbot: QtBot) -> None:
    document = Document()
    for epochs in (11, 12, 13):
        document.edit("Set epochs", with_epochs(document.project, epochs), merge_key="training.epochs")
    document.edit("Set seed", document.project.set("training.seed", 5), merge_key="training.seed")
    document.undo()
    document.undo()
    assert document.project == Project()
    assert not document.can_undo()


def test_that_saving_and_undoing_back_to_the_saved_project_are_clean(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document()
    document.edit("Set epochs", with_epochs(document.project, 3))
    assert document.dirty
    document.save_as(tmp_path / "mine")
    assert document.path == tmp_path / "mine.netloom"
    assert not document.dirty
    document.edit("Set epochs", with_epochs(document.project, 4))
    document.undo()
    assert not document.dirty
    assert read_project(tmp_path / "mine.netloom").training.epochs == 3


def test_that_a_file_that_cannot_be_opened_leaves_what_was_open(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document(Project(name="Kept"))
    (tmp_path / "cut.netloom").write_text('{"format": "netloom", "vers')
    with pytest.raises(ProjectError, match="cut"):
        document.open(tmp_path / "cut.netloom")
    assert document.project.name == "Kept"


def test_that_a_failed_save_leaves_the_file_and_the_edits(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document()
    document.edit("Set epochs", with_epochs(document.project, 3))
    (tmp_path / "taken.netloom").mkdir()
    with pytest.raises(ProjectError):
        document.save_as(tmp_path / "taken.netloom")
    assert document.dirty
    assert document.path is None


def test_that_a_file_somebody_else_wrote_is_not_overwritten_unasked(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "shared.netloom"
    write_project(path, Project())
    document = Document()
    document.open(path)
    write_project(path, Project(training=Training(epochs=77)))
    document.edit("Set epochs", with_epochs(document.project, 3))
    with pytest.raises(FileChangedError, match="another program"):
        document.save()
    assert read_project(path).training.epochs == 77
    document.save(overwrite=True)
    assert read_project(path).training.epochs == 3


def test_that_a_template_is_a_start_for_a_new_file(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "example.netloom"
    write_project(path, Project(name="Digits"))
    document = Document()
    document.open(path, template=True)
    assert document.path is None
    assert document.name == "Digits"


def test_that_edits_of_a_window_that_was_killed_are_offered(qtbot: QtBot, tmp_path: Path) -> None:
    script = f"""
import os
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from studio.document import Document
from studio.recovery import Journal
app = QCoreApplication([])
document = Document()
document.save_as(Path({str(tmp_path / "p.netloom")!r}))
journal = Journal(document, Path({str(tmp_path / "state")!r}))
document.edit("Set epochs", document.project.set("training.epochs", 3))
journal.write()
os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 9
    (unsaved,) = left_behind(tmp_path / "state")
    assert unsaved.path == tmp_path / "p.netloom"
    assert unsaved.project.training.epochs == 3
    discard(unsaved)
    assert not left_behind(tmp_path / "state")


def test_that_edits_of_a_living_window_are_not_offered_to_another(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document()
    journal = Journal(document, tmp_path)
    document.edit("Set epochs", with_epochs(document.project, 3))
    qtbot.waitUntil(journal.path.exists)
    assert left_behind(tmp_path) == []
    journal.close()


def test_that_saved_edits_leave_no_journal(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document()
    journal = Journal(document, tmp_path / "state")
    document.edit("Set epochs", with_epochs(document.project, 3))
    qtbot.waitUntil(journal.path.exists)
    document.save_as(tmp_path / "p.netloom")
    qtbot.waitUntil(lambda: not journal.path.exists())
    journal.close()


def test_that_a_broken_journal_is_passed_over(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.unsaved").write_text("{")
    (tmp_path / "b.unsaved").write_text(json.dumps({"path": None, "moment": "yesterday", "project": {}}))
    assert left_behind(tmp_path) == []
