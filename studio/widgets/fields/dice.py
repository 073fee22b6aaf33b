"""The dice beside the fields of a form: each turns a value into a range that is searched, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from engine.spec import Search, offered, searchable
from studio.widgets.buttons import ToolButton
from studio.widgets.fields.editor import Editor
from studio.widgets.fields.range_editor import RangeEditor
from studio.widgets.fields.words import MIXED
from studio.widgets.style import tag

DICE = "dice"
SIDE = 28
"""Pixels of a dice, as high as the field beside it."""
WIDTH = 3
"""How many columns of the form an editor below a field has."""


class Dice(QObject):
    """Marks parameters for search, and edits their ranges in place.

    Args:
        grid: the form's, where the line below each field is free.
        editors: the fields, by name.
        put: puts a button beside the field of that name.
    """

    marked = Signal(str, object)
    """A parameter is to have this `Search`, or none any more."""

    def __init__(
        self,
        grid: QGridLayout,
        editors: Mapping[str, Editor],
        put: Callable[[str, ToolButton], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._grid = grid
        self._editors = editors
        self._put = put
        self._variables: Mapping[str, Search] = {}
        self._open = ""
        self.buttons: dict[str, ToolButton] = {}
        self.ranges: dict[str, RangeEditor] = {}

    def offer(self, names: Iterable[str]) -> None:
        """Put a dice beside each of these."""
        for name in names:
            if name not in self.buttons and searchable(self._editors[name].parameter):
                self.buttons[name] = self._button(name)
                self._editors[name].opened.connect(partial(self.toggle_range, name))
                self.show_value(name, self._editors[name].value())

    def show_variables(self, variables: Mapping[str, Search]) -> None:
        """There are these variables that marks can share."""
        self._variables = variables

    def show_value(self, name: str, value: Any) -> None:
        """Show whether a parameter is searched."""
        if name not in self.buttons:
            return
        searched = isinstance(value, Search)
        button = self.buttons[name]
        button.setChecked(searched)
        words = f"Stop searching {name}: its value stays" if searched else f"Search {name}: try a range of values"
        button.setToolTip(words)
        button.setAccessibleName(words.partition(":")[0])
        if name in self.ranges and searched:
            self.ranges[name].show_search(value, self._variables)
        elif not searched and self._open == name:
            self.fold()

    def set_visible(self, name: str, visible: bool) -> None:
        """Go where the field goes, as when it is folded away."""
        if name in self.buttons:
            self.buttons[name].setVisible(visible)
        if not visible and self._open == name:
            self.fold()

    def toggle(self, name: str) -> None:
        """Search a parameter around its value, or search it no longer."""
        self._press(name, not isinstance(self._editors[name].value(), Search))

    def toggle_range(self, name: str) -> None:
        """Show the editor of a range, or put it away."""
        if self._open == name:
            self.fold()
        else:
            self.unfold(name)

    def unfold(self, name: str) -> None:
        """Show the editor of a range below its field."""
        self.fold()
        value = self._editors[name].value()
        if not isinstance(value, Search):
            return
        if name not in self.ranges:
            self.ranges[name] = self._range(name)
        self._open = name
        self.ranges[name].show_search(value, self._variables)
        self.ranges[name].show()
        self._editors[name].set_unfolded(True)

    def fold(self) -> None:
        """Put the editor away."""
        if self._open:
            self.ranges[self._open].hide()
            self.ranges[self._open].forget()
            self._editors[self._open].set_unfolded(False)
        self._open = ""

    def _press(self, name: str, on: bool) -> None:
        editor = self._editors[name]
        value = editor.value()
        if on:
            self.marked.emit(name, offered(editor.parameter, editor.parameter.default if value is MIXED else value))
            self.unfold(name)
        else:
            self.marked.emit(name, None)
        self.buttons[name].setChecked(isinstance(editor.value(), Search))  # the mark may have been refused

    def _button(self, name: str) -> ToolButton:
        made = tag(ToolButton(DICE, f"Search {name}", checkable=True), kind=DICE)
        made.setIconSize(QSize(16, 16))
        made.setFixedSize(SIDE, SIDE)
        made.clicked.connect(lambda on: self._press(name, on))
        self._put(name, made)
        control = self._editors[name].focusProxy()
        assert control is not None, "an editor has a control"
        QWidget.setTabOrder(control, made)
        return made

    def _range(self, name: str) -> RangeEditor:
        made = RangeEditor(self._editors[name].parameter)
        made.changed.connect(lambda search: self.marked.emit(name, search))
        line: int = self._grid.getItemPosition(self._grid.indexOf(self._editors[name]))[0]  # type: ignore[index]
        self._grid.addWidget(made, line + 1, 0, 1, WIDTH)
        for one, other in pairwise((self.buttons[name], *made.fields())):
            QWidget.setTabOrder(one, other)
        return made
