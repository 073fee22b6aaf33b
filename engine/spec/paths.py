"""Settings by path: one spelling for `--set`, search marks, run parameters and differences."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from engine.spec.declaration import Component
from engine.spec.graph import Graph
from engine.spec.project import Project


def put(project: Project, path: str, value: Any) -> Project:
    """`Project.set`: replace what stands at a path, or raise ValueError naming the part that is missing."""
    try:
        changed: Project = _put(project, path.split("."), value, path)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"'{path}' cannot be {value!r}: {str(first['msg']).removeprefix('Input ')}.") from None
    return changed


def flatten(project: Project) -> dict[str, Any]:
    """Every written setting by its path: the training fields, the split, and each component's kind and parameters."""
    found: dict[str, Any] = {}
    for section in ("training", "split"):
        settings = getattr(project, section)
        found |= {
            f"{section}.{name}": getattr(settings, name)
            for name in type(settings).model_fields
            if not isinstance(getattr(settings, name), Component)
        }
    for path, component in project.components():
        found[path] = component.kind
        found |= {f"{path}.{name}": value for name, value in component.parameters.items()}
    return found


def _put(owner: Any, parts: list[str], value: Any, path: str) -> Any:
    head, rest = parts[0], parts[1:]
    if isinstance(owner, Project) and head in owner.networks:
        return owner.with_network(head, _put(owner.networks[head], rest, value, path)) if rest else _missing(path, head)
    if isinstance(owner, Graph):
        if head not in owner:
            raise ValueError(f"'{path}' leads nowhere: the network has no node '{head}'.")
        return owner.replace(_put(owner[head], rest, value, path)) if rest else _missing(path, head)
    if isinstance(owner, Component):
        return owner.set(**{head: value}) if not rest else _missing(path, rest[0])
    return _put_field(owner, head, rest, value, path)


def _put_field(owner: BaseModel, head: str, rest: list[str], value: Any, path: str) -> Any:
    if head not in type(owner).model_fields or head == "networks":
        known = ", ".join(sorted({*type(owner).model_fields, *getattr(owner, "networks", {})} - {"networks"}))
        raise ValueError(f"'{path}' leads nowhere: there is no '{head}' here. There is: {known}.")
    old = getattr(owner, head)
    if rest and not isinstance(old, BaseModel):
        _missing(path, rest[0])
    if rest:
        new = _put(old, rest, value, path)
    else:
        new = Component(kind=value) if isinstance(old, Component) and isinstance(value, str) else value
    fields = {name: getattr(owner, name) for name in type(owner).model_fields}
    return type(owner)(**{**fields, head: new})


def _missing(path: str, part: str) -> Any:
    raise ValueError(f"'{path}' leads nowhere: '{part}' is not a single setting.")
