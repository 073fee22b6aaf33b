"""A run as the table shows it, and what a column is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias

from engine.runs import Notes, Summary

Key: TypeAlias = float | str | None
"""What a column is sorted by; None, for what is not known, stands last whichever way one sorts."""
Kind = Literal["text", "number", "value", "name", "state", "trend", "tags"]
"""How a cell is painted."""


class Told(Protocol):
    """What there is to know of a run, such as `Followed`: it is asked for when it is needed."""

    @property
    def id(self) -> str: ...

    @property
    def state(self) -> str: ...

    @property
    def summary(self) -> Summary: ...

    @property
    def notes(self) -> Notes: ...

    @property
    def parameters(self) -> Mapping[str, Any]: ...


class Row(NamedTuple):
    """A run as columns ask for it. Ten thousand are made to sort a table, so that a row is as little as can be."""

    run: Told
    size: int | None = None
    """Bytes that its folder takes, once they were counted."""
    model: str = ""
    """Under which name and version its model is registered; nothing where it is not, or that is not known."""

    @property
    def id(self) -> str:
        return self.run.id

    @property
    def state(self) -> str:
        return self.run.state

    @property
    def summary(self) -> Summary:
        return self.run.summary

    @property
    def notes(self) -> Notes:
        return self.run.notes

    @property
    def parameters(self) -> Mapping[str, Any]:
        return self.run.parameters

    @property
    def name(self) -> str:
        """What a person calls it: the name it was given, else its project's."""
        return self.notes.name or self.summary.name or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column.

    Args:
        key: names it in settings: `state`, `best:validation/loss`, `parameter:training.epochs`.
        title: stands in the header.
        text: what a cell says.
        sort: what it is sorted by.
        kind: how it is painted.
        section: under which heading it is offered.
        tip: what it is, in a sentence.
        width: pixels that it has at first.
    """

    key: str
    title: str
    text: Callable[[Row], str]
    sort: Callable[[Row], Key]
    kind: Kind = "text"
    section: str = "Facts"
    tip: str = ""
    width: int = 96

    @property
    def number(self) -> bool:
        return self.kind == "number"
