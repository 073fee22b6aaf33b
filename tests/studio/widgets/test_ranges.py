"""Ranges as they are written, and the dice beside a field."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.spec import Parameter, Search, offered
from studio.widgets import Form
from studio.widgets.fields import write
from studio.widgets.fields.draft import WAYS, Draft, read_range

RATE = Parameter(name="lr", type="float", default=1e-3, above=0, log=True)
MAPS = Parameter(name="out_channels", type="int", default=32, min=1)
PADS = Parameter(name="pads", type="ints", default=(1, 2))
MODE = Parameter(name="padding", type="choice", default="same", choices=("same", "valid"))
TEXT = Parameter(name="column", type="str", default="image")


def form_of(qtbot: QtBot, *parameters: Parameter) -> tuple[Form, dict[str, Any]]:
    """A form that does what its dice say, as a document would, and the values that it has."""
    form = Form(parameters)
    values: dict[str, Any] = {one.name: one.default for one in parameters}

    def mark(name: str, search: Search | None) -> None:
        before = values[name]
        assert search is not None or isinstance(before, Search)
        values[name] = before.first() if search is None and isinstance(before, Search) else search
        form.show_values(values)

    form.marked.connect(mark)
    form.show_values(values)
    form.show_dice(values, {})
    qtbot.addWidget(form)
    form.show()
    return form, values


@pytest.mark.parametrize("parameter", [RATE, MAPS, MODE, PADS])
def test_that_a_range_reads_back_from_its_words_and_from_its_draft(parameter: Parameter) -> None:
    search = offered(parameter, parameter.default)
    assert read_range(parameter, write(search), search) == search
    assert Draft.of(search).search(parameter) == search


@pytest.mark.parametrize("parameter", [RATE, MAPS])
@pytest.mark.parametrize("way", WAYS)
def test_that_a_range_turned_another_way_can_be_searched_and_keeps_its_value(parameter: Parameter, way: str) -> None:
    draft = Draft.of(offered(parameter, parameter.default))
    turned = draft.turned(way, parameter)  # type: ignore[arg-type]  # pytest knows texts alone
    assert turned.search(parameter).first() == parameter.default
    assert turned.multiplying(parameter, on=True).search(parameter).standing(2) == 2 * parameter.default


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("64 … 16", "range is empty"),
        ("0 … 8", "at least 1"),
        ("a … 8", "not a number"),
        ("1 … 9 by 0", "above 0"),
        ("", "at least one"),
    ],
)
def test_that_a_range_that_is_none_is_refused_with_the_rule(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_range(MAPS, text, offered(MAPS, 32))


def test_that_a_dice_turns_a_value_into_a_range_and_back(qtbot: QtBot) -> None:
    form, values = form_of(qtbot, RATE, TEXT)
    assert set(form.dice.buttons) == {"lr"}  # a name is what it is
    form.dice.buttons["lr"].click()
    assert values["lr"] == Search(low=1e-4, high=1e-2, log=True, value=1e-3)
    assert form.dice.ranges["lr"].isVisible()
    form.dice.buttons["lr"].click()
    assert values["lr"] == 1e-3
    assert not form.dice.ranges["lr"].isVisible()


def test_that_what_is_written_into_a_range_is_kept_while_it_means_none(qtbot: QtBot) -> None:
    form, values = form_of(qtbot, MAPS)
    form.dice.buttons["out_channels"].click()
    editor, held = form.dice.ranges["out_channels"], values["out_channels"]
    editor.low.setFocus()
    editor.low.selectAll()
    qtbot.keyClicks(editor.low, "128")
    qtbot.keyClick(editor.low, Qt.Key.Key_Return)
    assert "range is empty" in editor.error()
    assert (editor.low.text(), values["out_channels"]) == ("128", held)
    editor.high.setFocus()
    editor.high.selectAll()
    qtbot.keyClicks(editor.high, "256")
    qtbot.keyClick(editor.high, Qt.Key.Key_Return)
    assert not editor.error()
    assert values["out_channels"] == Search(low=128, high=256, step=16, value=32)


def test_that_choices_are_added_and_dropped_one_by_one(qtbot: QtBot) -> None:
    form, values = form_of(qtbot, PADS)
    form.dice.buttons["pads"].click()
    chips = form.dice.ranges["pads"].chips
    qtbot.keyClicks(chips.line, "(3, 4), (5, 6)")
    qtbot.keyClick(chips.line, Qt.Key.Key_Return)
    assert values["pads"] == Search(choices=((1, 2), (3, 4), (5, 6)), value=(1, 2))
    chips.buttons[1].click()
    assert values["pads"] == Search(choices=((1, 2), (5, 6)), value=(1, 2))


def test_that_joining_a_variable_brings_its_range_and_keeps_the_value(qtbot: QtBot) -> None:
    form, values = form_of(qtbot, MAPS)
    width = Search(choices=(8, 16), name="width")
    form.show_dice(["out_channels"], {"width": width})
    form.dice.buttons["out_channels"].click()
    editor = form.dice.ranges["out_channels"]
    editor.name.setCurrentText("width")
    editor.name.activated.emit(0)
    assert values["out_channels"] == Search(choices=(8, 16), name="width", value=32)
    assert "not among them" in editor.words.text()


def test_that_the_keyboard_goes_from_a_field_to_its_dice_and_into_the_range(qtbot: QtBot) -> None:
    form, values = form_of(qtbot, MAPS, MODE)
    form.editors["out_channels"].setFocus()
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
    assert form.focusWidget() is form.dice.buttons["out_channels"]
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Space)
    assert isinstance(values["out_channels"], Search)
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
    assert form.focusWidget() in form.dice.ranges["out_channels"].ways.buttons


def test_that_the_value_outside_of_a_search_is_written_as_a_choice_is(qtbot: QtBot) -> None:
    form, values = form_of(qtbot, MODE)
    form.dice.buttons["padding"].click()
    value = form.dice.ranges["padding"].value
    value.setText("full")
    value.editingFinished.emit()
    assert "none of same, valid" in form.dice.ranges["padding"].error()
    value.setText("valid")
    value.editingFinished.emit()
    assert values["padding"] == Search(choices=("same", "valid"), value="valid")
