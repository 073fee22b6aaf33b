"""What the table says of a mark, column by column, and what writing into a cell means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.spec import Catalogue, Mark, Parameter, Project, Search, SpaceError, get, space_of
from studio.searching import kind_text, node_at, parameter_at, when_text
from studio.widgets.fields import brief, read, write
from studio.widgets.fields.draft import read_range


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One mark.

    Args:
        mark: where it stands and what is tried.
        setting: what it is called where it stands.
        place: what it belongs to.
        node: the network and id of the layer that it is of; empty for settings of the training.
        parameter: what is declared of it; None for what is no parameter.
    """

    mark: Mark
    setting: str
    place: str
    node: tuple[str, str]
    parameter: Parameter | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its title, what is written in it, what it is sorted by, and what writing into it makes of a mark."""

    title: str
    text: Callable[[Row], str]
    key: Callable[[Row], Any]
    tip: str = ""
    number: bool = False
    read: Callable[[Row, str], Search] | None = None

    def editable(self, row: Row) -> bool:
        """Whether one can write into the cell of a row."""
        return self.read is not None and row.mark.kind == "value" and row.parameter is not None


def rows_of(project: Project, catalogue: Catalogue) -> tuple[Row, ...]:
    """The marks of a project, in the order in which a search asks for them."""
    return tuple(_row(project, mark, catalogue) for mark in space_of(project).marks)


def contradiction(project: Project) -> str:
    """Why the marks cannot be searched, if they contradict each other."""
    try:
        space_of(project).variables  # noqa: B018 - it raises where they do
    except SpaceError as error:
        return str(error)
    return ""


def _row(project: Project, mark: Mark, catalogue: Catalogue) -> Row:
    place, _, setting = mark.path.rpartition(".")
    if mark.kind != "value":
        place = mark.path if mark.kind == "variants" else place
        setting = "kind" if mark.kind == "variants" else "present"
    return Row(
        mark=mark,
        setting=setting,
        place=place if mark.kind == "variants" else _called(project, place),
        node=node_at(project, mark.path),
        parameter=parameter_at(project, mark.path, catalogue) if mark.kind == "value" else None,
    )


def _called(project: Project, place: str) -> str:
    """A place as people know it: the optimizer's kind stands beside its path, unless it stands in it."""
    if node_at(project, place)[1] or place == "training" or place.endswith("]"):
        return place
    return f"{place} ({get(project, place).kind})"


def _tries(row: Row) -> str:
    if row.mark.kind == "optional":
        return "with it, without it"
    return brief(row.mark.search) if row.mark.kind == "variants" else write(row.mark.search).removeprefix("one of ")


def _value(row: Row) -> str:
    value = row.mark.search.first()
    if row.mark.kind == "optional":
        return "there" if value else "left out"
    return ("yes" if value else "no") if isinstance(value, bool) else write(value)


def _read_tries(row: Row, text: str) -> Search:
    assert row.parameter is not None, "only what is declared is edited"
    return read_range(row.parameter, text, row.mark.search)


def _read_value(row: Row, text: str) -> Search:
    assert row.parameter is not None, "only what is declared is edited"
    known = {"yes": True, "no": False} if row.parameter.type == "bool" else {}
    if row.parameter.type == "choice":
        known = {write(one): one for one in row.parameter.choices}
    if known and text.strip() not in known:
        raise ValueError(f"Write one of {', '.join(known)}.")
    value = known[text.strip()] if known else read(row.parameter, text)
    changed: Search = row.mark.search.having(value=value)
    return changed


def _read_name(row: Row, text: str) -> Search:
    changed: Search = row.mark.search.having(name=text.strip())
    return changed


def _count(row: Row) -> float:
    return float("inf") if row.mark.search.count is None else row.mark.search.count


def _number(row: Row) -> str:
    return "any" if row.mark.search.count is None else f"{row.mark.search.count:,}"


COLUMNS = (
    Column(title="Setting", text=lambda row: row.setting, key=lambda row: row.setting.lower()),
    Column(title="Where", text=lambda row: row.place, key=lambda row: row.place.lower()),
    Column(
        title="Tries",
        text=_tries,
        key=_tries,
        read=_read_tries,
        tip="What is tried: 16 … 64 by 16, 1e-4 … 0.01 log, or values with commas between",
    ),
    Column(
        title="Value", text=_value, key=_value, read=_read_value, tip="Stands there outside of a search; tried first"
    ),
    Column(title="Kind", text=lambda row: kind_text(row.mark), key=lambda row: kind_text(row.mark)),
    Column(
        title="Variable",
        text=lambda row: row.mark.search.name,
        key=lambda row: row.mark.search.name.lower(),
        read=_read_name,
        tip="Marks of one name always get the same value",
    ),
    Column(title="Values", text=_number, key=_count, number=True),
    Column(title="Asked for", text=lambda row: when_text(row.mark.when), key=lambda row: when_text(row.mark.when)),
)
