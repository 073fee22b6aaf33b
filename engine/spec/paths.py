"""Settings by path: one spelling for `--set`, search marks, run parameters and differences.

`training.epochs`, `training.optimizer.lr`, `model.conv2d_1.out_channels`. What else a search may put in a place is
named in brackets: `training.optimizer[SGD].momentum`.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from engine.spec.declaration import Component
from engine.spec.graph import Graph
from engine.spec.project import Project, Training
from engine.spec.search import Search


def put(project: Project, path: str, value: Any) -> Project:
    """`Project.set`: replace what stands at a path, or raise ValueError naming the part that is missing."""
    try:
        changed: Project = _put(project, path.split("."), value, path)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"'{path}' cannot be {value!r}: {str(first['msg']).removeprefix('Input ')}.") from None
    return changed


def get(project: Project, path: str) -> Any:
    """What is written at a path: a value, a `Search`, a component; None where nothing is written.

    Raise ValueError where there is no such place.
    """
    owner: Any = project
    *parts, last = path.split(".")
    for part in parts:
        owner = _within(owner, part, path)
    if isinstance(owner, Training) and last in owner.marks:
        return owner.marks[last]
    return owner.parameters.get(last) if isinstance(owner, Component) and "[" not in last else _last(owner, last, path)


def flatten(project: Project) -> dict[str, Any]:
    """Every written setting by its path: the training fields, the split, and each component's kind and parameters."""
    found: dict[str, Any] = {}
    for section in ("training", "split"):
        settings = getattr(project, section)
        found |= {
            f"{section}.{name}": getattr(settings, name)
            for name in type(settings).model_fields
            if not isinstance(getattr(settings, name), Component) and name != "marks"
        }
    found |= {f"training.{name}": mark for name, mark in project.training.marks.items()}
    for path, component in project.components():
        found[path] = component.kind
        found |= {f"{path}.{name}": value for name, value in component.parameters.items()}
        for title, one in [*component.candidates.items()][1:]:
            found[f"{path}[{title}]"] = one.kind
            found |= {f"{path}[{title}].{name}": value for name, value in one.parameters.items()}
    return found


def _put(owner: Any, parts: list[str], value: Any, path: str) -> Any:
    head, rest = parts[0], parts[1:]
    if isinstance(owner, Project) and head in owner.networks:
        return owner.with_network(head, _put(owner.networks[head], rest, value, path)) if rest else _missing(path, head)
    name, title = _parted(head)
    if isinstance(owner, Graph):
        if name not in owner:
            raise ValueError(f"'{path}' leads nowhere: the network has no node '{name}'.")
        node = owner[name]
        return owner.replace(_varied(node, title, rest, value, path)) if rest else _missing(path, head)
    if isinstance(owner, Component):
        return owner.set(**{head: value}) if not rest else _missing(path, rest[0])
    return _put_field(owner, head, rest, value, path)


def _put_field(owner: BaseModel, head: str, rest: list[str], value: Any, path: str) -> Any:
    name, title = _parted(head)
    old = _field(owner, name, path)
    if rest and not isinstance(old, BaseModel):
        _missing(path, rest[0])
    if isinstance(owner, Training) and not rest and not isinstance(old, Component):
        return _put_training(owner, name, value)
    if title and not rest:
        _missing(path, head)
    if rest:
        new = _varied(old, title, rest, value, path) if isinstance(old, Component) else _put(old, rest, value, path)
    else:
        new = Component(kind=value) if isinstance(old, Component) and isinstance(value, str) else value
    return _made(owner, **{name: new})


def _put_training(training: Training, name: str, value: Any) -> Any:
    """A field of the training is what it is outside of a search, and a mark stands beside it."""
    if not isinstance(value, Search):
        marks = {one: mark for one, mark in training.marks.items() if one != name}
        return _made(training, **{name: value, "marks": marks})
    standing = getattr(training, name) if value.value is None else value.value
    return _made(training, **{name: standing, "marks": {**training.marks, name: value.having(value=standing)}})


def _varied(component: Component, title: str, rest: list[str], value: Any, path: str) -> Any:
    """A component with something put in it, or in the one of its variants that is called so."""
    if not title:
        return _put(component, rest, value, path)
    changed = _put(_variant(component, title, path), rest, value, path)
    place = [*component.candidates].index(title) - 1
    variants = tuple(changed if at == place else one for at, one in enumerate(component.variants))
    return component.having(variants=variants)


def _variant(component: Component, title: str, path: str) -> Component:
    titles = [*component.candidates][1:]
    if title not in titles:
        raise ValueError(f"'{path}' leads nowhere: '{title}' is none of the variants: {', '.join(titles) or 'none'}.")
    return component.candidates[title]


def _within(owner: Any, part: str, path: str) -> Any:
    if isinstance(owner, Project) and part in owner.networks:
        return owner.networks[part]
    return _last(owner, part, path)


def _last(owner: Any, part: str, path: str) -> Any:
    name, title = _parted(part)
    if isinstance(owner, Graph) and name not in owner:
        raise ValueError(f"'{path}' leads nowhere: the network has no node '{name}'.")
    if isinstance(owner, Component) or not isinstance(owner, BaseModel):
        _missing(path, part)
    found = owner[name] if isinstance(owner, Graph) else _field(owner, name, path)
    return _variant(found, title, path) if title else found


def _field(owner: BaseModel, name: str, path: str) -> Any:
    if name not in type(owner).model_fields or name in ("networks", "marks"):
        names = {*type(owner).model_fields, *getattr(owner, "networks", {})} - {"networks", "marks"}
        raise ValueError(f"'{path}' leads nowhere: there is no '{name}' here. There is: {', '.join(sorted(names))}.")
    return getattr(owner, name)


def _made(owner: BaseModel, **changes: Any) -> Any:
    return type(owner)(**{**{name: getattr(owner, name) for name in type(owner).model_fields}, **changes})


def _parted(part: str) -> tuple[str, str]:
    """A name and the title in brackets behind it, empty where there is none."""
    name, _, title = part.partition("[")
    return (name, title.removesuffix("]")) if title.endswith("]") else (part, "")


def _missing(path: str, part: str) -> Any:
    raise ValueError(f"'{path}' leads nowhere: '{part}' is not a single setting.")
