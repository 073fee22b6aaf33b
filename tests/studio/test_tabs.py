"""The tabs of the window: mouse, keys, and the question before edits are lost."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from engine.spec import Project, read_project, write_project
from studio.context import Studio
from studio.shell.transport import DocumentName
from studio.window import Window
from tests.studio.test_window import edit, studio, window

__all__ = ["studio", "window"]


def two(studio: Studio) -> None:
    studio.document.sheets.open(Project(name="first"))
    studio.document.sheets.close(next(iter(studio.document.sheets)))
    studio.document.sheets.open(Project(name="second"))


def texts(window: Window) -> list[str]:
    return [window.tabs.tabText(place) for place in range(window.tabs.count())]


def test_that_one_project_alone_has_no_tab_bar(window: Window, studio: Studio) -> None:
    [name] = window.findChildren(DocumentName)
    assert not window.tabs.isVisible()
    assert name.isVisible()
    two(studio)
    assert window.tabs.isVisible()
    assert texts(window) == ["first", "second"]
    assert not name.isVisible()  # it is a tab's


def test_that_a_click_and_ctrl_tab_bring_a_project_to_the_front(qtbot: QtBot, window: Window, studio: Studio) -> None:
    two(studio)
    qtbot.mouseClick(window.tabs, Qt.MouseButton.LeftButton, pos=window.tabs.tabRect(0).center())
    assert studio.document.name == "first"
    qtbot.keyClick(window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert (studio.document.name, window.tabs.currentIndex()) == ("second", 1)


def test_that_a_middle_click_closes_and_edits_are_asked_about(qtbot: QtBot, window: Window, studio: Studio) -> None:
    two(studio)
    edit(studio)
    for _ in range(2):
        qtbot.mouseClick(window.tabs, Qt.MouseButton.MiddleButton, pos=window.tabs.tabRect(1).center())
    assert window.messages() == ("“second” has edits that are not saved.",)
    window.press("leave", "Discard them")
    assert [sheet.name for sheet in studio.document.sheets] == ["first"]


def test_that_the_cross_of_a_tab_closes_that_one(qtbot: QtBot, window: Window, studio: Studio) -> None:
    two(studio)
    button = window.tabs.tabButton(0, QTabBar.ButtonPosition.RightSide)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [sheet.name for sheet in studio.document.sheets] == ["second"]


def test_that_a_drag_gives_a_tab_another_place(window: Window, studio: Studio) -> None:
    two(studio)
    window.tabs.moveTab(0, 1)
    assert [sheet.name for sheet in studio.document.sheets] == ["second", "first"]
    assert texts(window) == ["second", "first"]


def test_that_closing_the_window_saves_every_project_that_has_edits(
    qtbot: QtBot, window: Window, studio: Studio, tmp_path: Path
) -> None:
    paths = [tmp_path / "a.netloom", tmp_path / "b.netloom"]
    for path in paths:
        write_project(path, Project(name=path.stem))
        window.filing.open(path)
        edit(studio, 7)
    assert not window.close()
    with qtbot.waitSignal(window.closed):
        window.press("leave", "Save all")
    assert [read_project(path).training.epochs for path in paths] == [7, 7]


def test_that_a_file_that_is_open_comes_to_the_front(window: Window, studio: Studio, tmp_path: Path) -> None:
    write_project(tmp_path / "a.netloom", Project(name="a"))
    window.filing.open(tmp_path / "a.netloom")
    before = len(studio.document.sheets)
    studio.document.sheets.step(1)
    window.filing.open(tmp_path / "a.netloom")
    assert (studio.document.name, len(studio.document.sheets)) == ("a", before)
