"""Which runs stand in which line: filter, order and groups, and what they need to know of each run."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from studio.pages.runs.table.facts import FACTS
from studio.pages.runs.table.order import Group, Line, folded, grouped, sorted_groups, sorted_runs
from studio.pages.runs.table.row import Column, Key, Row

Matches = Callable[[str], bool]
"""Whether the run of an id is among those that are asked for."""
KEPT = 4
"""Columns whose keys are remembered: who sorts goes back and forth between a few."""


class Arrangement:
    """The lines of the table. What was found out of a run is remembered until there is news of it.

    Args:
        row: a run as the columns want it.
    """

    def __init__(self, row: Callable[[str], Row]) -> None:
        self._row = row
        self.column: Column = FACTS["created"]
        self.down = True
        self.grouping: Column | None = None
        self.members: dict[Group, list[str]] = {}
        """The runs of each group, in their order."""
        self.shown: list[str] = []
        """The runs that match, in the order in which they stand once every group is open."""
        self._runs: dict[str, None] = {}
        self._matches: Matches | None = None
        self._opened: set[Group] = set()
        self._keys: dict[str, Key] = {}
        self._known: dict[str, dict[str, Key]] = {self.column.key: self._keys}  # by column, the newest last
        self._fits: dict[str, bool] = {}
        self._values: dict[str, str] = {}

    def take(self, runs: Iterable[str]) -> None:
        """These are the runs, the newest first."""
        self._runs = dict.fromkeys(runs)

    def sort(self, column: Column, *, down: bool) -> None:
        """Stand in the order of a column."""
        self.column, self.down = column, down
        self._keys = self._known.pop(column.key, {})
        self._known[column.key] = self._keys
        if len(self._known) > KEPT:
            del self._known[next(iter(self._known))]

    def filter(self, matches: Matches | None) -> None:
        """Show only runs that match; none shows all."""
        self._matches = matches
        self._fits.clear()

    def group(self, column: Column | None) -> None:
        """Fold runs with the same value of a column together; none unfolds all."""
        self.grouping = column
        self._values.clear()

    def opened(self, group: Group) -> bool:
        """Whether the runs of a group stand below it."""
        return group in self._opened

    def open(self, groups: Iterable[Group], *, opened: bool) -> None:
        """Unfold groups, or fold them."""
        (self._opened.update if opened else self._opened.difference_update)(groups)

    def forget(self, run: str) -> bool:
        """There is news of a run: whether it may stand elsewhere now."""
        before = (self._keys.get(run), self._fits.pop(run, True), self._values.pop(run, None))
        for keys in self._known.values():
            keys.pop(run, None)
        if run not in self._runs:
            return False
        return before != (self._key(run), self._fit(run), self._value(run) if self.grouping else None)

    def lines(self) -> list[Line]:
        """Every line from top to bottom."""
        found = self._matching()
        keys, sort, row = self._keys, self.column.sort, self._row
        keys.update((run, sort(row(run))) for run in found if run not in keys)
        ordered = sorted_runs(found, keys, down=self.down)
        if self.grouping is not None:
            return self._folded(self.grouping.key, ordered)
        self.members, self.shown = {}, ordered
        return list(ordered)

    def _matching(self) -> list[str]:
        matches, fits = self._matches, self._fits
        if matches is None:
            return list(self._runs)
        fits.update((run, matches(run)) for run in self._runs if run not in fits)
        return [run for run in self._runs if fits[run]]

    def _folded(self, column: str, runs: list[str]) -> list[Line]:
        groups = grouped(runs, self._value)
        order = sorted_groups(groups, self._keys, down=self.down)
        self.members = {Group(column, value): groups[value] for value in order}
        self.shown = [run for value in order for run in groups[value]]
        return folded(groups, order, column=column, opened=self.opened)

    def _key(self, run: str) -> Key:
        if run not in self._keys:
            self._keys[run] = self.column.sort(self._row(run))
        return self._keys[run]

    def _fit(self, run: str) -> bool:
        if self._matches is None:
            return True
        if run not in self._fits:
            self._fits[run] = self._matches(run)
        return self._fits[run]

    def _value(self, run: str) -> str:
        if self.grouping is None:
            return ""
        if run not in self._values:
            self._values[run] = self.grouping.text(self._row(run))
        return self._values[run]
