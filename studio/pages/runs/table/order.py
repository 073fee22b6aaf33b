"""In which order the lines of the table stand: pure functions of rows, a column to sort by and one to group by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TypeAlias

from studio.pages.runs.table.row import Key


@dataclass(frozen=True, slots=True)
class Group:
    """A line under which runs with the same value of a column fold."""

    column: str
    value: str
    """The value as it is written; empty for runs that have none."""


Line: TypeAlias = str | Group
"""A run's id, or a group."""
Keys: TypeAlias = Mapping[str, Key]
"""By run, what it is sorted by."""
NUMBERS = {int, float}
"""Keys of these kinds alone, as most columns have, are put in order as they are."""


def sorted_runs(runs: Iterable[str], keys: Keys, *, down: bool) -> list[str]:
    """Runs by their keys; equal ones stay as they were, and what is not known stands last whichever way.

    A column of settings may hold numbers in some runs and words in others: numbers come first.
    """
    every = list(runs)
    if {type(keys.get(run)) for run in every} <= NUMBERS:
        return sorted(every, key=keys.__getitem__, reverse=down)  # type: ignore[arg-type]
    numbers: list[str] = []
    words: list[str] = []
    unknown: list[str] = []
    for run in every:
        key = keys.get(run)
        (unknown if key is None else words if isinstance(key, str) else numbers).append(run)
    numbers.sort(key=keys.__getitem__, reverse=down)  # type: ignore[arg-type]
    words.sort(key=keys.__getitem__, reverse=down)  # type: ignore[arg-type]
    return [*words, *numbers, *unknown] if down else [*numbers, *words, *unknown]


def grouped(runs: Sequence[str], value: Callable[[str], str]) -> dict[str, list[str]]:
    """The runs by what is written in a column, each group in the order in which its runs stand."""
    found: dict[str, list[str]] = {}
    for run in runs:
        found.setdefault(value(run), []).append(run)
    return found


def sorted_groups(groups: Mapping[str, Sequence[str]], keys: Keys, *, down: bool) -> list[str]:
    """The groups' values by the mean of their runs' numbers; where these are words, by the first run's.

    Runs without a value of the grouping column make a group that stands last.
    """
    middles = {value: _middle([keys.get(run) for run in runs]) for value, runs in groups.items() if value}
    return [*sorted_runs(middles, middles, down=down), *([""] if "" in groups else [])]


def _middle(keys: Sequence[Key]) -> Key:
    numbers = [key for key in keys if isinstance(key, int | float)]
    if numbers:
        return fmean(numbers)
    return next((key for key in keys if key is not None), None)


def folded(
    groups: Mapping[str, Sequence[str]], order: Iterable[str], *, column: str, opened: Callable[[Group], bool]
) -> list[Line]:
    """The lines: each group, and below it its runs where it is open."""
    lines: list[Line] = []
    for value in order:
        group = Group(column, value)
        lines.append(group)
        if opened(group):
            lines += groups[value]
    return lines
