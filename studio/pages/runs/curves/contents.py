"""What of some runs stands on the charts and in the legend: a value, made once for all charts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio.curves import Record
from studio.pages.runs.curves.metrics import found, of_steps
from studio.pages.runs.curves.names import Entry
from studio.widgets.chart import Curve, Group

POINTS_MARKED = 60
"""Values an epoch of which each has a dot, at most: more of them are a line."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Contents:
    """Some runs, and how they are told apart.

    Args:
        records: their curves, in their order.
        names: what each is called.
        colors: the place of each in the cycle of series colors.
        groups: runs by what they have in common, where they are grouped.
    """

    records: Mapping[str, Record]
    names: Mapping[str, str]
    colors: Mapping[str, int]
    groups: Mapping[str, list[str]]

    def curves(self, metric: str) -> list[Curve]:
        """The curves of a metric, of the runs that have it."""
        return [
            Curve(
                key=run,
                name=self.names[run],
                series=series,
                placed=record,
                color=self.colors[run],
                dots=not of_steps(metric) and len(series) <= POINTS_MARKED,
                apart=series.apart,
            )
            for run, record in self.records.items()
            if (series := found(record, metric)) is not None
        ]

    def bundles(self, shown: set[str]) -> list[Group]:
        """The groups that these runs make; one has the color of its first run."""
        made = []
        for name, runs in self.groups.items():
            members = tuple(run for run in runs if run in shown)
            if members:
                made.append(Group(key=f"group/{name}", name=name, members=members, color=self.colors[runs[0]]))
        return made

    def entries(self) -> list[Entry]:
        """The lines of the legend: groups with their runs, then the other runs."""
        inside = {run for runs in self.groups.values() for run in runs}
        made = []
        for name, runs in self.groups.items():
            count = f"{len(runs)} {'run' if len(runs) == 1 else 'runs'}"
            made.append(
                Entry(key=f"group/{name}", name=f"{name} · {count}", color=self.colors[runs[0]], group=True),
            )
            made += [self._entry(run, of=runs[0]) for run in runs]
        return made + [self._entry(run) for run in self.records if run not in inside]

    def _entry(self, run: str, *, of: str = "") -> Entry:
        """A run's line; one of a group has the group's color, that of its first run."""
        return Entry(key=run, name=self.names[run], color=self.colors[of or run], detail=run, inside=bool(of))
