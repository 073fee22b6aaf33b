"""One study: its head, the ways to look at it, its trials, and the card of the best."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QMenu, QWidget

from engine.runs import StudyFolder, Trial
from engine.spec import Project, ProjectError
from studio.pages.search.best import TrialCard
from studio.pages.search.chores import MORE, StudyChores
from studio.pages.search.deeds import TrialDeeds
from studio.pages.search.head import StudyHead, Title
from studio.pages.search.studied import Aim, Studied
from studio.pages.search.trials import TrialsTable
from studio.pages.search.views import Views
from studio.widgets import Line, Split, column

if TYPE_CHECKING:
    from studio.context import Studio
    from studio.studies import StudyModel

TRIAL_MENU = ("open_trial", "show_run", "apply", "apply_plain", "enqueue", "stop_trial", "delete_trial")


class StudyPanel(QWidget):
    """Shows the study of a model, and lets a trial that is chosen anywhere be chosen everywhere.

    Args:
        studio: the window's parts.
        model: the study.
    """

    selected = Signal()

    def __init__(self, studio: Studio, model: StudyModel) -> None:
        super().__init__()
        self._studio, self._model = studio, model
        self._numbers: tuple[int, ...] = ()
        self._project: Project | None = None
        self.found = Studied()
        self.title = Title()
        self.chores = StudyChores(studio, model, place=self, rename=self.title.edit)
        self.table = TrialsTable()
        self.deeds = TrialDeeds(studio, model, self.meant, place=self.table)
        self.head, self.card = StudyHead(self.title, studio.actions), TrialCard(studio.actions)
        self.views = Views(studio)
        for name in MORE:
            self.head.menu.addAction(studio.actions[f"search.{name}"])
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._show_rest)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show the study as it is now."""
        model = self._model
        if not model.study:
            return
        if model.study != self.found.id:
            self._begin()
        first = not self.found.trials
        if self._is_news():
            objectives = tuple(Aim(one.name, "max" if one.goal == "max" else "min") for one in model.objectives)
            self.found = Studied(
                trials=model.trials,
                variables=model.variables,
                objectives=objectives,
                id=model.study,
                revision=model.revision,
                epochs=self._project.training.epochs if self._project else 0,
                known=model.read,
            )
            self.table.show_study(self.found)
            if first:
                self._show_rest()
            else:
                self._rest.start()  # in a turn of its own: each half of ten thousand trials' news is short of a frame
        self._show_head()

    def meant(self) -> tuple[Trial, ...]:
        """The selected trials, or else the best."""
        selected = [one for number in self._numbers if (one := self.found.trial(number)) is not None]
        best = self._best()
        return tuple(selected) or (() if best is None else (best,))

    def select(self, numbers: Sequence[int]) -> None:
        """Choose trials everywhere."""
        self._numbers = tuple(numbers)
        self.table.select(self._numbers)
        self._spread()

    def settled(self) -> bool:
        """Whether all that was asked for is here."""
        return self._model.read and not self._rest.isActive() and self.views.settled()

    def _show_head(self) -> None:
        model, searcher = self._model, self._studio.searcher
        starting = searcher.starting(model.study)
        said = "" if starting or model.state not in ("new", "interrupted") else searcher.last_words(model.study)
        self.head.show_study(model, self._about(), starting=starting, said=said)
        if not self._rest.isActive():
            self._studio.actions.refresh()

    def _show_rest(self) -> None:
        self.views.show_study(self.found)
        self._show_card()
        self._studio.actions.refresh()

    def _begin(self) -> None:
        """Another study."""
        self._numbers = ()
        self.found = Studied(id=self._model.study, revision=-1, known=False)
        try:
            self._project = StudyFolder(self._studio.workspace.studies / self._model.study).project()
        except ProjectError:
            self._project = None

    def _is_news(self) -> bool:
        model, found = self._model, self.found
        judged = [one.name for one in model.objectives] != [one.name for one in found.objectives]
        return judged or (model.revision, model.read) != (found.revision, found.known)

    def _best(self) -> Trial | None:
        if self.found.best is not None:
            return self.found.best
        return self.found.trial(self.found.front[0]) if self.found.front else None

    def _about(self) -> str:
        project, line = self._project, self._model.line
        parts = (
            [project.name, f"{project.study.sampler.kind} sampler", f"{project.study.pruner.kind} pruner"]
            if project
            else []
        )
        if line is not None and line.created:
            when = datetime.fromtimestamp(line.created).astimezone()
            parts.append(f"begun {when.day} {when:%b %H:%M}")
        return " · ".join(parts)

    def _show_card(self) -> None:
        one = self.found.trial(self._numbers[0]) if len(self._numbers) == 1 else None
        shown = one if one is not None else self._best()
        going = self._model.state in ("running", "new", "paused", "interrupted")
        self.card.show_trial(self.found, shown, best=one is None, going=going)

    def _chose_in_table(self, numbers: list[int]) -> None:
        self._numbers = tuple(numbers)
        self._spread()

    def _spread(self) -> None:
        self.views.select(self._numbers)
        self._show_card()
        self._studio.actions.refresh()
        self.selected.emit()

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        self._studio.actions.refresh()
        for name in TRIAL_MENU:
            if name in ("enqueue", "delete_trial"):
                menu.addSeparator()
            menu.addAction(self._studio.actions[f"search.{name}"])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _connect(self) -> None:
        self._model.changed.connect(self.refresh)
        self.table.chosen.connect(self._chose_in_table)
        self.table.opened.connect(self.deeds.show_run_of)
        self.table.menu_asked.connect(self._open_menu)
        self.views.chosen.connect(self.select)
        self.views.hovered.connect(self.table.point_at)
        self.views.opened.connect(self.deeds.show_run_of)
        self.card.back.clicked.connect(lambda: self.select(()))
        self.title.renamed.connect(self.chores.name)

    def _lay_out(self) -> None:
        memory = self._studio.settings
        left = Split("search/study", memory=memory, sizes=(380, 240), vertical=True).fill(self.views, self.table)
        left.setStretchFactor(1, 1)
        areas = Split("search/card", memory=memory, sizes=(1000, 264)).fill(left, self.card)
        box = column(self)
        for part, stretch in ((self.head, 0), (Line(), 0), (areas, 1)):
            box.addWidget(part, stretch)
