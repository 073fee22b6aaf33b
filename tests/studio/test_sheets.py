"""Several open projects: one in front, each with its own file, history and unsaved edits."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.spec import Project, write_project
from studio import session
from studio.document import Document
from studio.recovery import Journal
from studio.settings import Settings

pytestmark = pytest.mark.usefixtures("qapp")


def rename(document: Document, name: str) -> None:
    document.edit(f"Call it {name}", document.project.having(name=name))


def names(document: Document) -> list[str]:
    return [sheet.name for sheet in document.sheets]


def test_that_each_project_has_a_history_of_its_own() -> None:
    document = Document(Project(name="one"))
    one = document.sheet
    rename(document, "one more")
    other = document.sheets.open(Project(name="other"))
    assert not document.can_undo()
    rename(document, "another")

    document.sheets.bring(one)
    document.undo()

    assert names(document) == ["one", "another"]
    assert (one.dirty, other.dirty) == (False, True)


def test_that_views_are_told_the_project_that_comes_to_the_front(qtbot: QtBot) -> None:
    document = Document(Project(name="one"))
    one = document.sheet
    other = document.sheets.open(Project(name="other"))

    with qtbot.waitSignals([document.opened, document.path_changed]), qtbot.waitSignal(document.changed) as told:
        document.sheets.bring(one)

    assert told.args == [other.project, one.project]


def test_that_only_the_project_in_front_is_heard_of(qtbot: QtBot) -> None:
    document = Document()
    rename(document, "one")
    document.sheets.open(Project(name="other"))
    with qtbot.assertNotEmitted(document.dirty_changed), qtbot.assertNotEmitted(document.history_changed):
        next(iter(document.sheets)).history.set_clean()


def test_that_a_start_that_nobody_touched_makes_room_but_not_for_a_run_s_project() -> None:
    document = Document(Project(name="start"))
    document.sheet.begun = True
    document.sheets.open(Project(name="of a run"), origin="20260101-run-ab12")
    assert names(document) == ["start", "of a run · ab12"]

    document.sheets.step(1)
    document.sheets.open(Project(name="opened"))
    assert names(document) == ["opened", "of a run · ab12"]


def test_that_the_neighbor_comes_to_the_front_when_a_tab_is_closed() -> None:
    document = Document(Project(name="a"))
    for name in "bc":
        document.sheets.open(Project(name=name))
    document.sheets.close(document.sheet)
    assert document.name == "b"
    document.sheets.close(next(iter(document.sheets)))
    document.sheets.close(document.sheet)
    assert names(document) == [Project().name]


def test_that_tabs_go_round_and_keep_the_order_they_were_given() -> None:
    document = Document(Project(name="a"))
    for name in "bc":
        document.sheets.open(Project(name=name))
    document.sheets.move(2, 0)
    assert names(document) == ["c", "a", "b"]
    document.sheets.step(-1)
    assert document.name == "b"


def test_that_the_unsaved_edits_of_every_project_are_journalled_until_it_is_closed(tmp_path: Path) -> None:
    document = Document(Project(name="a"))
    journal = Journal(document, tmp_path)
    rename(document, "edited")
    document.sheets.open(Project(name="b"))
    rename(document, "edited as well")
    journal.write()
    assert len(list(tmp_path.glob("*.unsaved"))) == 2

    document.sheets.close(document.sheet)
    journal.close()

    assert len(list(tmp_path.glob("*.unsaved"))) == 1


def test_that_a_session_opens_what_was_open_as_far_as_it_is_still_there(tmp_path: Path) -> None:
    settings, document = Settings(tmp_path / "state"), Document()
    paths = [tmp_path / f"{name}.netloom" for name in "abc"]
    for path in paths:
        write_project(path, Project(name=path.stem))
        document.sheets.open(Project(name=path.stem), path=path)
    document.sheets.step(-1)
    session.remember(settings, document.sheets)
    paths[0].unlink()

    again = Document()
    again.sheet.begun = True
    trouble = session.reopen(settings, again.sheets, session.files(settings))

    assert trouble == ""
    assert (names(again), again.name) == (["b", "c"], "b")
