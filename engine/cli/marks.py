"""What `netloom check` says of search marks: what is tried, and how large the space is."""

from __future__ import annotations

from math import isfinite
from typing import Any

from rich.markup import escape
from rich.table import Table

from engine.cli.saying import console
from engine.spec import Project, Space, SpaceError, space_of
from engine.spec.marking import in_words


def show_marks(project: Project) -> None:
    """A table of the marks, and the size of the space; nothing for a project without marks."""
    space = space_of(project)
    if not space.marks:
        return
    table = Table("mark", "tries", "now", "only if", title=f"{project.name}: search", title_justify="left")
    for column in table.columns:
        column.overflow = "fold"
    for mark in space.marks:
        named = mark.path if mark.name == mark.path else f"{mark.path} ({mark.name})"
        when = ", ".join(f"{name} = {value}" for name, value in mark.when)
        table.add_row(*(escape(one) for one in (named, in_words(mark.search), str(mark.search.first()), when)))
    console.print(table)
    console.print(size_in_words(space))


def size_in_words(space: Space) -> str:
    """How much there is to try."""
    try:
        variables = space.variables
    except SpaceError as error:
        return str(error)
    count = len(variables)
    said = f"{count} variable{'' if count == 1 else 's'}"
    if isfinite(space.size):
        return f"{said}, {space.size:,.0f} combinations."
    return f"{said}, {sum(one.count is None for one in variables.values())} of them continuous."


def marks_to_json(project: Project) -> dict[str, Any]:
    """The same for programs; `size` is null where a range is continuous."""
    space = space_of(project)
    marks = [
        {"path": one.path, "variable": one.name, "kind": one.kind, "when": dict(one.when)}
        | {"search": one.search.model_dump(mode="json", exclude_defaults=True)}
        for one in space.marks
    ]
    try:
        size = int(space.size) if isfinite(space.size) else None
    except SpaceError:
        size = None
    return {"marks": marks, "size": size}
