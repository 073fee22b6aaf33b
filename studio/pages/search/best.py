"""The card of one trial: the best one, or the one that is selected."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QSizePolicy

from engine.runs import Trial
from engine.spec.quantities import bytes_text, count_text
from studio.actions import Actions
from studio.pace import spoken
from studio.pages.search.names import short_names, value_text
from studio.pages.search.studied import Studied
from studio.pages.search.trials.columns import seconds
from studio.theme import SPACE
from studio.widgets import Badge, Button, KeyValues, Label, Line, Scroll, SectionHeader, Surface, column, row, run_tone
from studio.widgets.chart.words import number

BAR = 25
"""Pixels of the line above the card, so that it is as high as the tabs beside it."""
COSTS: Mapping[str, tuple[str, Callable[[float], str]]] = {
    "parameters": ("Parameters", lambda value: f"{value:,.0f}"),
    "flops": ("FLOPs", count_text),
    "memory": ("Memory", bytes_text),
    "step_seconds": ("Step", lambda value: f"{1000 * value:.3g} ms"),
}


class TrialCard(Surface):
    """Values, parameters and costs of a trial, with what one wants of it.

    Args:
        actions: what the buttons do.
    """

    def __init__(self, actions: Actions) -> None:
        super().__init__("panel")
        self.title = Label("", "section")
        self.back = Button("Show the best", kind="link")
        self.number, self.pill = Label("", "title"), Badge()
        self.value, self.named = Label("", "display"), Label("", "caption", wrap=True)
        self.others = KeyValues()
        self.message = Label("", "muted", wrap=True)
        self.parameters, self.costs = KeyValues(), KeyValues()
        self.open = Button("Open its network", icon="external")
        self.apply = Button("Apply", kind="primary")
        self.open.clicked.connect(actions["search.open_trial"].trigger)
        menu = QMenu(self.apply)
        for name in ("search.apply", "search.apply_plain"):
            menu.addAction(actions[name])
        self.apply.setMenu(menu)
        self.nothing = Label("", "muted", wrap=True)
        self.setMinimumWidth(216)
        self._lay_out()

    def show_trial(self, found: Studied, trial: Trial | None, *, best: bool, going: bool) -> None:
        """Show a trial of a study, or what there will be while there is none."""
        several = len(found.objectives) > 1
        self.title.setText(_title(several=several, best=best, going=going))
        self.back.setVisible(not best and bool(found.front))
        self._body.setVisible(trial is not None)
        self.nothing.setVisible(trial is None)
        self.nothing.setText(_absence(known=found.known, going=going))
        if trial is None:
            return
        self.number.setText(f"Trial {trial.number:,}")
        self.pill.show_state(trial.state, run_tone(trial.state))
        named = dict(zip((one.name for one in found.objectives), trial.values, strict=False))
        first = found.objectives[0].name if found.objectives else ""
        reported = trial.reports[-1][1] if trial.reports else None
        value = named.pop(first, reported)
        self.value.setText("–" if value is None else number(value))
        unfinished = not trial.values and trial.reports
        self.named.setText(f"{first}, epoch {trial.reports[-1][0]}" if unfinished else first)
        self.others.show_values({name: number(one) for name, one in named.items()})
        self.others.setVisible(bool(named))
        self.message.setText(trial.message)
        self.message.setVisible(bool(trial.message))
        short = short_names(found.variables)
        self.parameters.show_values({short.get(name, name): value_text(one) for name, one in trial.parameters.items()})
        self.costs.show_values(_costs(trial))

    def _lay_out(self) -> None:
        self._body = Scroll(margin=SPACE.l, gap=SPACE.s)
        head = row(gap=SPACE.s)
        head.addWidget(self.number)
        head.addStretch(1)
        head.addWidget(self.pill)
        body = self._body.body
        body.addLayout(head)
        body.addWidget(self.value)
        for part in (self.named, self.others, self.message):
            body.addWidget(part)
        body.addSpacing(SPACE.xs)
        for button in (self.apply, self.open):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            body.addWidget(button)
        body.addSpacing(SPACE.xs)
        for title, values in (("Tried", self.parameters), ("Costs", self.costs)):
            body.addWidget(SectionHeader(title))
            body.addWidget(values)
        body.addStretch(1)
        above = row(gap=SPACE.s)
        above.setContentsMargins(SPACE.l, SPACE.xs, SPACE.s, SPACE.xs)
        self.title.setMinimumHeight(BAR)
        above.addWidget(self.title)
        above.addStretch(1)
        above.addWidget(self.back)
        self.nothing.setContentsMargins(SPACE.l, SPACE.m, SPACE.l, SPACE.m)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        box = column(self)
        box.addLayout(above)
        box.addWidget(Line())
        box.addWidget(self.nothing, 1)
        box.addWidget(self._body, 1)


def _absence(*, known: bool, going: bool) -> str:
    """Why there is no trial to show."""
    if not known:
        return "Its trials are being read…"
    return "The first finished trial appears here." if going else "No trial is finished."


def _title(*, several: bool, best: bool, going: bool) -> str:
    if not best:
        return "Selected trial"
    if several:
        return "From the Pareto front"
    return "Best so far" if going else "Best trial"


def _costs(trial: Trial) -> dict[str, str]:
    found = {title: words(trial.costs[name]) for name, (title, words) in COSTS.items() if name in trial.costs}
    took = seconds(trial)
    return found if took is None else {**found, "Took": f"{took:.1f} s" if took < 10 else spoken(took)}
