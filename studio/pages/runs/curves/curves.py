"""The charts of the selected runs, and what they are looked at with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu

from studio.curves import Record
from studio.pages.runs.curves.asking import Asking
from studio.pages.runs.curves.bar import Bar
from studio.pages.runs.curves.contents import POINTS_MARKED, Contents
from studio.pages.runs.curves.deeds import Deeds
from studio.pages.runs.curves.filling import Filling
from studio.pages.runs.curves.grid import Grid
from studio.pages.runs.curves.grouping import grouped, ways
from studio.pages.runs.curves.layout import Change, Layout, Panel
from studio.pages.runs.curves.metrics import first_choice, found, offered
from studio.pages.runs.curves.names import Names
from studio.pages.runs.curves.origin import Point
from studio.pages.runs.curves.picker import Picker
from studio.pages.runs.curves.saved import Saved
from studio.pages.runs.curves.shelf import Shelf
from studio.pages.runs.curves.tile import Tile
from studio.pages.runs.view import View
from studio.theme import SPACE
from studio.widgets import Split, column

if TYPE_CHECKING:
    from studio.context import Studio

LATER = 80
"""Milliseconds that news of runs are gathered before it is asked whether they brought other curves."""
NARROW = 620
"""Pixels of width below which the charts need all of it."""
MANY = 30
"""Runs from which on charts are filled one a turn."""


class Curves(View):
    """Any number of charts of any number of runs, all looked at in the same way."""

    title = "Curves"
    hint = "Their curves are laid over each other here."

    def __init__(self, studio: Studio, color: Callable[[str], int]) -> None:
        super().__init__(studio, color)
        self.records: dict[str, Record] = {}
        self.lit = ""
        """The run before which the others stand back."""
        self.saved = Saved(studio.workspace.path, self._complain, self)
        self.bar = Bar()
        self.grid = Grid()
        self._filling = Filling(self.grid, self._tile)
        self.names = Names()
        self.picker = Picker(self)
        self.asking = Asking(studio, self)
        self.menu = QMenu(self)
        self.shelf = Shelf(self.saved, self.bar.views_button, studio.messages, self._show)
        self.meant = ""
        """The chart that was last pointed at: what a key does, it does to that one."""
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look_again)
        self._shown: tuple[Any, ...] = ()
        self._lay_out(studio)
        self._connect()
        self.deeds = Deeds(self)

    @property
    def layout_now(self) -> Layout:
        """The layout as it is now, with the charts that the view chose where a person chose none."""
        layout = self.saved.current
        if layout.panels:
            return layout
        watches = Counter(self.studio.live.summary(run).watch for run in self.records)
        names = first_choice(offered(self.records.values()), watches)
        return layout.having([Panel(metric=name) for name in names])

    def show_runs(self, runs: Sequence[str]) -> None:
        self.records = {run: self.records.get(run) or self.studio.live.curves(run) for run in runs}
        if self.lit not in self.records:
            self.lit = ""
        self._show()

    def settled(self) -> bool:
        busy = self._timer.isActive() or self._filling.busy
        reading = busy or any(self.studio.live.reading(run) for run in self.records)
        return not reading and all(tile.plot.settled for tile in self.grid.tiles.values())

    def change(self, change: Change) -> None:
        """Look at it otherwise from now on."""
        self.saved.remember(change(self.layout_now if self._touches_panels(change) else self.saved.current))
        self.shelf.tell()
        self._show()

    def light(self, run: str) -> None:
        """Let a run stand out on all charts, and the table show it; no run lets none."""
        self.lit = run
        self.names.set_lit(run)
        for tile in self.grid.tiles.values():
            tile.plot.set_lit(run)
        if run:
            self.pointed.emit(run)

    def _touches_panels(self, change: Change) -> bool:
        """Whether a change is one of the charts themselves: then those that the view chose are a person's choice."""
        layout = self.layout_now
        return change(layout).panels != layout.panels

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.names.setVisible(self.width() >= NARROW)

    # showing

    def _look_again(self) -> None:
        """Show anew what is shown if there are other curves now, or runs are called or colored otherwise."""
        if self._stamp() != self._shown:
            self._show()

    def _stamp(self) -> tuple[Any, ...]:
        runs = tuple((run, self.name_of(run), self.color(run)) for run in self.records)
        every = (one for record in self.records.values() for one in (*record.steps.values(), *record.epochs.values()))
        return runs, self.saved.current, tuple((one, len(one) > POINTS_MARKED) for one in every)

    def _show(self) -> None:
        self._timer.stop()
        self._shown = self._stamp()
        live, layout, runs = self.studio.live, self.layout_now, list(self.records)
        by = ways(live, runs)
        self.bar.show_layout(layout, by)
        contents = Contents(
            records=dict(self.records),
            names={run: self.name_of(run) for run in runs},
            colors={run: self.color(run) for run in runs},
            groups=grouped(live, runs, layout.group_by) if layout.group_by in by else {},
        )
        self.names.show_entries(contents.entries())
        self.names.set_lit(self.lit)
        names = set(offered(self.records.values()))
        if not names and any(live.reading(run) for run in runs):
            self._filling.empty()
            return
        panels = [panel for panel in layout.panels if panel.metric in names]
        self._filling.show(panels, partial(self._fill, layout, contents), many=len(runs) > MANY)

    def _fill(self, layout: Layout, contents: Contents, panel: Panel, tile: Tile) -> None:
        tile.plot.set_look(layout.look(panel))
        curves = contents.curves(panel.metric)
        tile.plot.set_curves(curves, contents.bundles({curve.key for curve in curves}))
        tile.plot.set_lit(self.lit)

    def _tile(self, metric: str) -> Tile:
        tile = Tile(metric, self.menu)
        tile.changed.connect(lambda which, name, value: self.change(lambda one: one.with_panel(which, **{name: value})))
        tile.entered.connect(self._mean)
        tile.plot.stretched.connect(lambda stretch: self._stretch(tile, stretch))
        tile.plot.pointer.moved.connect(lambda place: self._point(tile, place))
        tile.plot.pointer.picked.connect(lambda run, place: self._ask(tile, run, place))
        tile.plot.pointer.let_go.connect(self._let_go)
        return tile

    def name_of(self, run: str) -> str:
        """A run's name, and of its id what tells it from others of that name."""
        name = self.studio.live.notes(run).name or self.studio.live.summary(run).name or run
        return f"{name} · {run[-4:]}"

    # what happens

    def _grown(self, runs: list[str]) -> None:
        if any(run in self.records for run in runs):
            for tile in self.grid.tiles.values():
                tile.touch()
            if any(self.studio.live.reading(run) for run in self.records):
                self._look_later()
            elif self._stamp() != self._shown:
                self._timer.start(0)

    def _heard(self, run: str) -> None:
        if run in self.records:
            self._look_later()

    def _look_later(self) -> None:
        if not self._timer.isActive():
            self._timer.start(LATER)

    def _ask(self, tile: Tile, run: str, place: int) -> None:
        """A point was picked: its run stands out, and a card says where the point came from."""
        record = self.records.get(run)
        series = found(record, tile.shown) if record is not None else None
        if record is None or series is None or place >= len(series):
            return
        self.light(run)
        point = Point(run=run, metric=tile.shown, step=int(series.steps[place]), value=series.value(place))
        at = self.mapFromGlobal(tile.plot.pointer.place_on_screen())
        tile.plot.readout.hide()
        self.asking.ask(point, record, name=self.name_of(run), color=self.color(run), at=at)

    def _let_go(self) -> None:
        self.light("")
        self.asking.card.close_card()

    def _mean(self, metric: str) -> None:
        self.meant = metric

    def _stretch(self, source: Tile, stretch: tuple[float, float] | None) -> None:
        if self.saved.current.linked:
            for tile in self.grid.tiles.values():
                if tile is not source:
                    tile.plot.show_stretch(stretch)

    def _point(self, source: Tile, place: float | None) -> None:
        for tile in self.grid.tiles.values():
            if tile is not source:
                tile.plot.pointer.elsewhere(place)

    def choose_charts(self) -> None:
        """Offer all metrics to be searched."""
        names = offered(self.records.values())
        self.picker.open_below(self.bar.charts_button, names, (panel.metric for panel in self.layout_now.panels))

    def _choose(self, metric: str, wanted: bool) -> None:  # Qt calls it
        if wanted:
            self.change(lambda one: one.having([*one.panels, Panel(metric=metric)]))
        else:
            self.change(lambda one: one.without(metric))

    def _complain(self, sentence: str) -> None:
        self.studio.messages.post(sentence, tone="warning", key="views")

    def _connect(self) -> None:
        self.studio.live.curves_changed.connect(self._grown)
        self.studio.live.summary_changed.connect(self._heard)
        self.bar.changed.connect(self.change)
        self.bar.charts_button.clicked.connect(self.choose_charts)
        self.picker.chosen.connect(self._choose)
        self.picker.cleared.connect(self._let_choose)
        self.names.picked.connect(self.light)
        self.grid.moved.connect(lambda metric, place: self.change(lambda one: one.moved(metric, place)))

    def _let_choose(self) -> None:
        self.saved.remember(replace(self.saved.current, panels=()))
        self._show()
        self.picker.offer(offered(self.records.values()), (panel.metric for panel in self.layout_now.panels))

    def _lay_out(self, studio: Studio) -> None:
        areas = Split("runs/curves", memory=studio.settings, sizes=(1000, 210)).fill(self.grid, self.names)
        areas.setHandleWidth(9)
        areas.setStyleSheet("QSplitter::handle { background: transparent; }")
        box = column(self, gap=SPACE.s)
        box.setContentsMargins(SPACE.m, SPACE.s, SPACE.m, SPACE.m)
        box.addWidget(self.bar)
        box.addWidget(areas, 1)
