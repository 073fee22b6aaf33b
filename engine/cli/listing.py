"""Choosing, ordering and showing runs on the command line, by the names that runs are asked for by."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from engine.runs import Notes, Summary, Workspace
from engine.runs.index import Known, overview, settings_of
from engine.runs.query import Value, parse
from engine.runs.query.asked import FACTS, Asked, names


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run as it is listed."""

    known: Known
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.known.id

    @property
    def name(self) -> str:
        return self.notes.name or self.summary.name or self.id

    @property
    def state(self) -> str:
        return str(self.summary.state)

    @property
    def size(self) -> int | None:
        return None  # nobody counts the bytes of ten thousand folders for a list

    @property
    def summary(self) -> Summary:
        return self.known.summary

    @property
    def notes(self) -> Notes:
        return self.known.notes


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which runs are wanted, in what order, and what of them."""

    filter: str = ""
    sort: str = ""
    """A name, with a minus before it from the largest down; the newest first where there is none."""
    columns: tuple[str, ...] = ()

    @property
    def settings(self) -> bool:
        """Whether the projects have to be known: a filter may ask for any setting, and names of facts need none."""
        asked = (self.sort.removeprefix("-"), *self.columns)
        return bool(self.filter) or any(name and name.casefold() not in FACTS for name in asked)


def chosen(workspace: Workspace, wanted: Wanted) -> list[Asked]:
    """The runs that are wanted; raise ValueError for a name that no run knows, or a filter that says nothing."""
    found = list(_all(workspace, with_settings=wanted.settings))
    query = parse(wanted.filter)
    compared = [name for name, _, _ in query.names] if query is not None else []
    _check([name for name in (wanted.sort.removeprefix("-"), *wanted.columns, *compared) if name], found)
    asked = [run for run in map(Asked, found) if query is None or query.matches(run)]
    return _ordered(asked, wanted.sort) if wanted.sort else asked


def value(run: Asked, name: str) -> Value | None:
    """The first thing that stands under a name."""
    return next(iter(run.values(name.casefold())), None)


def _all(workspace: Workspace, *, with_settings: bool) -> Iterator[Run]:
    runs = overview(workspace)
    settings = settings_of(workspace, [run.id for run in runs]) if with_settings else {}
    return (Run(known=run, parameters=settings.get(run.id, {})) for run in runs)


def _check(asked: Iterable[str], runs: Sequence[Run]) -> None:
    known = names(runs)
    ends = {name.casefold(): name for path in known for name in _ends(path)}
    for name in asked:
        bare = name.casefold().removeprefix("last:").removeprefix("best:").removeprefix("test:")
        if runs and bare not in ends:
            near = get_close_matches(bare, ends, n=3) or list(FACTS)[:6]
            raise ValueError(f"No run has anything called '{name}'. There is, for example: {', '.join(near)}.")


def _ends(path: str) -> Iterator[str]:
    parts = path.split(".")
    return (".".join(parts[at:]) for at in range(len(parts)))


def _ordered(runs: list[Asked], sort: str) -> list[Asked]:
    """In the order of a name; what has nothing under it stands last, whichever way."""
    name, down = sort.removeprefix("-"), sort.startswith("-")
    keys = {run.run.id: _key(value(run, name)) for run in runs}
    known = [run for run in runs if keys[run.run.id] is not None]
    rest = [run for run in runs if keys[run.run.id] is None]
    return [*sorted(known, key=lambda run: keys[run.run.id], reverse=down), *rest]  # type: ignore[arg-type,return-value]


def _key(found: Value | None) -> tuple[bool, float, str] | None:
    if found is None or (isinstance(found, float) and math.isnan(found)):
        return None
    return (True, 0.0, found.casefold()) if isinstance(found, str) else (False, float(found), "")
