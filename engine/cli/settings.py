"""`--set PATH=VALUE`: reading, applying and checking settings from the command line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from engine.spec import Catalogue, Dataset, Layer, Optimizer, Project, Schedule, Task
from engine.spec.search import read_parameters

FAMILIES = {"dataset": Dataset, "task": Task, "training.optimizer": Optimizer, "training.schedule": Schedule}


def apply(project: Project, settings: Iterable[str], catalogue: Catalogue) -> Project:
    """The project with settings such as "training.epochs=3" in place.

    A value is read as JSON and else taken as text; `{"search": {"low": 16, "high": 64}}` is a search mark. Raise
    ValueError with a sentence when a path leads nowhere or a value is not allowed there.
    """
    paths: list[str] = []
    for one in settings:
        path, equals, text = one.partition("=")
        if not equals or not path:
            raise ValueError(f"'{one}' is not a setting; write it as in training.epochs=3.")
        project = project.set(path.strip(), _value(text))
        paths.append(path.strip())
    for place, component in project.components():
        if any(path == place or path.startswith(f"{place}.") for path in paths):
            catalogue.make(FAMILIES.get(place, Layer), component)
    return project


def _value(text: str) -> Any:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    try:
        return read_parameters({"": value})[""]
    except ValidationError as error:
        reason = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        raise ValueError(f"{text} is no search mark: {reason}.") from None
