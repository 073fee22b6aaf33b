"""One list of actions: menus, keys, command palette and cheat sheet are views of it."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from studio.actions import GROUPS, Action
from studio.app import PAGES, Application
from studio.options import Options
from studio.shell.cheat_sheet import COLUMN
from studio.shell.menus import fill
from studio.shell.palette import words
from studio.window import Window


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """The real window, every page of it made once."""
    folder: Path = tmp_path_factory.mktemp("window")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NETLOOM_STATE", str(folder / "state"))
        patch.setenv("NETLOOM_HOME", str(folder / "home"))
        patch.setattr("studio.service.Service.start", lambda _: None)
        made = Application(Options(size=(1000, 640)), qapp)
        found = made.begin()
        for name in (*PAGES, "design"):
            found.show_page(name)
        yield found
        made.close()
        qapp.processEvents()


def keys(action: Action) -> set[str]:
    return {QKeySequence(one).toString() for one in action.shortcut.split("; ") if one}


def collide(one: Action, other: Action) -> bool:
    """Whether both would hear a key: in the same place, or where one of them hears everywhere or around the other."""
    a, b = one.owner, other.owner
    together = a is b or a is None or b is None or a.isAncestorOf(b) or b.isAncestorOf(a)
    return bool(together and keys(one) & keys(other))


def test_that_no_two_actions_hear_the_same_key(window: Window) -> None:
    every = list(window.studio.actions)
    assert [(one.id, other.id) for one, other in combinations(every, 2) if collide(one, other)] == []


def test_that_every_action_is_in_a_menu_the_palette_and_the_sheet(window: Window) -> None:
    actions = window.studio.actions
    listed: set[str] = set()
    for group in GROUPS:
        menu = QMenu()
        fill(menu, actions, group)
        waiting = [menu]
        while waiting:
            for entry in waiting.pop().actions():
                listed.add(entry.objectName())
                if (inside := entry.menu()) is not None:
                    waiting.append(inside)  # type: ignore[arg-type]
    declared = {action.id for action in actions}
    assert declared <= listed
    window.cheat_sheet.open()
    assert {words(action) for action in actions} <= {entry.text for entry in window.cheat_sheet.shown()}
    window.cheat_sheet.close_sheet()
    window.palette_view.open()
    offered = set(window.palette_view.texts())
    window.palette_view.close_palette()
    missing = {words(action) for action in actions if actions[action.id].isEnabled()} - offered
    assert missing <= {words(action) for action in actions if action.id == "view.palette"}


def test_that_the_sheet_opens_by_its_key_and_escape_gives_the_focus_back(qtbot: QtBot, window: Window) -> None:
    window.activateWindow()
    canvas = window.show_page("design").canvas  # type: ignore[attr-defined]
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    QTest.keyClick(canvas, Qt.Key.Key_F1)
    assert window.cheat_sheet.isVisible()
    QTest.keyClick(window.cheat_sheet.filter, Qt.Key.Key_Escape)
    assert not window.cheat_sheet.isVisible()
    assert canvas.hasFocus()


def test_that_typing_leaves_what_matches_words_or_keys(window: Window) -> None:
    sheet = window.cheat_sheet
    sheet.open()
    QTest.keyClicks(sheet.filter, "undo")
    assert {entry.text for entry in sheet.shown()} == {"Undo"}
    sheet.filter.setText("ctrl+z")
    assert "Undo" in {entry.text for entry in sheet.shown()}
    sheet.filter.setText("no such thing")
    assert sheet.shown() == ()
    sheet.close_sheet()


def test_that_the_sheet_fits_a_small_window_and_scrolls(window: Window) -> None:
    sheet = window.cheat_sheet
    sheet.open()
    QApplication.processEvents()
    assert window.rect().contains(sheet.geometry())
    assert sheet.area.horizontalScrollBar().maximum() == 0
    assert sheet.area.verticalScrollBar().maximum() > 0
    assert sheet.width() // COLUMN >= 2
    sheet.close_sheet()


def test_that_the_mouse_is_explained_once(window: Window) -> None:
    gestures = window.studio.actions.gestures
    window.studio.actions.explain(*gestures)
    assert window.studio.actions.gestures == gestures
    assert len({(one.hand, one.text) for one in gestures}) == len(gestures) > 10
