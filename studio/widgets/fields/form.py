"""A form made from described parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QToolButton, QWidget

from engine.spec import Parameter, Search
from studio import icons
from studio.theme import SPACE
from studio.widgets.buttons import ToolButton
from studio.widgets.fields.choice import BoolEditor, ChoiceEditor, PathEditor
from studio.widgets.fields.dice import Dice
from studio.widgets.fields.editor import Editor, TextEditor
from studio.widgets.fields.number import NumberEditor
from studio.widgets.labels import Label
from studio.widgets.style import row

_EDITORS: dict[str, type[Editor]] = {
    "int": NumberEditor,
    "float": NumberEditor,
    "bool": BoolEditor,
    "choice": ChoiceEditor,
    "path": PathEditor,
    "str": TextEditor,
    "ints": TextEditor,
    "floats": TextEditor,
}


def editor_for(parameter: Parameter) -> Editor:
    """The editor for one parameter."""
    return _EDITORS[parameter.type](parameter)


class Form(QWidget):
    """Names at the left, editors at the right; rarely needed parameters are folded away below.

    Args:
        parameters: what to edit, as `Declaration.parameters()` gives it.
        label_width: pixels for the names, so that forms below each other line up.
    """

    edited = Signal(str, object)
    switched = Signal(str, bool)
    """The switch beside a parameter was pressed: its name, and whether it is on."""
    marked = Signal(str, object)
    """A parameter is to be searched: its name, and its `Search`; none to search it no longer."""

    def __init__(
        self, parameters: Iterable[Parameter], *, label_width: int = 112, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editors: dict[str, Editor] = {}
        self.switches: dict[str, ToolButton] = {}
        self._labels: dict[str, Label] = {}
        self._beside: dict[str, QHBoxLayout] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.s)
        self._grid.setVerticalSpacing(SPACE.s)
        self._grid.setColumnMinimumWidth(0, label_width)
        self._grid.setColumnStretch(1, 1)
        every = tuple(parameters)
        self.dice = Dice(self._grid, self.editors, self._put, self)
        self.dice.marked.connect(self.marked)
        self._marked: set[str] = set()
        self._advanced = [parameter.name for parameter in every if parameter.advanced]
        for parameter in every:
            if not parameter.advanced:
                self._add(parameter)
        self._fold = self._add_fold() if self._advanced else None
        for parameter in every:
            if parameter.advanced:
                self._add(parameter)
        self.show_advanced(shown=False)

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show these values, and the default of what is not among them."""
        for name, editor in self.editors.items():
            value = values.get(name, editor.parameter.default)
            editor.set_value(value)
            self.dice.show_value(name, value)
        self._unfold_marked()

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show what is wrong, by parameter; the others are well. A folded field that is wrong unfolds."""
        for name, editor in self.editors.items():
            editor.set_error(errors.get(name, ""))
        if any(name in errors for name in self._advanced):
            self.show_advanced(shown=True)

    def show_notes(self, notes: Mapping[str, str]) -> None:
        """Say something below some fields that is no error."""
        for name, editor in self.editors.items():
            editor.set_note(notes.get(name, ""))

    def show_dice(self, names: Iterable[str], variables: Mapping[str, Search]) -> None:
        """Let these parameters be marked for search; `variables` are those that there are, by name."""
        self.dice.show_variables(variables)
        self.dice.offer(name for name in names if name in self.editors)
        for name in self._advanced:
            self.dice.set_visible(name, self._unfolded)

    def _unfold_marked(self) -> None:
        """What is searched is not to be overlooked, until it is folded away on purpose."""
        marked = {name for name in self._advanced if isinstance(self.editors[name].value(), Search)}
        if marked - self._marked and not self._unfolded:
            self.show_advanced(shown=True)
        self._marked = marked

    @property
    def _unfolded(self) -> bool:
        return self._fold is None or self._fold.isChecked()

    def show_switches(self, icon: str, switches: Mapping[str, bool]) -> None:
        """Put a switch with this icon beside each of these parameters, on or off; the others have none."""
        for name in self.switches.keys() - switches.keys():
            self.switches.pop(name).deleteLater()
        for name, on in switches.items():
            if name not in self.switches:
                self.switches[name] = self._switch(name, icon)
            self.switches[name].setChecked(on)
            self.switches[name].setVisible(not self.editors[name].isHidden())

    def _switch(self, name: str, icon: str) -> ToolButton:
        made = ToolButton(icon, "", checkable=True)
        made.clicked.connect(lambda on: self.switched.emit(name, on))
        self._put(name, made)
        return made

    def _put(self, name: str, button: ToolButton) -> None:
        """Put a button behind those that are beside a field."""
        if name not in self._beside:
            self._beside[name] = row(gap=SPACE.xxs)
            line: int = self._grid.getItemPosition(self._grid.indexOf(self.editors[name]))[0]  # type: ignore[index]
            self._grid.addLayout(self._beside[name], line, 2, Qt.AlignmentFlag.AlignTop)
        self._beside[name].addWidget(button)

    def show_advanced(self, *, shown: bool) -> None:
        """Fold or unfold the rarely needed parameters."""
        for name in self._advanced:
            self.editors[name].setVisible(shown)
            self._labels[name].setVisible(shown)
            self.dice.set_visible(name, shown)
            if name in self.switches:
                self.switches[name].setVisible(shown)
        if self._fold is not None:
            self._fold.setChecked(shown)
            self._fold.setIcon(icons.icon("chevron-down" if shown else "chevron-right"))

    def _add(self, parameter: Parameter) -> None:
        editor = editor_for(parameter)
        label = Label(parameter.title + (f"  ({parameter.unit})" if parameter.unit else ""), "label")
        label.setToolTip(parameter.help)
        label.setMinimumHeight(28)
        label.setBuddy(editor)
        line = 3 * len(self.editors) + 1  # the line below each is for its range, the one above for what unfolds it
        self._grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(editor, line, 1)
        editor.setToolTip(parameter.help)
        editor.edited.connect(lambda value: self.edited.emit(parameter.name, value))
        self.editors[parameter.name] = editor
        self._labels[parameter.name] = label

    def _add_fold(self) -> QToolButton:
        fold = QToolButton()
        fold.setText("More")
        fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        fold.setCheckable(True)
        fold.clicked.connect(lambda on: self.show_advanced(shown=on))
        self._grid.addWidget(fold, 3 * len(self.editors), 0, 1, 2)
        return fold


def press_focused() -> bool:
    """Press the dice beside the field that has the keyboard; tell whether there was one."""
    widget = QApplication.focusWidget()
    while widget is not None and not isinstance(widget, Editor):
        widget = widget.parentWidget()
    form = widget.parentWidget() if widget is not None else None
    if not isinstance(widget, Editor) or not isinstance(form, Form) or widget.parameter.name not in form.dice.buttons:
        return False
    form.dice.toggle(widget.parameter.name)
    widget.setFocus()
    return True
