"""Which runs stand in which line: filter, order and groups, and what they need to know of each run."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from studio.pages.runs.table.facts import FACTS
from studio.pages.runs.table.order import Group, Line, folded, grouped, sorted_groups, sorted_runs
from studio.pages.runs.table.row import Column, Key, Row

Matches = Callable[[Row], bool]


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
        self._fits: dict[str, bool] = {}
        self._values: dict[str, str] = {}

    def take(self, runs: Iterable[str]) -> None:
        """These are the runs, the newest first."""
        self._runs = dict.fromkeys(runs)

    def sort(self, column: Column, *, down: bool) -> None:
        """Stand in the order of a column."""
        if column is not self.column:
            self._keys.clear()
        self.column, self.down = column, down

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
        before = (self._keys.pop(run, None), self._fits.pop(run, True), self._values.pop(run, None))
        if run not in self._runs:
            return False
        return before != (self._key(run), self._fit(run), self._value(run) if self.grouping else None)

    def lines(self) -> list[Line]:
        """Every line from top to bottom."""
        found = [run for run in self._runs if self._fit(run)] if self._matches else list(self._runs)
        for run in found:
            if run not in self._keys:
                self._keys[run] = self.column.sort(self._row(run))
        if self.grouping is None:
            self.members, self.shown = {}, sorted_runs(found, self._keys, down=self.down)
            return list(self.shown)
        return self._folded(self.grouping.key, sorted_runs(found, self._keys, down=self.down))

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
            self._fits[run] = self._matches(self._row(run))
        return self._fits[run]

    def _value(self, run: str) -> str:
        if self.grouping is None:
            return ""
        if run not in self._values:
            self._values[run] = self.grouping.text(self._row(run))
        return self._values[run]
