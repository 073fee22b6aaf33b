"""The settings of a study: what they mean for a project, and what is wrong with them, without asking anybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from engine.spec import (
    COSTS,
    Catalogue,
    Declaration,
    Objective,
    ParameterError,
    Problem,
    Project,
    Pruner,
    Sampler,
    SpaceError,
    Task,
    space_of,
)

PASSWORD = (
    "The password was left out, since a project file is read by others. Keep it where the database's own tools look "
    "for it: PGPASSWORD or ~/.pgpass for PostgreSQL, ~/.my.cnf for MySQL."
)
PARTS = ("sampler", "pruner")


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
    _check_objectives(project, catalogue, found)
    sampler, pruner = (_made(catalogue, family, name, project, found) for family, name in _FAMILIES)
    try:
        space = space_of(project)
        said = [*sampler.check(space, project.study)] if isinstance(sampler, Sampler) and space.variables else []
    except SpaceError:
        said = []  # that is said at the marks
    said += [*pruner.check(project.study)] if isinstance(pruner, Pruner) else []
    for problem in said:
        _add(found, problem)
    if len(project.study.objectives) > 1 and project.study.pruner.kind != "Never":
        found.errors.setdefault("pruner", "Trials with several objectives cannot be ended early. Choose Never.")
        found.notes.pop("pruner", None)
    if isinstance(pruner, Pruner) and pruner.over == "seeds" and project.study.seeds < 2:
        words = f"{pruner.title()} compares the seeds of a trial. Give each trial two or more."
        found.errors.setdefault("pruner", words)
    if not project.study.trials and not project.study.timeout:
        found.notes["study.trials"] = "Without a number of trials or a time, the search goes on until you pause it."
    return found


def metric_of(objective: Objective, project: Project, catalogue: Catalogue) -> str:
    """What an objective is called in full."""
    return objective.metric or f"validation/{_task(project, catalogue).watch}"


def goal_of(objective: Objective, project: Project, catalogue: Catalogue) -> str:
    """Which way is better: as was chosen, or as the task has it for what it watches, or less."""
    task = _task(project, catalogue)
    watched = metric_of(objective, project, catalogue).rpartition("/")[2] == task.watch
    return objective.goal or (task.goal if watched else "min")


def metrics_of(project: Project, catalogue: Catalogue) -> tuple[str, ...]:
    """Metrics that can be named beforehand, besides the watched one, and costs."""
    watched = f"validation/{_task(project, catalogue).watch}"
    return (*(one for one in ("validation/loss",) if one != watched), *COSTS)


def without_password(url: str) -> str:
    """A storage's URL as it may be kept in a file."""
    try:
        password = urlsplit(url).password
    except ValueError:
        return url
    return url if password is None else url.replace(f":{password}@", "@", 1)


_FAMILIES: tuple[tuple[type[Declaration], str], ...] = ((Sampler, "sampler"), (Pruner, "pruner"))


def _check_objectives(project: Project, catalogue: Catalogue, found: Troubles) -> None:
    metrics = [metric_of(one, project, catalogue) for one in project.study.objectives]
    if not metrics:
        found.errors["objectives"] = "A search needs an objective: what trials are judged by."
    elif len(set(metrics)) < len(metrics):
        found.errors["objectives"] = "Two objectives are the same. Choose another metric for one, or remove it."


def _task(project: Project, catalogue: Catalogue) -> type[Task]:
    found: type[Task] = catalogue.tasks.get(project.task.kind, Task)
    return found


def _made(catalogue: Catalogue, family: type[Declaration], name: str, project: Project, found: Troubles) -> object:
    try:
        return catalogue.make(family, getattr(project.study, name))
    except ParameterError as error:
        found.errors[f"{name}.{error.parameter}" if error.parameter else name] = str(error)
    except ValueError as error:
        found.errors[name] = str(error)
    return None


def _add(found: Troubles, problem: Problem) -> None:
    place = found.errors if problem.severity == "error" else found.notes
    place.setdefault(problem.parameter or "sampler", problem.message)
