"""The page that lists every run of the workspace, and looks at those that are selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QStackedLayout, QStackedWidget, QWidget

from engine.runs.query import Query, Vocabulary
from studio.declaring import Deed, Kind, declare
from studio.pages.page import Page
from studio.pages.runs.again import Again
from studio.pages.runs.bar import Bar
from studio.pages.runs.chores import Chores
from studio.pages.runs.comparing import declare_comparing
from studio.pages.runs.more_seeds import MoreSeeds
from studio.pages.runs.seeds import SeedsView
from studio.pages.runs.table import Layout, Table, column_of
from studio.pages.runs.table.exporting import Exporting
from studio.pages.runs.table.filter_field import FilterField, Kept
from studio.pages.runs.table.gathered import Gathered
from studio.pages.runs.table.marks import Marks
from studio.pages.runs.table.setting_up import SettingUp
from studio.pages.runs.table.usage import Usage
from studio.pages.runs.tracking import Tracking
from studio.pages.runs.views import Views
from studio.widgets import EmptyState, Line, Split, Surface, column

if TYPE_CHECKING:
    from studio.context import Studio


class Runs(Page):
    """A table of runs above, ways to look at the selected ones below."""

    title = "Runs"
    icon = "runs"

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self._memory = f"runs/table/{studio.workspace.path}"
        self.table = Table(studio.live, Layout.from_json(studio.settings.get(self._memory)))
        self.model = self.table.model
        self.gathered = Gathered(self.model)
        self._met: set[str] = set()
        self.views = Views(studio, self.model.color)
        self.chores = Chores(studio, self.table, self.selected)
        self.again = Again(studio, self.table, self.selected)
        self.more_seeds = MoreSeeds(studio, self.table, self.selected, self._show_seeds)
        self.tracking = Tracking(studio, self, self.selected)
        declare_comparing(studio, self.views, self.table, self.selected)
        self.marks = Marks(studio, self.table, self.gathered)
        self.setting_up = SettingUp(studio, self.table, self.gathered, self)
        self.exporting = Exporting(studio, self.table)
        self.usage = Usage(studio, self.table)
        self.search = FilterField(
            self._vocabulary, self, Kept(studio.settings, f"runs/filters/{studio.workspace.path}")
        )
        self._declare()
        self.bar = Bar(studio.actions, self.search)
        self.count = self.bar.count
        self.empty = EmptyState(
            "runs",
            "No runs yet",
            "Every training leaves a run here, with its settings, curves and results, to be compared with the others.",
            button="Train",
        )
        self.nothing = EmptyState("filter", "No run matches", "", button="Clear the filter")
        self._below = QStackedWidget()
        self._stack = QStackedLayout(self)
        for part in (self.empty, self._lay_out()):
            self._stack.addWidget(part)
        self._connect()
        self._show_setup(self.table.setup)
        self._rearranged()

    def selected(self) -> list[str]:
        """The ids of the selected runs, from top to bottom; a group stands for its runs."""
        return self.table.selected()

    def select(self, *runs: str) -> None:
        """Select these runs and no others."""
        self.table.select(*runs)

    def activated(self) -> None:
        self.tracking.refresh()
        self.model.tell()
        self._meet()
        self._count()
        if wanted := self.studio.wanted.take():
            self.search.set_text("")
            self.select(*wanted)
        elif not self.selected() and self.studio.live.current:
            self.select(self.studio.live.current)
        self.table.setFocus()

    def settled(self) -> bool:
        return self.views.settled() and self.gathered.whole

    def run_menu(self) -> QMenu:
        """What can be done with the selected runs, a line between sections."""
        menu, section = QMenu(self), ""
        self.studio.actions.refresh()
        for action in self.studio.actions.of("Run"):
            if action.id.startswith("runs.") and not action.submenu:
                if section and action.section != section:
                    menu.addSeparator()
                section = action.section
                menu.addAction(self.studio.actions[action.id])
        return menu

    def _connect(self) -> None:
        self.empty.button.clicked.connect(lambda: self.studio.actions.trigger("run.train"))
        self.nothing.button.clicked.connect(lambda: self.search.set_text(""))
        self.search.asked.connect(self._filter)
        self.table.chosen.connect(self._selected)
        self.table.rearranged.connect(self._rearranged)
        self.model.recolored.connect(lambda: self.views.show_runs(self.selected()))
        self.views.wanted.connect(lambda runs: self.select(*runs))
        self.views.pointed.connect(self.table.halves.point_at)
        self.tracking.registry.answered.connect(self.model.registered)
        self.table.set_up.connect(self._show_setup)
        for view in self.table.halves.views:
            view.doubleClicked.connect(lambda _: self.studio.actions.trigger("runs.show"))
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(lambda at, view=view: self._open_menu(view.mapToGlobal(at)))
        self.studio.live.state_changed.connect(lambda *_: self.studio.actions.refresh())
        self.studio.live.runs_changed.connect(self._meet)

    def _meet(self) -> None:
        """Look into runs that are new, once all are listed: until then that would take time from listing them."""
        if not self.studio.live.listed:
            return
        self.gathered.look(run for run in self.studio.live.runs if run not in self._met)
        self._met = set(self.studio.live.runs)

    def _vocabulary(self) -> Vocabulary | None:
        """What a filter may say, once every run was looked into."""
        live = self.studio.live
        known = live.listed and self.gathered.whole and not live.learning
        return self.gathered.vocabulary() if known else None

    def _filter(self, query: Query | None) -> None:
        self.model.filter(None if query is None else lambda run: query.matches(self.model.asked(run)))

    def _open_menu(self, place: QPoint) -> None:
        menu = self.run_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _selected(self) -> None:
        selected = self.selected()
        self.model.tell_apart(selected)
        self.views.show_runs(selected)
        self.again.look(selected)
        self.studio.actions.refresh()
        self._count()

    def _show_seeds(self, runs: list[str]) -> None:
        self.select(*runs)
        self.views.bring(SeedsView)

    def _rearranged(self) -> None:
        self.views.list_runs(self.model.arrangement.shown)
        self._count()

    def _show_setup(self, setup: Layout) -> None:
        self.studio.settings.set(self._memory, setup.to_json())
        grouping = column_of(setup.group)
        self.bar.show_group(grouping.title if grouping else "")
        self.studio.actions.refresh()

    def _count(self) -> None:
        every, shown, selected = len(self.studio.live.runs), len(self.model.arrangement.shown), len(self.selected())
        noun = "run" if every == 1 else "runs"
        words = f"{every:,} {noun}" if shown == every else f"{shown:,} of {every:,} {noun}"
        self.count.setText(f"{words}, {selected:,} selected" if selected else words)
        self._stack.setCurrentIndex(int(every > 0))
        self.nothing.set_text("No run matches", f"Nothing fits “{self.search.text().strip()}”.")
        self._below.setCurrentIndex(int(every > 0 and shown == 0))

    def _declare(self) -> None:
        declare(
            self.studio.actions,
            Kind(name="runs", section="table of runs", submenu="Table of runs", owner=self.table),
            Deed("filter", "Filter runs", self.search.setFocus, "Ctrl+F; /", "filter"),
            Deed("export", "Export the table…", self.exporting.ask, icon="download"),
        )

    def _lay_out(self) -> QWidget:
        for part in (self.table, self.nothing):
            self._below.addWidget(part)
        above = Surface("panel")
        box = column(above)
        box.addWidget(self.bar)
        box.addWidget(Line())
        box.addWidget(self._below, 1)
        areas = Split("runs", memory=self.studio.settings, sizes=(440, 420), vertical=True).fill(above, self.views)
        areas.setStretchFactor(1, 1)
        return areas
