"""Questions about which variables of a study matter."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from engine.runs import StudyFolder, Workspace
from engine.service.part import Answer, Methods, Part
from engine.spec import Catalogue

if TYPE_CHECKING:
    from engine.runs.trials import Trial
    from engine.search import Handle
    from engine.search.importance import Weighing

SLICE = 0.4
"""Seconds of work before an answer says how far it is: whoever asked asks again, or no longer."""
MORE = 1.2
"""So many times as many finished trials make work old that is not done yet: a study that runs has to see its end."""
KEPT = 8
"""Importances that are remembered."""


class Importances(Part):
    """Weighs the variables of studies, piece by piece; what was weighed once is remembered while no trial is added."""

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        super().__init__(workspace, catalogue)
        self._open: tuple[str, Handle] | None = None
        self._known: OrderedDict[tuple[object, ...], tuple[int, Weighing]] = OrderedDict()

    @property
    def methods(self) -> Methods:
        return {"importance": (self.importance, "weighing what the study varies")}

    def importance(self, id: str, method: str = "ped-anova", objective: int = 0) -> Answer:  # noqa: A002 - see Studies
        """How much each variable decides over an objective.

        Args:
            id: the study's.
            method: `ped-anova` or `fanova`.
            objective: its place among the study's objectives.

        The answer has `state` ("ready", or "working" as long as there is work to do: whoever wants to know asks again,
        who does not has cancelled it), `done` pieces out of `of`, `importance` (a share by variable, the largest
        first), `left_out` (why, by variable), and how many trials were `weighed` of those that are `finished`, of
        which there have to be `least`.

        Raises:
            ValueError: in words, where the study cannot be read or the method is unknown.
        """
        from engine.search.importance import LEAST

        work, until = self._weighing(id, method, objective), perf_counter() + SLICE
        while work.done < work.of:
            work.advance()
            if perf_counter() > until:
                break
        return {
            "state": "ready" if work.done == work.of else "working",
            "done": work.done,
            "of": work.of,
            "importance": work.importance(),
            "left_out": work.left_out,
            "weighed": work.weighed,
            "finished": work.finished,
            "least": LEAST,
        }

    def _weighing(self, study: str, method: str, objective: int) -> Weighing:
        from engine.search import StudyError
        from engine.search.importance import Weighing

        handle = self._handle(study)
        trials = _trials(handle)
        if not 0 <= objective < len(handle.objectives):
            raise StudyError("The study has no such objective.")
        finished = sum(one.state == "finished" for one in trials)
        key = (study, method, objective)
        if key not in self._known or _is_old(*self._known[key], finished):
            goal = handle.objectives[objective].goal
            work = Weighing(trials, handle.variables, method=method, objective=objective, goal=goal)
            self._known[key] = finished, work
        self._known.move_to_end(key)
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        return self._known[key][1]

    def _handle(self, study: str) -> Handle:
        from engine.search import open_study

        if self._open is None or self._open[0] != study:
            folder = StudyFolder(self.workspace.studies / Path(study).name)
            if not (folder.path / "study.json").exists():
                raise ValueError("This study is gone: its folder is no longer in the workspace.")
            self._open = study, open_study(folder, self.catalogue)
        return self._open[1]


def _is_old(count: int, work: Weighing, finished: int) -> bool:
    """Whether what was begun with so many finished trials is to begin anew; work in progress may lag behind."""
    return finished > count * MORE + 1 if work.done < work.of else finished != count


def _trials(handle: Handle) -> list[Trial]:
    """All trials; raise ValueError in words where the storage does not answer."""
    from engine.search import is_trouble, reason_of

    try:
        return handle.trials()[1]
    except Exception as error:
        if not is_trouble(error):
            raise
        raise ValueError(f"The study's storage does not answer: {reason_of(error)}.") from None
