"""The editor of a range, below the field whose value it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from engine.spec import Parameter, Search
from studio.theme import SPACE
from studio.widgets.fields.chips import Chips
from studio.widgets.fields.draft import WAYS, Draft, Way, ranges, read_choice, read_choices, tried
from studio.widgets.fields.said import said
from studio.widgets.fields.words import read, write, write_choice
from studio.widgets.labels import Label
from studio.widgets.segments import Segments
from studio.widgets.style import column, row, tag
from studio.widgets.surfaces import Surface

NAMES, LEAST = 56, 36
"""Pixels for the names at the left, and for a number at least."""


class RangeEditor(Surface):
    """Edits a `Search` of a parameter: `changed(search)` whenever what is written means another one.

    While it means none, that is said below, what is written stays, and the old one holds.
    """

    changed = Signal(object)

    def __init__(self, parameter: Parameter, *, parent: QWidget | None = None) -> None:
        super().__init__("sunken", parent=parent)
        self.parameter = parameter
        self._draft = Draft(way="choices")
        self._search: Search | None = None
        self._variables: Mapping[str, Search] = {}
        self.ways = Segments(cast("dict[str, str]", WAYS), name=f"How {parameter.title} is tried")
        self.low, self.high, self.step = (self._line(what) for what in ("least", "most", "step"))
        self.value = self._line("value outside of a search")
        every = (True, False) if parameter.type == "bool" else parameter.choices if parameter.type == "choice" else ()
        self.chips = Chips((None, *every) if every and parameter.optional else every, name=parameter.title)
        self.name = QComboBox()
        self.relative = QCheckBox("Multiplies the value")
        self.words = Label("", "caption", wrap=True)
        self._set_up()
        self._lay_out()

    def _set_up(self) -> None:
        tag(self.ways, kind="narrow")
        self.ways.setVisible(ranges(self.parameter))
        self.relative.setVisible(ranges(self.parameter))
        self.relative.setToolTip("What is tried is a multiple of the value, as a width multiplier is")
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.setAccessibleName(f"Variable of {self.parameter.title}")
        self.name.setToolTip("Marks of the same variable always get the same value")
        self.name.setMinimumContentsLength(4)
        self.name.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._name_line.setPlaceholderText("its own")
        self.ways.chosen.connect(lambda way: self._take(self._draft.turned(cast("Way", way), self.parameter)))
        for line in (self.low, self.high, self.step, self.value):
            line.editingFinished.connect(self._read)
        self.chips.edited.connect(lambda values: self._take(replace(self._draft, choices=values)))
        self.chips.written.connect(self._add)
        self.relative.clicked.connect(lambda on: self._take(self._draft.multiplying(self.parameter, on=on)))
        self._name_line.editingFinished.connect(self._call)
        self.name.activated.connect(self._call)

    @property
    def _name_line(self) -> QLineEdit:
        line = self.name.lineEdit()
        assert line is not None, "one can write into it"
        return line

    def _line(self, what: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(f"{self.parameter.title}: {what}")
        line.setMinimumWidth(LEAST)
        return tag(line, kind="number")

    def _lay_out(self) -> None:
        box = column(self, margin=SPACE.s, gap=SPACE.s)
        box.addWidget(self.ways)
        self._ends = QWidget()
        ends = row(self._ends, gap=SPACE.xs)
        ends.addWidget(self.low, 1)
        ends.addWidget(Label("…", "muted"))
        ends.addWidget(self.high, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.s)
        grid.setVerticalSpacing(SPACE.s)
        grid.setColumnMinimumWidth(0, NAMES)
        grid.setColumnStretch(1, 1)
        self._names: dict[QWidget, Label] = {}
        rows = (("Tries", self._ends), ("Step", self.step), ("Tries", self.chips), ("Value", self.value))
        for place, (text, part) in enumerate((*rows, ("Variable", self.name))):
            name = self._names[part] = Label(text, "label")
            name.setMinimumHeight(28)
            name.setBuddy(part)
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(part, place, 1)
        self._names[self.value].setToolTip("What stands here outside of a search, and is tried first")
        box.addLayout(grid)
        box.addWidget(self.relative)
        box.addWidget(self.words)

    # What is shown

    def show_search(self, search: Search, variables: Mapping[str, Search]) -> None:
        """Show a range, and which variables there are; what is being written stays where it means the same."""
        self._variables = variables
        if search != self._search:
            self._search = search
            self._show(Draft.of(search))
        self._say(said(search))

    def forget(self) -> None:
        """Show whatever comes next afresh: what was written belonged to something else."""
        self._search = None

    def fields(self) -> tuple[QWidget, ...]:
        """What one can write into or press, in the order of the keyboard."""
        ends = (self.low, self.high, self.step)
        return (*self.ways.buttons, *ends, self.chips.line, self.value, self.name, self.relative)

    def search(self) -> Search | None:
        """The range that holds."""
        return self._search

    def _show(self, draft: Draft) -> None:
        self._draft = draft
        self.ways.choose(draft.way)
        for line, text in ((self.low, draft.low), (self.high, draft.high), (self.step, draft.step)):
            line.setText(text)
        self.value.setText(self._written(draft.standing))
        self.chips.show_values(draft.choices)
        self.relative.setChecked(draft.relative)
        with QSignalBlocker(self.name):
            self.name.clear()
            self.name.addItems(list(self._variables))
            self.name.setCurrentText(draft.name)
        listed = draft.way == "choices"
        shown = {self._ends: not listed, self.step: draft.way == "steps", self.chips: listed}
        for part, on in shown.items():
            part.setVisible(on)
            self._names[part].setVisible(on)

    # What a person does

    def _read(self) -> None:
        """Take up what is written in the lines."""
        draft = replace(self._draft, low=self.low.text(), high=self.high.text(), step=self.step.text())
        if self.value.text() != self._written(draft.standing):
            try:
                draft = replace(draft, standing=self._meant(self.value.text()))
            except ValueError as error:
                self._say(str(error), wrong=True)
                return
        if draft != self._draft or self._wrong:
            self._take(draft)

    def _written(self, value: Any) -> str:
        return write(value) if ranges(self.parameter) else write_choice(value)

    def _meant(self, text: str) -> Any:
        return read(self.parameter, text) if ranges(self.parameter) else read_choice(self.parameter, text)

    def _add(self, text: str) -> None:
        try:
            more = read_choices(tried(self.parameter, relative=self._draft.relative), text)
        except ValueError as error:
            self._say(str(error), wrong=True)
            return
        self.chips.line.clear()
        self._take(replace(self._draft, choices=tuple(dict.fromkeys((*self._draft.choices, *more)))))

    def _call(self, *_: object) -> None:
        """Let it belong to another variable; one that there is already brings its range."""
        name = self._name_line.text().strip()
        if name == self._draft.name:
            return
        known = self._variables.get(name)
        draft = self._draft if known is None else replace(Draft.of(known), standing=self._draft.standing)
        self._take(replace(draft, name=name))

    def _take(self, draft: Draft) -> None:
        self._show(draft)
        try:
            search = draft.search(self.parameter)
        except ValueError as error:
            self._say(str(error), wrong=True)
            return
        self._say(said(search))
        if search != self._search:
            self._search = search
            self.changed.emit(search)

    def error(self) -> str:
        """What is wrong with what is written; empty when nothing is."""
        return self.words.text() if self._wrong else ""

    @property
    def _wrong(self) -> bool:
        return bool(self.words.property("role") == "error")

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        tag(self.words, role="error" if wrong else "caption")
        self.words.setText(sentence)
