"""What a study's trials are judged by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan
from typing import Literal

from engine.runs.summary import Summary
from engine.search.errors import StudyError
from engine.spec import COSTS, Catalogue, Project, Task, goal_of, metric_of
from engine.spec.study import Objective


@dataclass(frozen=True, kw_only=True)
class Judged:
    """An objective, with what its project leaves open filled in."""

    name: str
    """`validation/accuracy`, or one of `COSTS`."""
    goal: Literal["min", "max"]
    watched: bool
    """Whether it is what the task watches, in whatever split that is looked at."""

    @property
    def is_cost(self) -> bool:
        """Whether it is no metric."""
        return self.name in COSTS

    def metric(self, summary: Summary) -> str:
        """What the metric is called in a run."""
        return summary.watch if self.watched else self.name

    def value(self, summary: Summary, costs: Mapping[str, float]) -> float:
        """What a run that is over is worth; raise `StudyError` where its task does not give the metric."""
        if self.is_cost:
            return costs.get(self.name, nan)
        name = self.metric(summary)
        known = {**summary.last, **summary.best}  # the test split is measured once, at the end
        if name not in known:
            raise StudyError(missing(name, known))
        return known[name]


def objectives_of(project: Project, catalogue: Catalogue) -> tuple[Judged, ...]:
    """What the trials of a project are judged by."""
    task = catalogue.make(Task, project.task)
    return tuple(_judged(one, task) for one in project.study.objectives)


def missing(name: str, metrics: Mapping[str, float]) -> str:
    """The sentence that a task does not give a metric, with those that there are."""
    there = ", ".join(sorted(metrics)) or "none"
    return f"The task does not give the metric '{name}', so no trial can be judged by it. It gives: {there}."


def _judged(objective: Objective, task: Task) -> Judged:
    return Judged(name=metric_of(objective, task), goal=goal_of(objective, task), watched=objective.metric == "")
