"""What is wrong with the settings of a study, known without asking anybody."""

from __future__ import annotations

from urllib.parse import urlsplit

from engine.spec import COSTS, Catalogue, Declaration, Objective, ParameterError, Project, Pruner, Sampler, Task

PASSWORD = (
    "The password was left out, since a project file is read by others. Keep it where the database's own tools look "
    "for it: PGPASSWORD or ~/.pgpass for PostgreSQL, ~/.my.cnf for MySQL."
)


def troubles(project: Project, catalogue: Catalogue) -> dict[str, str]:
    """Sentences by what they are about: `objectives`, `sampler`, `pruner`, and parameters such as `sampler.seed`."""
    study, found = project.study, dict[str, str]()
    sampler, pruner = _made(catalogue, Sampler, "sampler", project, found), None
    pruner = _made(catalogue, Pruner, "pruner", project, found)
    count = len(study.objectives)
    metrics = [metric_of(one, project, catalogue) for one in study.objectives]
    if not count:
        found["objectives"] = "A search needs an objective: what trials are judged by."
    elif len(set(metrics)) < count:
        found["objectives"] = "Two objectives are the same. Choose another metric for one, or remove it."
    if isinstance(sampler, Sampler) and sampler.most_objectives is not None and count > sampler.most_objectives:
        found.setdefault("sampler", _too_many(sampler.title(), sampler.most_objectives))
    if count > 1 and study.pruner.kind != "Never":
        found.setdefault("pruner", "Trials with several objectives cannot be ended early. Choose Never.")
    if isinstance(pruner, Pruner) and pruner.over == "seeds" and study.seeds < 2:
        found.setdefault("pruner", f"{pruner.title()} compares the seeds of a trial. Give each trial two or more.")
    if not study.trials and not study.timeout:
        found["study.trials"] = "Without a number of trials or a time, the search goes on until you pause it."
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


def _task(project: Project, catalogue: Catalogue) -> type[Task]:
    found: type[Task] = catalogue.tasks.get(project.task.kind, Task)
    return found


def _made(
    catalogue: Catalogue, family: type[Declaration], name: str, project: Project, found: dict[str, str]
) -> object:
    try:
        return catalogue.make(family, getattr(project.study, name))
    except ParameterError as error:
        found[f"{name}.{error.parameter}" if error.parameter else name] = str(error)
    except ValueError as error:
        found[name] = str(error)
    return None


def _too_many(title: str, most: int) -> str:
    what = "a single objective" if most == 1 else f"at most {most} objectives"
    return f"{title} weighs {what}. Choose another sampler, such as NSGA-II, or fewer objectives."
