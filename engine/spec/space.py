"""The space that a project's search marks span.

A mark is asked for only where it matters: one in a variant when that variant was chosen, one of an optional node when
the node is there, one in a block when a node that is there stands for it. So the space is a tree; `fill` walks it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf, prod
from typing import Literal

from engine.spec.declaration import Component
from engine.spec.graph import Node
from engine.spec.project import Project
from engine.spec.reach import Condition, roots, stands_for
from engine.spec.search import Search

PRESENT = "present"
"""What the variable of an optional node is called, behind the node's path; it is true or false."""


class SpaceError(ValueError):
    """Marks that cannot be searched, in the user's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A search mark where it stands.

    Args:
        name: its variable: the name that it was given, or else its path.
        path: where it stands; for an optional node `…present`, for variants the component's own path.
        search: what is tried; the titles of variants are choices.
        kind: what varies: a setting, whether a node is there, or which of several things stands in a place.
        when: what must hold for it to be asked for.
    """

    name: str
    path: str
    search: Search
    kind: Literal["value", "optional", "variants"] = "value"
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Space:
    """All marks of a project, in the order in which they are asked for."""

    marks: tuple[Mark, ...]

    @cached_property
    def variables(self) -> Mapping[str, Search]:
        """What is searched, by name; raise `SpaceError` where marks of one name differ in what is tried."""
        found: dict[str, Search] = {}
        for mark in self.marks:
            known = found.setdefault(mark.name, mark.search)
            if _tried(known) != _tried(mark.search):
                raise SpaceError(f"The marks called '{mark.name}' try different values; give them the same range.")
        return found

    @property
    def size(self) -> float:
        """How many different projects it holds; infinite where any range is continuous."""
        first = {name: next(one for one in self.marks if one.name == name) for name in self.variables}
        return prod((_count(mark, first) for mark in first.values() if not mark.when), start=1)


def space_of(project: Project) -> Space:
    """The marks of a project. Muted nodes and blocks that nothing stands for have none."""
    return Space(marks=tuple(_Walk(project).marks()))


class _Walk:
    """Goes over a project's marks, breadth first from the networks that no block stands for."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def marks(self) -> Iterator[Mark]:
        training = self._project.training
        for name, search in training.marks.items():
            yield _mark(f"training.{name}", search, ())
        for path, component in self._project.components():
            if not isinstance(component, Node):
                yield from self._component(path, component, ())
        for network, when in self._networks():
            graph = self._project.networks[network]
            for node in graph.nodes:
                yield from self._node(f"{network}.{node.id}", node, when)

    def _networks(self) -> Iterator[tuple[str, tuple[Condition, ...]]]:
        """Networks in the order in which they are met; one that several nodes stand for is asked without condition."""
        found: dict[str, tuple[Condition, ...]] = {}
        reached = self._reached()
        uses = [(name, *use) for name in reached for use in self._uses(name)]
        for name in reached:
            users = [(user, when) for user, used, when in uses if used == name and user in found]
            found[name] = (*found[users[0][0]], *users[0][1]) if len(users) == 1 else ()
        yield from found.items()

    def _reached(self) -> tuple[str, ...]:
        found = dict.fromkeys(roots(self._project))
        waiting = [*found]
        while waiting:
            for used, _ in self._uses(waiting.pop(0)):
                if used not in found:
                    found[used] = None
                    waiting.append(used)
        return tuple(found)

    def _uses(self, network: str) -> Iterator[tuple[str, tuple[Condition, ...]]]:
        for node in self._project.networks[network].nodes:
            if node.muted and not node.optional:
                continue
            path = f"{network}.{node.id}"
            there: tuple[Condition, ...] = ((f"{path}.{PRESENT}", True),) if node.optional else ()
            for title, one in node.candidates.items():
                chosen: tuple[Condition, ...] = ((path, title),) if node.variants else ()
                yield from (
                    (name, (*there, *chosen, *more))
                    for name, more in stands_for(one, path)
                    if name in self._project.networks
                )

    def _node(self, path: str, node: Node, when: tuple[Condition, ...]) -> Iterator[Mark]:
        if node.optional:
            there = Search(choices=(True, False), value=not node.muted)
            yield Mark(name=f"{path}.{PRESENT}", path=f"{path}.{PRESENT}", search=there, kind="optional", when=when)
            when = (*when, (f"{path}.{PRESENT}", True))
        elif node.muted:
            return
        yield from self._component(path, node, when)

    def _component(self, path: str, component: Component, when: tuple[Condition, ...]) -> Iterator[Mark]:
        titles = tuple(component.candidates)
        if component.variants:
            yield Mark(name=path, path=path, search=Search(choices=titles), kind="variants", when=when)
        for title, one in component.candidates.items():
            place = path if title == titles[0] else f"{path}[{title}]"
            here = (*when, (path, title)) if component.variants else when
            for name, value in one.parameters.items():
                if isinstance(value, Search):
                    yield _mark(f"{place}.{name}", value, here)


def _mark(path: str, search: Search, when: tuple[Condition, ...]) -> Mark:
    return Mark(name=search.name or path, path=path, search=search, when=when)


def _tried(search: Search) -> Search:
    tried: Search = search.having(value=None, name="")
    return tried


def _count(mark: Mark, all_marks: Mapping[str, Mark]) -> float:
    """How many ways there are to choose a variable and all that depend on it last."""
    count = mark.search.count
    if count is None:
        return inf
    below = [one for one in all_marks.values() if one.when and one.when[-1][0] == mark.name]
    choices = {
        condition: [one for one in below if one.when[-1][1] == condition]
        for _, condition in {one.when[-1]: None for one in below}
    }
    return count - len(choices) + sum(prod(_count(one, all_marks) for one in some) for some in choices.values())
