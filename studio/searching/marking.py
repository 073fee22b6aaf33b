"""Setting and taking away a mark, so that all marks of one variable stay at one."""

from __future__ import annotations

from typing import Any

from engine.spec import Project, Search, get, unmarked


def marked(project: Project, path: str, search: Search | None) -> Project:
    """The project with a mark at a path, or without the one that is there; the value stays.

    A mark that joins a variable takes over the range that this has; one that belonged to it before gives its range to
    all that do.

    Raises:
        ValueError: with a sentence, where there is no such place or a mark of the variable cannot have the range.
    """
    before = get(project, path)
    if search is None:
        return unmarked(project, path) if isinstance(before, Search) else project
    fellows = _fellows(project, search.name, path) if search.name else {}
    joins = not (isinstance(before, Search) and before.name == search.name)
    if joins and fellows:
        search = _ranged(search, next(iter(fellows.values())))
    project = project.set(path, search)
    for place, fellow in {} if joins else fellows.items():
        project = project.set(place, _ranged(fellow, search))
    return project


def variables(project: Project) -> dict[str, Search]:
    """The variables that have a name of their own, which other marks can share."""
    found: dict[str, Search] = {}
    for search in _marks(project).values():
        if search.name:
            found.setdefault(search.name, search)
    return found


def at(network: str, node: str, parameter: str = "", *, variant: str = "") -> str:
    """The path of a node's parameter, or of that of one of its variants; without a parameter of the node."""
    place = f"{network}.{node}[{variant}]" if variant else f"{network}.{node}"
    return f"{place}.{parameter}" if parameter else place


def word_of_mark(path: str, before: Any, after: Search | None) -> str:
    """What undo calls the change of a mark."""
    what = path.partition(".")[2] or path
    if after is None:
        return f"Stop searching {what}"
    return f"Change the range of {what}" if isinstance(before, Search) else f"Search {what}"


def mark_key(path: str, before: Any, after: Search | None) -> str | None:
    """Changes of a range that follow each other are one step; setting and taking away a mark are steps of their own."""
    return f"range of {path}" if isinstance(before, Search) and after is not None else None


def _marks(project: Project) -> dict[str, Search]:
    found = {f"training.{name}": search for name, search in project.training.marks.items()}
    for path, component in project.components():
        candidates = component.candidates if component.variants else {"": component}
        for place, (title, one) in enumerate(candidates.items()):
            where = f"{path}[{title}]" if place else path
            found |= {f"{where}.{name}": value for name, value in one.parameters.items() if isinstance(value, Search)}
    return found


def _fellows(project: Project, name: str, path: str) -> dict[str, Search]:
    """The other marks of a variable, by their paths."""
    return {place: one for place, one in _marks(project).items() if one.name == name and place != path}


def _ranged(search: Search, other: Search) -> Search:
    """A mark with another one's range and its own value."""
    made = {name: getattr(other, name) for name in ("low", "high", "log", "step", "choices", "name", "relative")}
    try:
        return Search(**made, value=search.first())
    except ValueError:
        raise ValueError(f"“{other.name}” multiplies a number, and {search.first()!r} is none.") from None
