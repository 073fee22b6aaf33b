"""Beside the drawing: the test of the two groups, in figures and in a sentence, and the way to more seeds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QSpinBox

from engine.runs import Comparison, compare
from engine.runs.seeds import MOST
from studio.pages.runs.seeds.groups import Group
from studio.pages.runs.seeds.words import lacking, number, p_text, signed, verdict
from studio.theme import SPACE
from studio.widgets import Badge, Button, KeyValues, Label, Line, Progress, Scroll, column, row
from studio.widgets.combo import Combo

WIDTH = 330


class Panel(Scroll):
    """Says whether two groups differ in the chosen metric."""

    more_asked = Signal(str, int)
    """The key of a group that is to have so many more seeds."""
    stop_asked = Signal(str)
    """The key of a group whose runs are to be stopped."""

    def __init__(self) -> None:
        super().__init__(margin=SPACE.l, gap=SPACE.m)
        self.setFixedWidth(WIDTH)
        self._groups: tuple[Group, ...] = ()
        self._metric, self._metrics = "", 0
        self.title, self.badge = Label("", "title"), Badge()
        self.one, self.other = Combo(), Combo()
        self.figures = KeyValues()
        self.verdict, self.caution = Label("", wrap=True), Label("", "caption", wrap=True)
        self.lacking = Label("", "muted", wrap=True)
        self.progress, self.stop = Progress(), Button("Stop all", icon="stop")
        self.coming = Label("", "label")
        self.target, self.count = Combo(), QSpinBox()
        self.more = Button("Run more seeds", icon="add", tip="Queue them on the device that is chosen in the bar")
        self._lay_out()
        for box in (self.one, self.other):
            box.activated.connect(lambda _: self._compare())
        self.target.activated.connect(lambda _: self._tell_coming())
        self.more.clicked.connect(lambda: self.more_asked.emit(self.target.currentData() or "", self.count.value()))
        self.stop.clicked.connect(lambda: self.stop_asked.emit(self.target.currentData() or ""))

    @property
    def found(self) -> Comparison | None:
        """The comparison that is shown; None where there are not two groups with two seeds."""
        pair = [self._by_key(box.currentData()) for box in (self.one, self.other)]
        if len(self._groups) < 2 or any(group is None or len(group.values(self._metric)) < 2 for group in pair):
            return None
        one, other = ([value for _, value in group.values(self._metric)] for group in pair if group is not None)
        return compare(one, other)

    def show_groups(self, groups: Sequence[Group], metric: str, *, metrics: int) -> None:
        """Compare these in a metric, which is one of so many; what was chosen stays where it can."""
        self._groups, self._metric, self._metrics = tuple(groups), metric, metrics
        for box, key in zip((self.one, self.other), self._pair(), strict=True):
            self._offer(box, key)
        before, short = self.target.currentData(), [one.key for one in groups if len(one.finished) < 2]
        keys = [one.key for one in groups]
        self._offer(self.target, before if before in keys else next(iter((*short, *keys)), ""))
        for box in (self.one, self.other):
            box.setVisible(len(groups) > 1)
        self.target.setVisible(len(groups) > 1)
        self._compare()
        self._tell_coming()

    def _pair(self) -> tuple[str, str]:
        """The keys of two groups to compare: those chosen as long as they are there, else two that can be."""
        before = (str(self.one.currentData()), str(self.other.currentData()))
        keys = sorted((group.key for group in self._groups), key=self._lacks)
        if set(before) <= set(keys) and before[0] != before[1]:
            return before
        return (keys[0], keys[min(1, len(keys) - 1)]) if keys else ("", "")

    def _lacks(self, key: str) -> bool:
        group = self._by_key(key)
        return group is None or len(group.finished) < 2

    def _offer(self, box: QComboBox, key: str) -> None:
        with QSignalBlocker(box):
            box.clear()
            for group in self._groups:
                box.addItem(group.name, group.key)
            box.setCurrentIndex(box.findData(key))

    def _compare(self) -> None:
        found = self.found
        self.title.setText(self._metric or "Seeds")
        pair = dict.fromkeys(box.currentData() for box in (self.one, self.other))
        sentences = [lacking(group) for key in pair if (group := self._by_key(key)) is not None]
        missing = " ".join(one for one in sentences if one)
        if not missing and len(self._groups) == 1:
            missing = "Select runs of another group as well, and the difference is tested."
        elif not missing and found is None:
            missing = f"Two seeds of each group need a value of {self._metric} before the difference can be tested."
        self.lacking.setText(missing)
        self.lacking.setVisible(bool(missing))
        for widget in (self.figures, self.verdict, self.badge):
            widget.setVisible(found is not None)
        self.caution.setVisible(found is not None and found.significant and self._metrics > 1)
        if found is not None:
            self._show(found)

    def _show(self, found: Comparison) -> None:
        effect = found.effect
        around = f"{number(effect.low)} to {number(effect.high)}" if effect.word else "–"
        size = f"{number(effect.g)} ({effect.word})" if effect.word else "–"
        self.figures.show_values(
            {
                "Difference": signed(found.difference),
                "95 % interval": f"{signed(found.low)} to {signed(found.high)}" if found.tested else "–",
                "Welch's t": number(found.t),
                "Degrees of freedom": number(found.freedom),
                "p": p_text(found.p),
                "Hedges' g": size,
                "g, 95 % interval": around,
                "Seeds": f"{found.one.n} and {found.other.n}",
            }
        )
        tone = "success" if found.significant else "neutral"
        word = "differs" if found.significant else "not told apart" if found.tested else "no test"
        self.badge.show_state(word, tone)
        self.verdict.setText(verdict(found, self._metric))
        self.caution.setText(
            f"One of {self._metrics} metrics: of twenty that do not differ, one looks as if it did. "
            "Decide by the metric that you chose before."
        )

    def _tell_coming(self) -> None:
        group = self._by_key(self.target.currentData())
        coming, every = (len(group.lively), len(group.members)) if group else (0, 0)
        for widget in (self.progress, self.stop, self.coming):
            widget.setVisible(coming > 0)
        if coming:
            self.progress.set_fraction((every - coming) / every)
            self.coming.setText(f"{every - coming} of {every} seeds done")

    def _by_key(self, key: object) -> Group | None:
        return next((group for group in self._groups if group.key == key), None)

    def _lay_out(self) -> None:
        head = row(gap=SPACE.s)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.badge)
        pair = column(gap=SPACE.xs)
        pair.addWidget(self.one)
        pair.addWidget(self.other)
        self.one.setAccessibleName("First group")
        self.other.setAccessibleName("Group that it is compared with")
        self.target.setAccessibleName("Group that gets more seeds")
        for box in (self.one, self.other, self.target):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
        self.count.setRange(1, MOST)
        self.count.setValue(3)
        self.count.setAccessibleName("How many more seeds")
        going = row(gap=SPACE.s)
        going.addWidget(self.coming)
        going.addStretch(1)
        going.addWidget(self.stop)
        more = row(gap=SPACE.s)
        more.addWidget(self.count)
        more.addWidget(self.more, 1)
        self.body.addLayout(head)
        self.body.addLayout(pair)
        for widget in (self.lacking, self.verdict, self.figures, self.caution, Line()):
            self.body.addWidget(widget)
        self.body.addWidget(self.target)
        self.body.addLayout(more)
        self.body.addWidget(self.progress)
        self.body.addLayout(going)
        self.body.addStretch(1)
