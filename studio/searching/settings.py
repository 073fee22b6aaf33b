"""The settings of a study: what they mean for a project, and what is wrong with them, without asking anybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from engine import spec
from engine.spec import COSTS, Catalogue, Objective, ParameterError, Project, Task, mark_problems, study_problems

PASSWORD = (
    "The password was left out, since a project file is read by others. Keep it where the database's own tools look "
    "for it: PGPASSWORD or ~/.pgpass for PostgreSQL, ~/.my.cnf for MySQL."
)
PARTS = ("sampler", "pruner")
PLACES = {"trials": "study.trials"}
"""Fields of the form that are called by their whole path."""


@dataclass(frozen=True)
class Troubles:
    """Sentences by what they are about: `objectives`, `sampler`, `pruner`, or a parameter such as `sampler.seed`."""

    errors: dict[str, str] = field(default_factory=dict)
    """The study cannot begin."""
    notes: dict[str, str] = field(default_factory=dict)
    """It can, and will do something badly."""


def troubles(project: Project, catalogue: Catalogue) -> Troubles:
    """What is wrong with a project's study."""
    found = Troubles()
    for problem in study_problems(project, catalogue):
        place = found.errors if problem.severity == "error" else found.notes
        place.setdefault(PLACES.get(str(problem.parameter), str(problem.parameter)), problem.message)
    return found


def refusal(project: Project, catalogue: Catalogue) -> str:
    """Why a search of the project cannot begin; empty where nothing is in the way."""
    told = (*mark_problems(project, catalogue), *study_problems(project, catalogue))
    return next((one.message for one in told if one.severity == "error"), "")


def metric_of(objective: Objective, project: Project, catalogue: Catalogue) -> str:
    """What an objective is called in full."""
    return spec.metric_of(objective, _task(project, catalogue))


def goal_of(objective: Objective, project: Project, catalogue: Catalogue) -> str:
    """Which way is better: as was chosen, or as the task has it, or less."""
    return spec.goal_of(objective, _task(project, catalogue))


def metrics_of(project: Project, catalogue: Catalogue) -> tuple[str, ...]:
    """What can be named beforehand besides the watched metric."""
    return (*spec.metrics_of(_task(project, catalogue))[1:], *COSTS)


def without_password(url: str) -> str:
    """A storage's URL as it may be kept in a file."""
    try:
        password = urlsplit(url).password
    except ValueError:
        return url
    return url if password is None else url.replace(f":{password}@", "@", 1)


def _task(project: Project, catalogue: Catalogue) -> Task:
    """The project's task; where it cannot be made, one that says nothing."""
    try:
        return catalogue.make(Task, project.task)
    except ParameterError:
        return Task()
