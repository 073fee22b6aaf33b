"""What the cells and headings of the table say, kept until there is news; the sums of large groups come in slices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QObject, Signal

from studio.pages.runs.table.arrangement import Arrangement
from studio.pages.runs.table.facts import all_tested
from studio.pages.runs.table.order import Group, Line
from studio.pages.runs.table.row import Column, Row
from studio.pages.runs.table.sums import summed
from studio.widgets.slices import Slices

AT_ONCE = 200
"""Runs that a group has at most to be summed while it is painted."""


class Texts(QObject):
    """The words of the table.

    Args:
        row: a run as the columns want it.
        arrangement: which runs are in a group, and what the table is sorted by.
    """

    changed = Signal()
    """A group's sums arrived."""

    def __init__(self, row: Callable[[str], Row], arrangement: Arrangement, parent: QObject) -> None:
        super().__init__(parent)
        self._row, self._arrangement = row, arrangement
        self._kept: dict[Line, dict[str, str]] = {}
        self._summing = Slices(self)
        self._to_sum: dict[tuple[Group, Column], None] = {}

    def text(self, line: Line, column: Column) -> str:
        """What a cell says."""
        texts = self._kept.setdefault(line, {})
        if column.key not in texts:
            texts[column.key] = self._sum(line, column) if isinstance(line, Group) else column.text(self._row(line))
        return texts[column.key]

    def label(self, line: Line) -> str:
        """What a line is called."""
        if not isinstance(line, Group):
            return self._row(line).name
        title = self._arrangement.grouping.title if self._arrangement.grouping else ""
        return f"{title}: {line.value or 'none'}"

    def tip(self, line: Line, column: Column) -> str:
        """What there is to say of a cell that it has no room for."""
        if isinstance(line, Group):
            runs = self._arrangement.members.get(line, ())
            return f"{self.label(line)}\n{len(runs):,} runs\n{self.text(line, column)}".strip()
        row = self._row(line)
        match column.key:
            case "test":
                return all_tested(row) or "No test metrics yet"
            case "note":
                return row.notes.text
            case "name":
                return "\n".join(part for part in (row.name, row.id, row.summary.message) if part)
        return self.text(line, column)

    def heading(self, column: Column) -> str:
        """A title; what is sorted by has an arrow on the side where it leaves the title in line with the cells."""
        if column is not self._arrangement.column:
            return column.title
        arrow = "↓" if self._arrangement.down else "↑"
        return f"{arrow} {column.title}" if column.number else f"{column.title} {arrow}"

    def forget(self, runs: Iterable[str]) -> None:
        """There is news of these runs, and so of their groups."""
        gone = set(runs)
        for run in gone:
            self._kept.pop(run, None)
        for group, members in self._arrangement.members.items():
            if not gone.isdisjoint(members):
                self._kept.pop(group, None)

    def forget_groups(self) -> None:
        """Other runs may be in the groups now."""
        for group in [line for line in self._kept if isinstance(line, Group)]:
            del self._kept[group]

    def _sum(self, group: Group, column: Column) -> str:
        runs = self._arrangement.members.get(group, ())
        if len(runs) <= AT_ONCE:
            return summed(column, [self._row(run) for run in runs])
        self._to_sum[group, column] = None
        if not self._summing.busy:
            self._summing.run(self._sums(), then=self.changed.emit)
        return ""

    def _sums(self) -> Iterator[None]:
        while self._to_sum:
            yield
            group, column = next(iter(self._to_sum))
            del self._to_sum[group, column]
            rows = [self._row(run) for run in self._arrangement.members.get(group, ())]
            self._kept.setdefault(group, {})[column.key] = summed(column, rows)
