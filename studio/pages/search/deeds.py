"""What can be done with trials: open their network, apply them, stop, delete, try again, see their run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.runs import StudyFolder, Trial
from engine.spec import Project, ProjectError, apply, tried
from studio.anchoring import anchored
from studio.declaring import Deed, Kind, declare

if TYPE_CHECKING:
    from studio.context import Studio
    from studio.studies import StudyModel

KEY = "search"


class TrialDeeds(QObject):
    """Does things with the trials that are meant: the selected ones, or else the best.

    Args:
        studio: the window's parts.
        model: the study.
        meant: the trials that are meant now.
        place: the widget within which the shortcuts work.
    """

    def __init__(
        self, studio: Studio, model: StudyModel, meant: Callable[[], tuple[Trial, ...]], *, place: QWidget
    ) -> None:
        super().__init__(place)
        self._studio, self._model, self._meant = studio, model, meant

        def some() -> bool:
            return bool(meant())

        declare(
            studio.actions,
            Kind(name="search", section="trials", submenu="Search", owner=place),
            Deed("open_trial", "Open its network", self.open, "", "external", self._single, PHRASES["open"]),
            Deed("show_run", "Show its run", self.show_run, "", "runs", self._has_run, PHRASES["show"]),
            Deed("apply", "Apply, marks stay", self.apply, "", "check", self._single, PHRASES["apply"]),
            Deed("apply_plain", "Apply, marks go", self.apply_plain, "", "check", self._single, PHRASES["plain"]),
            Deed("enqueue", "Try again", self.enqueue, "", "refresh", some, PHRASES["again"]),
            Deed("stop_trial", "Stop the trial", self.stop, "", "stop", self._stoppable),
            Deed("delete_trial", "Delete the trial", self.delete, "Del", "delete", some),
        )

    def open(self) -> None:
        """Open the project that the trial trained in a tab of its own; its paths still lead to the data."""
        trial, folder = self._meant()[0], self._folder()
        try:
            found = tried(folder.project(), trial.parameters)
            start = Path(str(folder.details().get("folder") or folder.path))
            project = anchored(found.having(name=f"{found.name} {trial.number}"), self._studio.catalogue, start)
        except ValueError as error:
            self._tell(str(error), tone="error")
            return
        self._studio.document.sheets.open(project, origin=trial.runs[0] if trial.runs else folder.id)
        self._studio.actions.trigger("page.design")

    def apply(self) -> None:
        """Put what the trial tried into the open project; marks stay around the new values."""
        self._apply(marks=True)

    def apply_plain(self) -> None:
        """Put what the trial tried into the open project, in place of the marks."""
        self._apply(marks=False)

    def show_run(self) -> None:
        """Select the runs of the trials on the Runs page."""
        self._studio.wanted.ask(*(run for one in self._meant() for run in one.runs))
        self._studio.actions.trigger("page.runs")

    def show_run_of(self, number: int) -> None:
        """Select the runs of this trial there."""
        trial = next((one for one in self._model.trials if one.number == number), None)
        if trial is None:
            return
        here = [run for run in trial.runs if (self._studio.workspace.runs / run).is_dir()]
        if here:
            self._studio.wanted.ask(*here)
            self._studio.actions.trigger("page.runs")
        else:
            text = f"Trial {number:,} has no run here: {_why(trial)}."
            self._tell(text, tone="warning")

    def enqueue(self) -> None:
        """Let the same points be tried once more."""
        meant = self._meant()
        for one in meant:
            self._model.order("enqueue", parameters=dict(one.parameters))
        self._tell(f"{_counted(meant)} will be tried once more.")

    def stop(self) -> None:
        """End the trials that run or wait; they count for nothing."""
        for one in self._meant():
            if one.state in GOING:
                self._model.order("stop_trial", number=one.number)

    def delete(self) -> None:
        """Let nobody see the trials any more; there is a way back."""
        numbers = [one.number for one in self._meant()]
        study = self._model.study
        words = f"{_counted(self._meant())} deleted."
        for number in numbers:
            self._model.order("delete_trial", number=number)

        def back() -> None:
            if self._model.study == study:
                for number in numbers:
                    self._model.order("restore_trial", number=number)

        self._tell(words, actions={"Undo": back})

    def _apply(self, *, marks: bool) -> None:
        trial, document = self._meant()[0], self._studio.document
        try:
            project: Project = apply(document.project, self._folder().project(), trial.parameters, marks=marks)
        except (ValueError, ProjectError) as error:
            actions = {"Open its network": self.open}
            self._tell(f"Not applied: {error}", tone="warning", actions=actions)
            return
        if document.edit(f"Apply trial {trial.number}", project):
            kept = "its marks stay around them" if marks else "its marks are gone"
            actions = {"Undo": document.undo, "Show": lambda: self._studio.actions.trigger("page.design")}
            text = f"“{document.project.name}” has the values of trial {trial.number:,} now; {kept}."
            self._tell(text, tone="success", actions=actions)

    def _folder(self) -> StudyFolder:
        return StudyFolder(self._studio.workspace.studies / self._model.study)

    def _single(self) -> bool:
        return len(self._meant()) == 1

    def _has_run(self) -> bool:
        return any((self._studio.workspace.runs / run).is_dir() for one in self._meant() for run in one.runs)

    def _stoppable(self) -> bool:
        return any(one.state in GOING for one in self._meant())

    def _tell(
        self, text: str, *, tone: str = "info", actions: Mapping[str, Callable[[], object]] | None = None
    ) -> None:
        self._studio.messages.post(text, tone=tone, key=KEY, actions=actions)


GOING = frozenset({"waiting", "running"})
PHRASES = {
    "open": "Open the network of the best or selected trial",
    "show": "Show the run of the best or selected trial",
    "apply": "Apply the best or selected trial, marks stay",
    "plain": "Apply the best or selected trial, marks go",
    "again": "Try the selected trial again",
}
"""What the command palette calls what stands in the menu of a trial."""


def _counted(trials: Iterable[Trial]) -> str:
    numbers = [one.number for one in trials]
    return f"Trial {numbers[0]:,}" if len(numbers) == 1 else f"{len(numbers):,} trials"


def _why(trial: Trial) -> str:
    if trial.state == "infeasible":
        return "it broke a limit before anything was trained"
    if trial.state == "waiting":
        return "it still waits for its turn"
    if trial.runs:
        return "it was trained on another machine, or its run was deleted"
    return "nothing was trained"
