"""What trials are judged by: a line for each objective."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from engine.spec import Objective
from studio.panels.inspected.section import Section
from studio.theme import SPACE
from studio.widgets import Button, Label, ToolButton, column, row
from studio.widgets.fields.choice import WheelGuard

GOALS = {"max": "more is better", "min": "less is better"}
WORDS = {
    "parameters": "parameters",
    "flops": "FLOPs of a sample",
    "memory": "memory of a step",
    "step_seconds": "time of a step",
    "seconds": "time of a trial",
}
"""What costs are called here."""


class ObjectiveLine(QWidget):
    """A metric, and which way is better."""

    changed = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._watched = ""
        self.named, self.goal = _box("Metric"), _box("Which way is better")
        self.named.setEditable(True)
        self.named.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer, line_edit = self.named.completer(), self.named.lineEdit()
        assert completer is not None
        assert line_edit is not None
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.line = line_edit
        for value, words in GOALS.items():
            self.goal.addItem(words, value)
        self.remove = ToolButton("close", "Remove this objective")
        self.remove.clicked.connect(self.removed)
        line = row(self, gap=SPACE.s)
        line.addWidget(self.named, 3)
        line.addWidget(self.goal, 2)
        line.addWidget(self.remove)
        self.named.activated.connect(lambda _: self.changed.emit())
        self.line.editingFinished.connect(self.changed)
        self.goal.activated.connect(lambda _: self.changed.emit())

    @property
    def value(self) -> tuple[str, str]:
        """The metric as it is written, empty for the watched one; and the goal."""
        text = self.named.currentText().strip()
        known = {words: name for name, words in WORDS.items()}
        return "" if text in ("", self._watched) else known.get(text, text), self.goal.currentData()

    def show_objective(self, metric: str, goal: str, *, watched: str, others: Sequence[str], removable: bool) -> None:
        """Show one, and offer these metrics."""
        self._watched = watched
        with QSignalBlocker(self.named), QSignalBlocker(self.goal):
            typing = self.line.hasFocus() and self.line.isModified()
            self.named.clear()
            self.named.addItems([watched, *(WORDS.get(one, one) for one in others)])
            if not typing:
                self.named.setEditText(WORDS.get(metric, metric) if metric else watched)
                self.line.setCursorPosition(0)
            self.goal.setCurrentIndex(self.goal.findData(goal))
        self.remove.setVisible(removable)


class ObjectivesSection(Section):
    """All objectives; more than one makes a search for the best compromises."""

    edited = Signal(object)
    """The objectives as a person wants them: pairs of metric and goal."""
    added = Signal()

    def __init__(self) -> None:
        super().__init__("Objective")
        self.lines: list[ObjectiveLine] = []
        self._shown: list[tuple[str, str]] = []
        self._box = column(gap=SPACE.s)
        self.note = Label("", "muted", wrap=True)
        self.error = Label("", "error", wrap=True)
        self.more = Button("Add an objective", kind="link")
        self.more.setToolTip("Search for compromises, such as accuracy against parameters")
        self.more.clicked.connect(self.added)
        self.body.addLayout(self._box)
        for part in (self.error, self.note):
            self.body.addWidget(part)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_objectives(
        self, objectives: Sequence[Objective], goals: Sequence[str], *, watched: str, others: Sequence[str], error: str
    ) -> None:
        """Show these with the ways that are better."""
        while len(self.lines) < len(objectives):
            self._add_line()
        while len(self.lines) > len(objectives):
            old = self.lines.pop()
            self._box.removeWidget(old)
            old.hide()
            old.deleteLater()
        several = len(objectives) > 1
        self._shown = [(one.metric, goal) for one, goal in zip(objectives, goals, strict=True)]
        for line, (metric, goal) in zip(self.lines, self._shown, strict=True):
            line.show_objective(metric, goal, watched=watched, others=others, removable=several)
        self.error.setText(error)
        self.error.setVisible(bool(error))
        self.note.setText("The search looks for the Pareto front: trials that no other beats in everything.")
        self.note.setVisible(several)

    def _add_line(self) -> None:
        line = ObjectiveLine()
        self.lines.append(line)
        self._box.addWidget(line)
        line.changed.connect(self._tell)
        line.removed.connect(lambda: self._tell(without=line))

    def _tell(self, without: ObjectiveLine | None = None) -> None:
        found = [line.value for line in self.lines if line is not without]
        if found != self._shown:
            self.edited.emit(found)


def _box(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.installEventFilter(WheelGuard(made))
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(6)
    return made
