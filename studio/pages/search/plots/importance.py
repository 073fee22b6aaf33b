"""Which variables matter, as Optuna's evaluators see it in the engine's service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QHideEvent, QShowEvent

from studio.pages.search.plots.asking import Asked, Asking
from studio.pages.search.plots.columns import objective_title, titles
from studio.pages.search.plots.panel import Panel
from studio.pages.search.studied import Studied
from studio.theme import SPACE
from studio.widgets import Button, Label, Scroll, column
from studio.widgets.progress import Progress
from studio.widgets.ranking import Ranking, Share, said
from studio.widgets.segments import Segments

if TYPE_CHECKING:
    from studio.context import Studio

PED, FANOVA = "ped-anova", "fanova"
MEANS = {
    PED: "PED-ANOVA: what sets the best tenth of trials apart. It is fast, and weighs conditional variables as well.",
    FANOVA: "fANOVA: which part of the spread of values a variable explains. Every trial must have been asked for it.",
}
ROUGH = 50
"""Finished trials below which shares are a first guess."""


class Importance(Panel):
    """A bar for each variable, with a sentence that says what it means."""

    title = "Importance"
    icon = "sort"
    hint = "Which variables decide over a value."
    needs = "Importance needs finished trials."
    keyed = False

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.asking = Asking(studio.service, self)
        self.method = Segments({PED: "PED-ANOVA", FANOVA: "fANOVA"}, name="How importance is computed")
        self.add(self.method)
        self.objective = self.box("Objective")
        self.progress, self.cancel = Progress(), Button("Cancel", kind="quiet")
        self.progress.setFixedWidth(120)
        for widget in (self.progress, self.cancel):
            self.add(widget)
            widget.hide()
        self.sentence, self.means = Label("", "title", wrap=True), Label("", "muted", wrap=True)
        self.ranking = Ranking()
        self._lay_out_body()
        self.method.chosen.connect(lambda _: self.refresh())
        self.cancel.clicked.connect(self._stop)
        self.asking.progressed.connect(self._progress)
        self.asking.answered.connect(self._show)
        self.asking.failed.connect(self._fail)

    def settled(self) -> bool:
        return super().settled() and not self.asking.busy

    def fill(self, found: Studied) -> str:
        at = self.offer_objectives(self.objective)
        finished = int((found.states == "finished").sum())
        if finished < LEAST or not found.objectives:
            return f"Importance needs {LEAST} finished trials; there {'is' if finished == 1 else 'are'} {finished}."
        if self.isVisible():
            self.asking.ask(Asked(study=found.id, method=self.method.value, objective=at, finished=finished))
        self.means.setText(MEANS[self.method.value])
        return ""

    def shares(self) -> list[Share]:
        """What is shown."""
        return list(self.ranking.shares)

    def _progress(self, done: int, of: int) -> None:
        self.progress.setVisible(True)
        self.cancel.setVisible(True)
        self.progress.set_fraction(done / max(of, 1))
        if not self.ranking.shares:
            self.sentence.setText("Weighing what the study varies …")

    def _show(self, answer: Mapping[str, Any]) -> None:
        self._rest()
        names = titles(self.found.variables)
        weighed, left_out = answer["importance"], answer["left_out"]
        bars = [Share(name=names.get(one, one), whole=one, share=share) for one, share in weighed.items()]
        rest = [
            Share(name=names.get(one, one), whole=one, share=None, note=f"not weighed: {why}")
            for one, why in left_out.items()
        ]
        self.ranking.show_shares([*bars, *rest])
        self.sentence.setText(_sentence(bars, self._aim(), self.method.value))
        self.means.setText(" ".join([MEANS[self.method.value], *_cautions(answer)]))

    def _fail(self, sentence: str) -> None:
        self._rest()
        self.sentence.setText(sentence)
        self.ranking.show_shares([])

    def _stop(self) -> None:
        self.asking.cancel()
        self._rest()
        self.sentence.setText("Cancelled. Choose how importance is computed to begin again.")

    def _rest(self) -> None:
        self.progress.hide()
        self.cancel.hide()

    def _aim(self) -> str:
        at = max(self.objective.currentIndex(), 0)
        return objective_title(self.found.objectives[at].name) if self.found.objectives else ""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.found.trials:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.asking.cancel()  # nobody looks; the service ends with the piece that it is at
        self._rest()

    def _lay_out_body(self) -> None:
        scroll = Scroll(margin=SPACE.l, gap=SPACE.s)
        for widget in (self.sentence, self.means):
            scroll.body.addWidget(widget)
        scroll.body.addSpacing(SPACE.s)
        scroll.body.addWidget(self.ranking)
        scroll.body.addStretch(1)
        column(self.body).addWidget(scroll)


LEAST = 10
"""Finished trials that are needed, as the engine has it."""


def _sentence(bars: list[Share], aim: str, method: str) -> str:
    if not bars or not (bars[0].share or 0) > 0:
        return f"Nothing that was varied can be seen to decide over {aim}."
    first = bars[0]
    if method == FANOVA:
        return f"{first.name} explains most of the spread of {aim}: {said(first.share)} of what variables explain."
    return f"{first.name} matters most for a good {aim}: {said(first.share)} of what sets the best trials apart."


def _cautions(answer: Mapping[str, Any]) -> list[str]:
    found = []
    if answer["weighed"] < answer["finished"]:
        found.append(f"{answer['weighed']:,} of {answer['finished']:,} finished trials were drawn by lot for it.")
    if answer["finished"] < ROUGH:
        found.append(f"With fewer than {ROUGH} finished trials this is a first guess.")
    return found
