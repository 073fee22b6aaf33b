"""The head of a study: what it is, how far it is, and what can be done about it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QStackedLayout, QToolButton, QWidget

from studio.pages.search.facts import figures, fraction, sentence, tally
from studio.studies import Budget, StudyModel
from studio.theme import SPACE
from studio.widgets import Badge, Button, Elided, Label, Progress, Surface, ToolButton, column, row, run_tone, tag
from studio.widgets.numbers import Numbers

if TYPE_CHECKING:
    from studio.actions import Actions

SHOWN_WORKERS = 4


class Title(QWidget):
    """A name; a double click or F2 lets one write another."""

    renamed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.label = Elided("", "heading")
        self.line = _Line()
        self.line.setAccessibleName("Name of the study")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.label)
        self._stack.addWidget(self.line)
        self.line.editingFinished.connect(self._take)
        self.line.left.connect(lambda: self._stack.setCurrentWidget(self.label))

    def show_name(self, name: str) -> None:
        self.label.setText(name)

    def edit(self) -> None:
        """Let one write."""
        self.line.setText(self.label.toolTip())
        self._stack.setCurrentWidget(self.line)
        self.line.setFocus()
        self.line.selectAll()

    def _take(self) -> None:
        if self._stack.currentWidget() is self.line:
            self._stack.setCurrentWidget(self.label)
            name = self.line.text().strip()
            if name and name != self.label.toolTip():
                self.renamed.emit(name)


class StudyHead(Surface):
    """Name, state, bar, numbers and workers of a study.

    Args:
        title: its name.
        actions: what the buttons do.
    """

    def __init__(self, title: Title, actions: Actions) -> None:
        super().__init__("panel")
        self.title = title
        self.pill = Badge()
        self.about = Elided("", "muted")
        self.bar = Progress()
        self.sentence = Label("", "muted", wrap=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.workers = Elided("", "caption")
        self.pause, self.go_on = Button("Pause", icon="pause"), Button("Go on", kind="primary", icon="play")
        self.extend = Button("Extend…", icon="add")
        for button, name in ((self.pause, "pause"), (self.go_on, "go_on"), (self.extend, "extend")):
            button.clicked.connect(actions[f"search.{name}"].trigger)
            button.setToolTip(actions[f"search.{name}"].toolTip())
        self.more = ToolButton("more", "More that can be done with the study")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.more)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(actions.refresh)
        self.more.setMenu(self.menu)
        self.numbers = Numbers(tuple(figures((), tally(()), Budget(), state="", now=0.0)))
        self._looks = ("", True)
        self._lay_out()

    def show_study(self, model: StudyModel, about: str, *, starting: bool, said: str = "") -> None:
        """Show it as it is now.

        Args:
            model: the study.
            about: a line about it.
            starting: whether workers were started that are not there yet.
            said: the last thing that workers said which ended.
        """
        line, state = model.line, model.state
        fresh = starting and state in ("new", "interrupted")
        self.title.show_name(line.name if line is not None else model.study)
        self.about.setText(about)
        words = model.trouble or sentence(state, model.message, model.trials, starting=starting)
        words += f" The last worker said: {said}" if said else ""
        self.sentence.setText(words)
        self.sentence.setVisible(bool(words))
        self._look("starting" if fresh else state, trouble=bool(model.trouble))
        counted = tally(model.trials)
        part = fraction(counted, model.budget)
        if fresh or (part is None and state == "running"):
            self.bar.set_busy()
        else:
            self.bar.set_fraction(part if part is not None else float(state == "finished"))
        self.numbers.show_values(figures(model.trials, counted, model.budget, state=state, now=time.time()))
        self._show_workers(model)

    def _look(self, state: str, *, trouble: bool) -> None:
        """Tones and buttons of a state; they are set anew only where it is another, since that takes milliseconds."""
        if (state, trouble) == self._looks:
            return
        self._looks = (state, trouble)
        tone = run_tone(state)
        self.pill.show_state(state or "reading", tone)
        tag(self.sentence, role="error" if trouble else "muted")
        self.bar.set_tone("accent" if tone in {"neutral", "info"} else tone)
        self.pause.setVisible(state == "running")
        self.go_on.setVisible(state in ("new", "paused", "interrupted"))
        self.extend.set_kind("primary" if state == "finished" else "default")

    def _show_workers(self, model: StudyModel) -> None:
        said = [f"{one.name}: {f'trial {one.trial:,}' if one.trial is not None else 'idle'}" for one in model.workers]
        more = f" · and {len(said) - SHOWN_WORKERS} more" if len(said) > SHOWN_WORKERS else ""
        self.workers.setText(" · ".join(said[:SHOWN_WORKERS]) + more)
        self.workers.setVisible(bool(said))

    def _lay_out(self) -> None:
        line = row(gap=SPACE.s)
        words = column(gap=SPACE.xxs)
        title = row(gap=SPACE.m)
        title.addWidget(self.title, 1)
        title.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignVCenter)
        words.addLayout(title)
        words.addWidget(self.about)
        line.addLayout(words, 1)
        line.addSpacing(SPACE.s)
        for button in (self.pause, self.go_on, self.extend, self.more):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        box = column(self, margin=SPACE.l, gap=SPACE.s)
        box.addLayout(line)
        for part in (self.sentence, self.bar, self.numbers, self.workers):
            box.addWidget(part)


class _Line(QLineEdit):
    """Escape leaves it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
