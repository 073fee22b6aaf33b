"""Opening a study: made in its storage by whoever comes first, and known again by its project."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Mapping
from typing import Any

import optuna
from optuna.storages import BaseStorage
from optuna.study import StudyDirection

from engine.runs import StudyFolder
from engine.search.distributions import distribution_of, stored
from engine.search.errors import StudyError
from engine.search.handle import Handle
from engine.search.lock import lock_of, locked
from engine.search.objectives import objectives_of
from engine.search.storage import is_trouble, open_storage, quiet, reason_of, shown
from engine.search.words import sentence
from engine.spec import Catalogue, Project, Pruner, Sampler, format_project, mark_problems, study_problems
from engine.spec.filling import fill
from engine.spec.search import Search
from engine.spec.space import space_of

FINGERPRINT, FOLDER, PROJECT, PARTS = "fingerprint", "folder", "project", "project_parts"
"""What a study in its storage says of its project: enough to join it from another machine."""
PART = 30_000
"""Characters of the project in one attribute: MySQL's text has no room for more than 64 KB."""


def open_study(folder: StudyFolder, catalogue: Catalogue | None = None) -> Handle:
    """The study of a folder, made in its storage where it is not there yet.

    Raises:
        ProjectError: where the folder's project cannot be read.
        StudyError: where there is nothing to search, the settings contradict each other, the storage cannot be opened,
            or it has a study of another project by the same name.
    """
    project, details = folder.project(), folder.details()
    known = catalogue or Catalogue.load()
    check_settings(project, known)
    url, name = folder.storage, str(details.get("name") or folder.id)
    try:
        with locked(lock_of(folder)), quiet():
            storage = open_storage(url)  # two at once would both make its tables
            study = _loaded(storage, name, project, known)
            if FINGERPRINT not in study.user_attrs:
                _begin(study, project, str(details.get("folder", "")), known)
            _recognize(study, project, url)
    except StudyError:
        raise
    except (FileNotFoundError, NotADirectoryError, PermissionError) as error:  # the place of its file, not the storage
        raise StudyError(f"The storage '{shown(url)}' cannot be opened: {error.strerror}.") from None
    except Exception as error:
        if not is_trouble(error):
            raise
        raise StudyError(f"The storage '{shown(url)}' does not answer: {reason_of(error)}.") from None
    return Handle(study, folder, project, known)


def equip(study: optuna.Study, project: Project, catalogue: Catalogue, place: str) -> None:
    """Give a study its sampler and pruner, which only a worker needs.

    Each place, and each time that it is taken, begins another chance: workers that began alike would all try the same.
    """
    settings, goal = project.study, objectives_of(project, catalogue)[0].goal
    sampler = catalogue.make(Sampler, settings.sampler)
    pruner = catalogue.make(Pruner, settings.pruner)
    space = {name: distribution_of(search) for name, search in space_of(project).variables.items()}
    steps = settings.seeds if pruner.over == "seeds" else project.training.epochs
    begun = len(study.get_trials(deepcopy=False))
    own = f"{settings.seed}/{place}/{begun}".encode()
    seed = settings.seed if sampler.one_seed else int.from_bytes(hashlib.sha256(own).digest()[:4])
    with quiet():
        study.sampler = sampler.build(optuna, space=space, seed=seed)
        study.pruner = pruner.build(optuna, goal=goal, steps=steps)


def check_settings(project: Project, catalogue: Catalogue) -> None:
    """Raise `StudyError` where a project cannot be searched as it stands."""
    if not space_of(project).variables:
        raise StudyError("Nothing is marked for search. Press the dice beside a value to say what may vary.")
    for problem in (*mark_problems(project, catalogue), *study_problems(project, catalogue)):
        if problem.severity == "error":
            raise StudyError(sentence(problem))


def frozen(attributes: Mapping[str, Any]) -> str:
    """The text of the project that a study in its storage searches; empty where it is none of ours."""
    parts = int(attributes.get(PARTS, 0))
    return "".join(str(attributes.get(f"{PROJECT}:{part}", "")) for part in range(parts))


def current_parameters(project: Project) -> dict[str, Any]:
    """The values that stand in a project outside of a search, as Optuna stores them, as far as they are in range."""
    values: dict[str, Any] = {}

    def ask(name: str, search: Search) -> Any:
        value = 1 if search.relative else search.first()
        values[name] = stored(value)
        return value

    fill(project, ask)
    variables = space_of(project).variables
    return {name: value for name, value in values.items() if fits(variables[name], value)}


def fits(search: Search, value: Any) -> bool:
    """Whether Optuna can take a stored value for one of the search's."""
    distribution = distribution_of(search)
    try:
        with warnings.catch_warnings(action="ignore"):
            return bool(distribution._contains(distribution.to_internal_repr(value)))
    except (ValueError, TypeError):
        return False


def _loaded(storage: BaseStorage, name: str, project: Project, catalogue: Catalogue) -> optuna.Study:
    goals = [one.goal for one in objectives_of(project, catalogue)]
    directions = [StudyDirection.MINIMIZE if one == "min" else StudyDirection.MAXIMIZE for one in goals]
    study = optuna.create_study(storage=storage, study_name=name, directions=directions, load_if_exists=True)
    if study.directions != directions:
        raise StudyError(
            f"The storage already has a study called '{name}' with other objectives. "
            "Call this one otherwise, or choose another storage."
        )
    return study


def _begin(study: optuna.Study, project: Project, folder: str, catalogue: Catalogue) -> None:
    """Write down what is searched, and let the current values be tried first."""
    text = format_project(project)
    parts = [text[start : start + PART] for start in range(0, len(text), PART)]
    for number, part in enumerate(parts):
        study.set_user_attr(f"{PROJECT}:{number}", part)
    study.set_user_attr(PARTS, len(parts))
    study.set_user_attr(FOLDER, folder)
    study.set_metric_names([one.name for one in objectives_of(project, catalogue)])
    exhaustive = catalogue.make(Sampler, project.study.sampler).exhaustive
    if project.study.current_first and not exhaustive:  # one that tries everything tries them too
        study.enqueue_trial(current_parameters(project))
    study.set_user_attr(FINGERPRINT, project.fingerprint())  # last: now it is whole


def _recognize(study: optuna.Study, project: Project, url: str) -> None:
    if study.user_attrs.get(FINGERPRINT) != project.fingerprint():
        raise StudyError(
            f"The storage '{shown(url)}' already has a study called '{study.study_name}', of another project. "
            "Call this one otherwise, or choose another storage."
        )
