"""Actions are declared once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studio.actions import Action, Actions

pytestmark = pytest.mark.usefixtures("qapp")


def test_that_an_action_runs_only_while_it_is_enabled() -> None:
    done: list[str] = []
    allowed = [False]
    actions = Actions()
    actions.add(
        Action(
            id="edit.delete", text="Delete", handler=lambda: done.append("x"), group="Edit", enabled=lambda: allowed[0]
        )
    )
    actions.trigger("edit.delete")
    assert not done
    allowed[0] = True
    actions.trigger("edit.delete")
    assert done == ["x"]


def test_that_sections_stand_together_in_a_menu() -> None:
    actions = Actions()
    for name, section in (("a", "1"), ("b", "2"), ("c", "1")):
        actions.add(Action(id=name, text=name, handler=list, group="Edit", section=section))
    assert [action.id for action in actions.of("Edit")] == ["a", "c", "b"]


def test_that_a_menu_nobody_has_is_a_mistake() -> None:
    with pytest.raises(AssertionError, match="Misc"):
        Actions().add(Action(id="x", text="x", handler=list, group="Misc"))


def test_that_an_owned_shortcut_leaves_other_fields_their_keys(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    canvas, field = QWidget(), QLineEdit("word")
    canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    layout.addWidget(canvas)
    layout.addWidget(field)
    done: list[str] = []
    actions = Actions()
    actions.attach(window)
    actions.add(
        Action(id="d", text="Delete", handler=lambda: done.append("x"), group="Edit", shortcut="Del", owner=canvas)
    )
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    field.setCursorPosition(0)
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert (done, field.text()) == ([], "ord")
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert done == ["x"]
