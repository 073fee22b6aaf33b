"""Putting what a trial tried into a project: its best point becomes what the project is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.spec.declaration import Component
from engine.spec.filling import fill
from engine.spec.graph import Graph, Node
from engine.spec.paths import get
from engine.spec.project import Project, Training
from engine.spec.search import Search, first_of
from engine.spec.space import PRESENT, Mark, space_of
from engine.spec.value import FrozenDict


class ApplyError(ValueError):
    """A project that changed too much since it was searched, in the user's words."""


def tried(searched: Project, parameters: Mapping[str, Any]) -> Project:
    """The project that a trial trained.

    Args:
        searched: the project with its marks, as it was when the search began.
        parameters: what the trial tried, by variable; what it did not ask for stands at its own value.
    """

    def ask(name: str, search: Search) -> Any:
        if name in parameters:
            return known(search, parameters[name])
        return 1 if search.relative else search.first()

    return fill(searched, ask)


def known(search: Search, value: Any) -> Any:
    """A value as the search has it: JSON makes lists of tuples, and whole numbers of some floats."""
    plain = _plain(value)
    for choice in search.choices:
        if _plain(choice) == plain and isinstance(choice, bool) == isinstance(value, bool):
            return choice
    whole = search.whole and isinstance(value, float) and value.is_integer()
    return int(value) if whole else plain


def apply(project: Project, searched: Project, parameters: Mapping[str, Any], *, marks: bool) -> Project:
    """The project with what a trial tried in place of what it has, wherever the search had a mark.

    Args:
        project: what is open now; it may differ from what was searched, but for the places of the marks.
        searched: the project as it was when the search began.
        parameters: what the trial tried, by variable.
        marks: whether marks stay, around the new value; else they are taken away.

    Raises:
        ApplyError: where a place of a mark is gone, or something else stands there now.
    """
    asked = [mark for mark in space_of(searched).marks if mark.name in parameters]
    if not asked:
        raise ApplyError("This trial tried nothing, so there is nothing to apply.")
    filled = tried(searched, parameters)
    for place in dict.fromkeys(_place(mark) for mark in asked):
        here = [mark for mark in asked if _place(mark) == place]
        project = _applied(project, searched, filled, place, here, marks=marks)
    return project


def _applied(  # noqa: PLR0913 - three projects and a place in them
    project: Project, searched: Project, filled: Project, place: str, here: list[Mark], *, marks: bool
) -> Project:
    if place == "training":
        return _trained(project, filled.training, [mark.path.rpartition(".")[2] for mark in here], marks=marks)
    now, then, found = _component(project, place), _component(searched, place), _component(filled, place)
    searched_kinds = {one.kind for one in then.candidates.values()}
    if searched_kinds.isdisjoint(one.kind for one in now.candidates.values()):
        raise ApplyError(
            f"At “{place}” stands {now.kind} now, and {then.kind} was searched. Open the trial's network instead."
        )
    return _put(project, place, _changed(now, then, found, [mark.path for mark in here], marks=marks))


def _trained(project: Project, found: Training, names: list[str], *, marks: bool) -> Project:
    training = project.training
    values = {name: getattr(found, name) for name in names}
    kept = {
        name: mark.having(value=values[name]) if name in values else mark
        for name, mark in training.marks.items()
        if marks or name not in values
    }
    changed: Project = project.having(training=training.having(**values, marks=FrozenDict(kept)))
    return changed


def _changed(now: Component, then: Component, found: Component, paths: list[str], *, marks: bool) -> Component:
    """The component as it is now, with what was found in place of what was searched."""
    one = _brought(now, found, _title(then, found))
    names = [path.rpartition(".")[2] for path in paths if not path.endswith(f".{PRESENT}")]
    parameters = dict(one.parameters)
    for name, value in found.parameters.items():
        if name in names or (then.variants and name not in parameters):
            mark = parameters.get(name)
            parameters[name] = mark.having(value=value) if marks and isinstance(mark, Search) else value
    if not marks:
        parameters = {name: first_of(value) for name, value in parameters.items()}
    changed: Component = one.having(parameters=FrozenDict(parameters))
    if isinstance(changed, Node) and isinstance(found, Node):
        present = any(path.endswith(f".{PRESENT}") for path in paths)
        changed = changed.having(muted=found.muted if present else changed.muted)
        if present and not marks:
            changed = changed.having(optional=False)
    return changed if marks else changed.having(variants=())


def _title(then: Component, found: Component) -> str:
    """Which of the variants was found: the titles of those of its kind, and its block."""
    for title, one in then.candidates.items():
        if one.kind == found.kind and one.parameters.get("network") == found.parameters.get("network"):
            return title
    return ""


def _brought(now: Component, found: Component, title: str) -> Component:
    """The component with the variant of a title in front; the others, its old self among them, behind."""
    candidates = now.candidates
    chosen = candidates.get(title) or next((one for one in candidates.values() if one.kind == found.kind), None)
    if chosen is None:  # it was a variant once, and is none any more
        replaced: Component = now.having(kind=found.kind, parameters=found.parameters)
        return replaced
    front: Component = now.having(variants=())
    if chosen is now or chosen == front:
        return now
    rest = tuple(
        Component(kind=one.kind, parameters=one.parameters) for one in candidates.values() if one is not chosen
    )
    changed: Component = now.having(kind=chosen.kind, parameters=chosen.parameters, variants=rest)
    return changed


def _place(mark: Mark) -> str:
    """The path of what holds a mark, without the variant: `training`, `training.optimizer`, `model.conv2d_1`."""
    path = mark.path if mark.kind == "variants" else mark.path.rpartition(".")[0]
    return path.partition("[")[0]


def _component(project: Project, place: str) -> Component:
    try:
        found = get(project, place) if "." in place else getattr(project, place)
    except ValueError:
        found = None
    if not isinstance(found, Component):
        raise ApplyError(f"“{place}” is no longer in the open project. Open the trial's network instead.")
    return found


def _put(project: Project, place: str, component: Component) -> Project:
    network, _, name = place.partition(".")
    graph = project.networks.get(network)
    if isinstance(graph, Graph) and isinstance(component, Node):
        return project.with_network(network, graph.replace(component))
    if network == "training":
        changed: Project = project.having(training=project.training.having(**{name: component}))
    else:
        changed = project.having(**{network: component})
    return changed


def _plain(value: Any) -> Any:
    return tuple(_plain(one) for one in value) if isinstance(value, list | tuple) else value
