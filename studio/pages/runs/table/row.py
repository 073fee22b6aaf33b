"""A run as the table shows it, and what a column is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias

from engine.runs import Notes, Summary

Key: TypeAlias = float | str | None
"""What a column is sorted by; None, for what is not known, stands last whichever way one sorts."""
Kind = Literal["text", "number", "value", "name", "state", "trend", "tags"]
"""How a cell is painted."""


class Source(Protocol):
    """Where what is known of runs comes from, such as `Live`."""

    def state(self, run: str) -> str: ...

    def summary(self, run: str) -> Summary: ...

    def notes(self, run: str) -> Notes: ...

    def parameters(self, run: str) -> Mapping[str, Any]: ...

    @property
    def models(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Row:
    """A run, read from where it is known: what is asked for is asked for there."""

    id: str
    source: Source
    size: int | None = None
    """Bytes that its folder takes, once they were counted."""

    @property
    def state(self) -> str:
        return self.source.state(self.id)

    @property
    def summary(self) -> Summary:
        return self.source.summary(self.id)

    @property
    def notes(self) -> Notes:
        return self.source.notes(self.id)

    @property
    def parameters(self) -> Mapping[str, Any]:
        return self.source.parameters(self.id)

    @property
    def model(self) -> str:
        """Under which name and version its model is registered; nothing where it is not, or that is not known."""
        return self.source.models.get(self.id, "")

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
