"""The corners of a search space: which values make a network that does not fit together, known before any is tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.analyze import analyze
from engine.spec import Catalogue, Facts, Mark, Problem, Project, Search, Space, SpaceError, fill, space_of
from engine.spec.marking import place_of


def _go_on() -> None:
    """Nobody wants to end it."""


ENOUGH = 4000
"""Nodes that are looked at, in all corners together: about a quarter of a second where nothing of them is new."""


def corner_problems(
    project: Project,
    catalogue: Catalogue,
    facts: Facts | None = None,
    *,
    between: Callable[[], object] = _go_on,
) -> Iterator[Problem]:
    """Yield a warning at each mark for a value with which the network does not fit, all else as it stands.

    Tried are every choice, both ends of every range, whether a node is there; then all low and all high ends together.
    In large networks not all of them are. `between` is called before each and may end it by raising.
    """
    space = space_of(project)
    try:
        variables = space.variables
    except SpaceError:
        return  # it is told of at the marks
    look = _Look(project, catalogue, facts)
    if not variables or look.fault({}):
        return  # what is wrong as it stands is told of without a search
    left = ENOUGH // max(1, sum(len(one.nodes) for one in project.networks.values()))
    for mark, values in _single(space):
        for value in values[: max(0, left)]:
            between()
            fault = look.fault(_alone(mark, value))
            left -= 1
            if fault:
                yield _told(mark, value, fault)
                break
    if left >= 2 and len(variables) > 1:
        yield from _together(look, variables)


class _Look:
    """Looks at points of one space."""

    def __init__(self, project: Project, catalogue: Catalogue, facts: Facts | None) -> None:
        self._project = project
        self._catalogue = catalogue
        self._facts = facts

    def fault(self, values: Mapping[str, Any]) -> Problem | None:
        """The first thing that is wrong with a point; variables without a value stay as they are."""

        def ask(name: str, search: Search) -> Any:
            return values.get(name, 1 if search.relative else search.first())

        errors = analyze(fill(self._project, ask), self._catalogue, self._facts, mends=False).errors
        return errors[0] if errors else None


def _single(space: Space) -> Iterator[tuple[Mark, tuple[Any, ...]]]:
    """Each variable once, with its outermost values but for the one that it has anyway."""
    seen: set[str] = set()
    for mark in space.marks:
        if mark.name not in seen:
            seen.add(mark.name)
            standing = 1 if mark.search.relative else mark.search.first()
            yield mark, tuple(one for one in _ends(mark.search) if one != standing)


def _ends(search: Search) -> tuple[Any, ...]:
    """The outermost values of a variable, as it is asked for."""
    return search.choices or (search.low, search.high)


def _alone(mark: Mark, value: Any) -> dict[str, Any]:
    """The point that has one value, and what must hold for it to be asked for."""
    return {**dict(mark.when), mark.name: value}


def _told(mark: Mark, value: Any, fault: Problem) -> Problem:
    name = mark.path.rpartition(".")[2]
    if mark.kind == "optional":
        under = "Where a search leaves it out" if not value else "Where it is there"
    elif mark.kind == "variants":
        under = f"With {value}"
    else:
        under = f"With {name} {value}" + (f" × {mark.search.value}" if mark.search.relative else "")
    return Problem(message=f"{under}: {_placed(fault)}", severity="warning", cause="corner", **place_of(mark.path))


def _together(look: _Look, variables: Mapping[str, Search]) -> Iterator[Problem]:
    """All ends together, where each alone is fine."""
    for words, at in (("smallest", 0), ("largest", -1)):
        ends = {name: _ends(one)[at] for name, one in variables.items() if not one.choices}
        fault = look.fault(ends) if ends else None
        if fault:
            message = f"With all ranges at their {words} values: {_placed(fault)}"
            yield fault.having(message=message, severity="warning", cause="corner")


def _placed(fault: Problem) -> str:
    """What is wrong, with the node where it shows."""
    return f"{fault.node}: {fault.message}" if fault.node else fault.message
