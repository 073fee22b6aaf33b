"""What every field editor does, whatever it edits."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.spec import Parameter, Search
from studio.theme import SPACE
from studio.widgets.fields.range_button import RangeButton
from studio.widgets.fields.words import MIXED, read, write
from studio.widgets.labels import Label
from studio.widgets.style import column, tag


class Editor(QWidget):
    """One parameter's value: `edited(value)` when a person changed it, never when it is set from outside.

    The value is `MIXED` while several things are edited together that differ in it.

    An editor makes its control in `control()` and shows values in `show_value()`. What is wrong stands below it. While
    a search mark stands for the value, the range takes the control's place, and `opened` says that it was pressed.
    """

    edited = Signal(object)
    opened = Signal()

    def __init__(self, parameter: Parameter, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parameter = parameter
        self._value: Any = parameter.default
        self._said = ""
        self._column = column(self, gap=SPACE.xs)
        self._below = Label("", "error", wrap=True)
        self._below.hide()
        made = self.control()
        made.setAccessibleName(parameter.title)
        made.setAccessibleDescription(parameter.help)
        self._control = made
        self._range: RangeButton | None = None
        self._column.addWidget(made)
        self._column.addWidget(self._below)
        self._note = Label("", "caption", wrap=True)
        self._note.hide()
        self._column.addWidget(self._note)
        self.setFocusProxy(made)
        self.show_value(self._value)

    def control(self) -> QWidget:
        """Make the thing one edits with."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Show a value in the control."""
        raise NotImplementedError

    def value(self) -> Any:
        """The value now, as last set or edited."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show a value that was changed elsewhere."""
        if isinstance(self.parameter.default, float) and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        self._value = value
        self._control.setEnabled(not isinstance(value, Search))
        tag(self._control, searched=isinstance(value, Search))
        self._show_range(value if isinstance(value, Search) else None)
        self.show_value(value)
        self.set_error(self._said)

    def _show_range(self, search: Search | None) -> None:
        if search is not None and self._range is None:
            self._range = RangeButton(self.parameter.title)
            self._range.clicked.connect(self.opened)
            self._column.insertWidget(1, self._range)
            QWidget.setTabOrder(self._control, self._range)
        if self._range is not None:
            self._range.setVisible(search is not None)
            self._control.setVisible(search is None)
            self.setFocusProxy(self._control if search is None else self._range)
        if search is not None and self._range is not None:
            self._range.show_search(search)

    def set_unfolded(self, unfolded: bool) -> None:
        """Show whether the range is being edited below."""
        if self._range is not None:
            self._range.set_unfolded(unfolded)

    def set_error(self, sentence: str) -> None:
        """What is wrong with the value, from outside; empty when nothing is."""
        self._said = sentence
        self._tell(sentence)

    def set_note(self, sentence: str) -> None:
        """What else there is to say of the value; empty when there is nothing."""
        self._note.setText(sentence)
        self._note.setVisible(bool(sentence))

    def error(self) -> str:
        """The sentence shown below the field."""
        return self._below.text()

    def commit(self, value: Any) -> None:
        """A person chose this value."""
        self._tell(self._said)
        if value == self._value and type(value) is type(self._value):
            return
        self._value = value
        self.edited.emit(value)

    def _tell(self, sentence: str) -> None:
        if sentence == self._below.text():
            return
        self._below.setText(sentence)
        self._below.setVisible(bool(sentence))
        tag(self._control, wrong=bool(sentence))


class TextEditor(Editor):
    """A line of text, or whatever a text can be read as; Return or leaving the field takes it, Escape gives it up."""

    def control(self) -> QWidget:
        self.line = self.make_line()
        self.line.editingFinished.connect(self.take)
        self.line.installEventFilter(self)
        return self.line

    def make_line(self) -> QLineEdit:
        line = QLineEdit()
        if self.parameter.type != "str":
            tag(line, kind="number")
        return line

    def show_value(self, value: Any) -> None:
        self.line.setPlaceholderText("mixed" if value is MIXED else "none" if self.parameter.optional else "")
        if write(value) != self.line.text():
            self.line.setText(write(value))
        self.line.setCursorPosition(0)

    def take(self) -> None:
        """Read what is written, and say below the field when it cannot be read."""
        if isinstance(self._value, Search) or self.line.text() == write(self._value):
            self._tell(self._said)
            return
        try:
            value = read(self.parameter, self.line.text())
        except ValueError as error:
            self._tell(str(error))
        else:
            self._said = ""  # what was said about the old value is not true of the new one
            self.commit(value)
            self.show_value(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.line:
            return False
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.line.text() != write(self._value):
                self.show_value(self._value)
                self._tell(self._said)
                return True
        elif isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() is Qt.FocusReason.TabFocusReason:
            self.line.selectAll()
        return False
