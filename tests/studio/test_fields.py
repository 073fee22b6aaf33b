"""Field editors: what is written, what it means, and what a person is told when it means nothing."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from engine.spec import Parameter, Search
from studio.widgets import Form, editor_for
from studio.widgets.fields import read, stepped, write

pytestmark = pytest.mark.usefixtures("qapp")

RATE = Parameter(name="lr", type="float", default=1e-3, above=0, log=True)
MAPS = Parameter(name="out_channels", type="int", default=32, min=1, max=64)
KERNEL = Parameter(name="kernel_size", type="ints", default=(3, 3))
DROP = Parameter(name="dropout", type="float", default=None, optional=True)
MODE = Parameter(name="padding", type="choice", default="same", choices=("same", "valid"))
BIAS = Parameter(name="bias", type="bool", default=True)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1e-4, "1e-4"),
        (0.001, "0.001"),
        (3e8, "3e8"),
        (1.5e-7, "1.5e-7"),
        (0.0, "0"),
        (32, "32"),
        ((3, 5), "3, 5"),
        (None, ""),
    ],
)
def test_that_numbers_are_written_as_a_person_would(value: object, text: str) -> None:
    assert write(value) == text


def test_that_a_search_mark_is_written_as_its_range() -> None:
    assert write(Search(low=1e-4, high=0.1, log=True)) == "1e-4 … 0.1 log"
    assert write(Search(choices=(16, 32))) == "one of 16, 32"


@pytest.mark.parametrize("value", [1e-4, 0.001, 123.25, 5e-8, -2.5e9])
def test_that_what_is_written_is_read_back_equal(value: float) -> None:
    assert read(Parameter(name="x", type="float"), write(value)) == value


@pytest.mark.parametrize(
    ("parameter", "text", "reason"),
    [
        (RATE, "fast", "not a number"),
        (RATE, "0", "above 0"),
        (RATE, "inf", "finite"),
        (RATE, "", "such as"),
        (MAPS, "2.5", "whole"),
        (MAPS, "65", "at most 64"),
        (KERNEL, "3, x, y", "not a number"),
    ],
)
def test_that_a_text_without_a_usable_value_is_refused_with_the_rule(
    parameter: Parameter, text: str, reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        read(parameter, text)


def test_that_sizes_may_be_written_with_commas_spaces_or_crosses() -> None:
    assert read(KERNEL, "3, 5") == read(KERNEL, "3 5") == read(KERNEL, "(3×5)") == (3, 5)


def test_that_steps_stay_within_bounds_and_go_by_decades_where_declared() -> None:
    assert stepped(MAPS, 63, 10) == 64
    assert stepped(MAPS, 2, -10) == 1
    assert stepped(RATE, 1e-3, 10) == pytest.approx(1e-2)
    assert stepped(RATE, 1e-3, -10) == pytest.approx(1e-4)
    assert stepped(Parameter(name="x", type="float", above=0), 0.02, -100) > 0


def test_that_return_takes_what_was_typed_once(qtbot: QtBot) -> None:
    editor = editor_for(RATE)
    qtbot.addWidget(editor)
    editor.show()
    line = editor.findChild(QLineEdit)
    seen: list[object] = []
    editor.edited.connect(seen.append)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "3e-4")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert seen == [3e-4]


def test_that_nonsense_is_explained_below_the_field_and_changes_nothing(qtbot: QtBot) -> None:
    editor = editor_for(MAPS)
    qtbot.addWidget(editor)
    editor.show()
    line = editor.findChild(QLineEdit)
    line.selectAll()
    with qtbot.assertNotEmitted(editor.edited):
        qtbot.keyClicks(line, "many")
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "whole number" in editor.error()
    assert editor.value() == 32
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "32"
    assert not editor.error()


def test_that_dragging_over_a_number_scrubs_it(qtbot: QtBot) -> None:
    editor = editor_for(MAPS)
    qtbot.addWidget(editor)
    editor.resize(200, 30)
    editor.show()
    line = editor.findChild(QLineEdit)
    seen: list[object] = []
    editor.edited.connect(seen.append)
    qtbot.mousePress(line, Qt.MouseButton.LeftButton, pos=QPoint(50, 10))
    qtbot.mouseMove(line, QPoint(80, 10))
    qtbot.mouseRelease(line, Qt.MouseButton.LeftButton, pos=QPoint(80, 10))
    assert editor.value() == 37
    assert line.text() == "37"
    assert seen[-1] == 37


def test_that_an_emptied_optional_field_means_none(qtbot: QtBot) -> None:
    editor = editor_for(DROP)
    qtbot.addWidget(editor)
    editor.set_value(0.5)
    line = editor.findChild(QLineEdit)
    line.clear()
    with qtbot.waitSignal(editor.edited) as told:
        line.editingFinished.emit()
    assert told.args == [None]


def test_that_setting_a_value_from_outside_is_not_an_edit(qtbot: QtBot) -> None:
    form = Form([RATE, MAPS, MODE, BIAS])
    qtbot.addWidget(form)
    with qtbot.assertNotEmitted(form.edited):
        form.show_values({"lr": 0.1, "out_channels": 8, "padding": "valid", "bias": False})
    assert {name: editor.value() for name, editor in form.editors.items()} == {
        "lr": 0.1,
        "out_channels": 8,
        "padding": "valid",
        "bias": False,
    }


def test_that_choices_and_switches_tell_the_form(qtbot: QtBot) -> None:
    form = Form([MODE, BIAS])
    qtbot.addWidget(form)
    seen: list[tuple[str, object]] = []
    form.edited.connect(lambda name, value: seen.append((name, value)))
    box = form.findChild(QComboBox)
    box.setCurrentIndex(1)
    box.activated.emit(1)
    form.findChild(QCheckBox).click()
    assert seen == [("padding", "valid"), ("bias", False)]


def test_that_a_search_mark_is_shown_and_cannot_be_typed_over(qtbot: QtBot) -> None:
    editor = editor_for(RATE)
    qtbot.addWidget(editor)
    editor.set_value(Search(low=1e-4, high=1e-1, log=True))
    line = editor.findChild(QLineEdit)
    assert line.text() == "1e-4 … 0.1 log"
    assert not line.isEnabled()


def test_that_a_wrong_folded_parameter_unfolds(qtbot: QtBot) -> None:
    form = Form([MAPS, Parameter(name="eps", type="float", default=1e-8, advanced=True)])
    qtbot.addWidget(form)
    form.show()
    assert not form.editors["eps"].isVisible()
    form.show_errors({"eps": "Must be above 0."})
    assert form.editors["eps"].isVisible()
    assert form.editors["eps"].error() == "Must be above 0."


def test_that_one_number_for_all_sides_may_become_one_for_each() -> None:
    side = Parameter(name="kernel_size", type="int", default=3, min=1, max=9, several=True)
    assert (read(side, "3"), read(side, "1, 7"), read(side, "1×7")) == (3, (1, 7), (1, 7))
    with pytest.raises(ValueError, match="at most 9"):
        read(side, "1, 11")
