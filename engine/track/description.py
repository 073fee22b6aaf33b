"""What MLflow is told of a run besides its numbers: parameters, tags, notes, and the data it learned from."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from engine.events import Created, Started
from engine.runs import RunFolder
from engine.spec import Catalogue, Component, Project, ProjectError, Search, flatten

Tags = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Description:
    """What never changes of a run: its project's name, parameters and tags."""

    name: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    about: str = ""


def description(run: RunFolder) -> Description:
    """Read it from the run's frozen project; nothing is known of one that cannot be read."""
    try:
        project = run.project()
    except ProjectError:
        return Description()
    tags = {"netloom.fingerprint": project.fingerprint(), "netloom.project": project.name}
    return Description(name=project.name, parameters=parameters(project), tags=tags, about=project.about)


def parameters(project: Project) -> dict[str, Any]:
    """Every written setting by its path, and of optimizer, schedule, task and data also what holds by default."""
    said: dict[str, Any] = {}
    for path, component, kind in _declared(project):
        declared = getattr(catalogue(), kind).get(component.kind)
        said |= {f"{path}.{one.name}": one.default for one in (declared.parameters() if declared else ())}
    said |= flatten(project)
    return {name: _plain(value) for name, value in said.items() if value is not None}


def origin_tags(event: Created) -> Tags:
    """What a run belongs to, and what it repeats or goes on from."""
    return _said({"netloom.group": event.group, "netloom.origin": event.origin})


def attempt_tags(run: RunFolder, event: Started) -> Tags:
    """Of one attempt at a run: where, by whom and with what it is trained. What is not known is empty."""
    return {
        "mlflow.source.name": "netloom",
        "mlflow.source.type": "LOCAL",
        "mlflow.user": _user(),
        "mlflow.source.git.commit": event.commit,
        "netloom.folder": str(run.path),
        "netloom.device": event.device,
        "netloom.machine": event.machine,
        "netloom.host": event.host,
        "netloom.data": data_fingerprint(run),
        "netloom.state": "running",
        "netloom.message": "",
        **{f"netloom.version.{name}": version for name, version in event.versions.items()},
    }


def note_tags(run: RunFolder, about: str) -> Tags:
    """What a person wrote on the run; MLflow shows the text as the run's description."""
    notes = run.notes()
    return {
        "mlflow.note.content": notes.text or about,
        "netloom.tags": ", ".join(notes.tags),
        "netloom.starred": "true" if notes.starred else "",
    }


def data_fingerprint(run: RunFolder) -> str:
    """Digits that tell the data apart; empty until it was opened."""
    return str(run.read_json("statistics.json").get("fingerprint") or "")


def data_set(run: RunFolder) -> tuple[str, str] | None:
    """The name of what the run learns from, and the digits that tell its content apart; None where it is not known."""
    try:
        dataset = run.project().dataset
    except ProjectError:
        return None
    digest = data_fingerprint(run)
    return (dataset.kind, digest) if dataset is not None and digest else None


@cache
def catalogue() -> Catalogue:
    """What is declared, loaded once."""
    return Catalogue.load()


def _declared(project: Project) -> Iterator[tuple[str, Component, str]]:
    if project.dataset is not None:
        yield "dataset", project.dataset, "datasets"
    yield "task", project.task, "tasks"
    yield "training.optimizer", project.training.optimizer, "optimizers"
    yield "training.schedule", project.training.schedule, "schedules"


def _plain(value: Any) -> Any:
    if isinstance(value, Search):
        return value.model_dump(exclude_defaults=True)
    return list(value) if isinstance(value, tuple) else value


def _said(tags: Tags) -> Tags:
    return {name: value for name, value in tags.items() if value}


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name, as in some containers
        return ""
