"""The head of the Train page: which run, how far it is, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from studio.pace import fraction
from studio.pages.train.facts import progress, sentence
from studio.states import RESUMABLE
from studio.theme import SPACE
from studio.widgets import Badge, Button, Elided, Label, Progress, Surface, column, row, run_tone, tag
from studio.widgets.numbers import Numbers

if TYPE_CHECKING:
    from engine.runs import Summary
    from studio.context import Studio


class Head(Surface):
    """Name, state, bar and numbers of the shown run, with Resume where it ended too early.

    Args:
        studio: the window's parts.
    """

    def __init__(self, studio: Studio) -> None:
        super().__init__("panel")
        self._studio = studio
        self.name = Elided("", "heading")
        self.about = Elided("", "muted")
        self.pill = Badge()
        self.bar = Progress()
        self.sentence = Label("", "muted", wrap=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.resume = Button("Resume", kind="primary", icon="refresh", tip="Go on from its last checkpoint")
        self.resume.clicked.connect(lambda: studio.actions.trigger("run.resume"))
        self.numbers = Numbers(tuple(progress(studio.live.summary(""), "", None, pace=0, rate=None)))
        self._lay_out()

    def show_run(self, run: str, *, pace: float, rate: float | None) -> None:
        """Show a run as it is now, with its samples per second and the learning rate of its last step."""
        live = self._studio.live
        summary, state = live.summary(run), live.state(run)
        tone = run_tone(state)
        self.name.setText(summary.name or run)
        self.about.setText(" · ".join(part for part in (run, summary.device) if part))
        self.pill.show_state(state, tone)
        self._show_bar(summary, state, tone)
        self.numbers.show_values(progress(summary, state, live.seconds_left(run), pace=pace, rate=rate))
        words = sentence(summary, state)
        self.sentence.setText(words)
        self.sentence.setVisible(bool(words))
        tag(self.sentence, role="error" if state == "failed" else "muted")
        self.resume.setVisible(state in RESUMABLE)

    def _show_bar(self, summary: Summary, state: str, tone: str) -> None:
        if state == "starting":
            self.bar.set_busy()
        else:
            self.bar.set_fraction(fraction(summary))
        self.bar.set_tone("accent" if tone in {"neutral", "info"} else tone)

    def _lay_out(self) -> None:
        line = row(gap=SPACE.m)
        words = column(gap=SPACE.xxs)
        title = row(gap=SPACE.m)
        title.addWidget(self.name, 1)
        title.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignVCenter)
        words.addLayout(title)
        words.addWidget(self.about)
        line.addLayout(words, 1)
        line.addWidget(self.resume, 0, Qt.AlignmentFlag.AlignVCenter)
        box = column(self, margin=SPACE.l, gap=SPACE.m)
        box.addLayout(line)
        box.addWidget(self.sentence)
        box.addWidget(self.bar)
        box.addWidget(self.numbers)
