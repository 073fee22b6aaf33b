"""The tab that looks at runs which differ in nothing but the seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedLayout, QWidget

from engine.runs import RunFolder, WorkspaceError
from engine.runs.seeds import SeedError, seeds_from
from engine.spec import ProjectError
from studio.pages.runs.seeds.groups import Group, groups_of, metrics_of
from studio.pages.runs.seeds.panel import Panel
from studio.pages.runs.seeds.plot import Plot
from studio.pages.runs.view import View
from studio.seeding import queue_more, stop_group
from studio.theme import SPACE, colors_of
from studio.widgets import EmptyState, Line, Scroll, row

if TYPE_CHECKING:
    from studio.context import Studio

LATER = 250
"""Milliseconds that news of runs are gathered for."""


class SeedsView(View):
    """Each metric's mean and interval over the seeds of a group, and an honest test of two groups."""

    title = "Seeds"
    hint = "What its seeds say together is shown here: mean, interval, and whether two groups differ."

    def __init__(self, studio: Studio, color: Callable[[str], int]) -> None:
        super().__init__(studio, color)
        self._runs: tuple[str, ...] = ()
        self._metric = ""
        self.groups: tuple[Group, ...] = ()
        self._colors: dict[str, int] = {}
        self.plot, self.panel = Plot(self._color_of), Panel()
        self.nothing = EmptyState("clock", "No seed has finished yet", "Means and intervals appear as seeds finish.")
        self._timer = QTimer(self, singleShot=True, interval=LATER)
        self._timer.timeout.connect(self.refresh)
        self._lay_out()
        self.plot.chosen.connect(self._choose)
        self.plot.pointed.connect(self.pointed)
        self.panel.more_asked.connect(self._run_more)
        self.panel.stop_asked.connect(self._stop)
        for signal in (studio.live.state_changed, studio.live.runs_changed):
            signal.connect(self._hear)

    def show_runs(self, runs: Sequence[str]) -> None:
        self._runs = tuple(runs)
        if runs:
            self.refresh()
        else:
            self._timer.stop()

    def refresh(self) -> None:
        """Show the groups as they are now."""
        self.groups = groups_of(self.studio.live, self._runs)
        self._colors = self._tell_apart()
        metrics = metrics_of(self.groups)
        if self._metric not in metrics:
            self._metric = metrics[0] if metrics else ""
        self.plot.show_groups(self.groups, metrics, metric=self._metric)
        self.panel.show_groups(self.groups, self._metric, metrics=len(metrics))
        self._body.setCurrentIndex(int(bool(metrics)))

    def _hear(self) -> None:
        if self._runs and not self._timer.isActive():
            self._timer.start()

    def _choose(self, metric: str) -> None:
        self._metric = metric
        self.refresh()

    def _color_of(self, group: Group) -> int:
        return self._colors.get(group.key, 0)

    def _tell_apart(self) -> dict[str, int]:
        """Each group has the color of its first selected run, or the next that no other group has."""
        found: dict[str, int] = {}
        for group in self.groups:
            first = next((one.run for one in group.members if one.run in self._runs), group.members[0].run)
            color, cycle = self.color(first), len(colors_of(self).series)
            while color in found.values() and len(found) < cycle:
                color = (color + 1) % cycle
            found[group.key] = color
        return found

    def _group(self, key: str) -> Group | None:
        return next((group for group in self.groups if group.key == key), None)

    def _run_more(self, key: str, count: int) -> None:
        """Queue more seeds of a group, after those that it has; runs without a group are the first of a new one."""
        group = self._group(key)
        if group is None:
            return
        used = [one.seed for one in group.members]
        newest = RunFolder(self.studio.workspace.runs / group.members[-1].run)
        try:
            seeds = seeds_from(max(used) + 1 if max(used) < 2**31 else 0, count, used=used)
            _, made = queue_more(self.studio, newest, seeds)
        except (SeedError, WorkspaceError, ProjectError, OSError) as error:
            self.studio.messages.post(str(error), tone="error", key="runs")
            return
        self._runs = (*self._runs, *made)
        self.studio.live.poll()
        self.refresh()

    def _stop(self, key: str) -> None:
        group = self._group(key)
        if group is not None:
            stop_group(self.studio, [one.run for one in group.lively])

    def _lay_out(self) -> None:
        drawing = Scroll(margin=SPACE.s, gap=0)
        drawing.body.addWidget(self.plot)
        drawing.body.addStretch(1)
        left = QWidget()
        self._body = QStackedLayout(left)
        self._body.addWidget(self.nothing)
        self._body.addWidget(drawing)
        line = row(self)
        line.addWidget(left, 1)
        line.addWidget(Line(vertical=True))
        line.addWidget(self.panel)
