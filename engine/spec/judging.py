"""What trials are judged by, and what is wrong with the settings of a study, known before anything is trained."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from engine.spec.catalogue import Catalogue
from engine.spec.dataset import Facts
from engine.spec.declaration import ParameterError
from engine.spec.problem import Problem
from engine.spec.project import Project
from engine.spec.space import SpaceError, space_of
from engine.spec.study import COSTS, Objective, Pruner, Sampler
from engine.spec.task import Task


def metric_of(objective: Objective, task: Task | type[Task]) -> str:
    """What an objective is called in full; that of a task without a validation split is looked at in training."""
    return objective.metric or f"validation/{task.watch}"


def goal_of(objective: Objective, task: Task | type[Task]) -> Literal["min", "max"]:
    """Which way is better: as was chosen, else as the task says of its metrics; losses and costs should be low."""
    return objective.goal or task.better(metric_of(objective, task).rpartition("/")[2])


def metrics_of(task: Task, facts: Facts | None = None) -> tuple[str, ...]:
    """The metrics that runs of a task have, in the splits that have samples: what is best to choose by comes first."""
    sizes = {} if facts is None else facts.sizes
    splits = [one for one in ("validation", "test", "train") if not sizes or sizes.get(one)]
    names = dict.fromkeys((task.watch, "loss", *task.measured(facts)))
    return tuple(f"{split}/{name}" for split in splits for name in names)


def study_problems(project: Project, catalogue: Catalogue, facts: Facts | None = None) -> Iterator[Problem]:
    """Yield what is wrong with the settings of a project's study; a sampler is held against the marks that there are.

    The section is "study"; parameters are `objectives`, `sampler`, `pruner`, `trials`, or `sampler.startup`.
    """
    study, space = project.study, space_of(project)
    yield from _objectives(project, catalogue, facts)
    try:
        sampler = catalogue.make(Sampler, study.sampler)
        yield from sampler.check(space, study) if space.variables else ()
    except ParameterError as error:
        yield _refused("sampler", error)
    except SpaceError:
        pass  # it is told of at the marks
    try:
        yield from catalogue.make(Pruner, study.pruner).check(study)
    except ParameterError as error:
        yield _refused("pruner", error)
    if not study.trials and not study.timeout:
        message = "Without a number of trials or a time the search goes on until somebody pauses it."
        yield Problem(message=message, severity="warning", section="study", parameter="trials")


def _objectives(project: Project, catalogue: Catalogue, facts: Facts | None) -> Iterator[Problem]:
    objectives = project.study.objectives
    if not objectives:
        yield _at("objectives", "A search needs an objective: a metric that trials are judged by.")
    try:
        task = catalogue.make(Task, project.task)
    except ParameterError:
        return  # it is told of where the task is
    names = [metric_of(one, task) for one in objectives]
    for twice in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield _at("objectives", f"Two objectives are '{twice}'. Choose another metric for one, or remove it.")
    known = metrics_of(task, facts)
    for name in dict.fromkeys(one.metric for one in objectives if one.metric):
        if name not in (*known, *COSTS) and task.goals:
            there = ", ".join((*known, *COSTS))
            yield _at("objectives", f"There is no metric '{name}' to judge trials by. There is: {there}.")


def _refused(name: str, error: ParameterError) -> Problem:
    return _at(f"{name}.{error.parameter}" if error.parameter else name, str(error))


def _at(parameter: str, message: str) -> Problem:
    return Problem(message=message, section="study", parameter=parameter)
