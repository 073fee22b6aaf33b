"""Projects of a search space: a value in place of every mark that matters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from engine.spec.declaration import Component
from engine.spec.graph import Graph, Node
from engine.spec.paths import get
from engine.spec.project import Project, Training
from engine.spec.reach import roots, stands_for
from engine.spec.search import Search
from engine.spec.space import PRESENT, space_of
from engine.spec.study import Study
from engine.spec.value import FrozenDict

Ask: TypeAlias = Callable[[str, Search], Any]
"""Gives a variable, by its name, a value within its search."""


def fill(project: Project, ask: Ask) -> Project:
    """The project with a value in place of every mark, as a trial trains it; it has no marks, variants or study left.

    Args:
        project: a project with or without marks.
        ask: gives values; it is called once for each variable that matters, those that decide over others first.

    Raises:
        SpaceError: where marks of one name differ in what is tried.
    """
    space_of(project).variables  # noqa: B018 - it raises where marks contradict each other
    return _Filling(project, ask).project()


def current(project: Project) -> Project:
    """The project as it stands outside of a search: its own values, its own kinds, every optional node there."""
    return fill(project, lambda _name, search: 1 if search.relative else search.first())


class _Filling:
    """Gives every mark that matters its value, from the networks that are trained themselves down into their blocks."""

    def __init__(self, project: Project, ask: Ask) -> None:
        self._project = project
        self._ask = ask
        self._known: dict[str, Any] = {}

    def project(self) -> Project:
        project = self._project
        changed: Project = project.having(
            training=self._training(project.training),
            dataset=None if project.dataset is None else self._component("dataset", project.dataset),
            task=self._component("task", project.task),
            networks=FrozenDict(self._networks()),
            study=Study(),
        )
        return changed

    def _training(self, training: Training) -> Training:
        values = {name: self._value(f"training.{name}", mark) for name, mark in training.marks.items()}
        optimizer = self._component("training.optimizer", training.optimizer)
        schedule = self._component("training.schedule", training.schedule)
        changed: Training = training.having(**values, optimizer=optimizer, schedule=schedule, marks=FrozenDict())
        return changed

    def _networks(self) -> dict[str, Graph]:
        graphs: dict[str, Graph] = {}
        waiting = [*roots(self._project)]
        while waiting:
            name = waiting.pop(0)
            if name not in graphs and name in self._project.networks:
                graph = graphs[name] = self._graph(name, self._project.networks[name])
                waiting += [used for node in graph.nodes if not node.muted for used, _ in stands_for(node, "")]
        return {name: graphs.get(name) or plain(graph) for name, graph in self._project.networks.items()}

    def _graph(self, name: str, graph: Graph) -> Graph:
        return graph.replace(*(self._node(f"{name}.{node.id}", node) for node in graph.nodes if _is_marked(node)))

    def _node(self, path: str, node: Node) -> Node:
        muted = node.muted
        if node.optional:
            muted = not self._asked(f"{path}.{PRESENT}", Search(choices=(True, False), value=not node.muted))
        found = bare(node) if muted else self._component(path, node)
        changed: Node = found.having(muted=muted, optional=False)
        return changed

    def _component(self, path: str, component: Any) -> Any:
        place, chosen = path, component
        if component.variants:
            candidates = component.candidates
            titles = tuple(candidates)
            title = self._asked(path, Search(choices=titles))
            chosen = candidates[title]
            place = path if title == titles[0] else f"{path}[{title}]"
        parameters = {
            name: self._value(f"{place}.{name}", value) if isinstance(value, Search) else value
            for name, value in chosen.parameters.items()
        }
        return component.having(kind=chosen.kind, parameters=FrozenDict(parameters), variants=())

    def _value(self, path: str, search: Search) -> Any:
        return search.standing(self._asked(search.name or path, search))

    def _asked(self, name: str, search: Search) -> Any:
        if name not in self._known:
            self._known[name] = self._ask(name, search)
        return self._known[name]


def plain(graph: Graph) -> Graph:
    """The network with first values in place of marks: nothing of it is trained."""
    return graph.replace(*(bare(node) for node in graph.nodes if _is_marked(node)))


def bare(node: Node) -> Node:
    """The node itself, with its own value at every mark."""
    parameters = {name: one.first() if isinstance(one, Search) else one for name, one in node.parameters.items()}
    found: Node = node.having(parameters=FrozenDict(parameters), variants=(), optional=False)
    return found


def _is_marked(node: Node) -> bool:
    return node.optional or bool(node.variants) or any(isinstance(one, Search) for one in node.parameters.values())


def unmarked(project: Project, path: str) -> Project:
    """The project without the mark at a path; what stood there outside of a search stays.

    Raises:
        ValueError: where there is no such mark.
    """
    place, _, last = path.rpartition(".")
    if last == PRESENT:
        return _renoded(project, place, optional=False)
    found = get(project, path)
    if isinstance(found, Search):
        return project.set(path, found.first())
    if isinstance(found, Node) and found.variants:
        return _renoded(project, path, variants=())
    if isinstance(found, Component) and found.variants:
        return project.set(path, found.having(variants=()))
    raise ValueError(f"There is no mark at '{path}'.")


def _renoded(project: Project, path: str, **changes: Any) -> Project:
    network, _, node = path.partition(".")
    graph: Graph = project.networks[network]
    return project.with_network(network, graph.replace(graph[node].having(**changes)))
