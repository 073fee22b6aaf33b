"""The tab that plots the runs of the table; what is chosen in a plot is selected in the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from studio.pages.runs.plots.gathering import Gathering
from studio.pages.runs.plots.head import PARALLEL, SCATTER, Head
from studio.pages.runs.plots.properties import BEST, first_axes, title
from studio.pages.runs.view import View
from studio.theme import SPACE
from studio.widgets import EmptyState, Line, Surface, column
from studio.widgets.parallel import Brushes, Parallel
from studio.widgets.scale import Dimension, dimension
from studio.widgets.scatter import Cloud, Scatter
from studio.widgets.slices import Slices

if TYPE_CHECKING:
    from studio.context import Studio
    from studio.live import Live

KEPT = "runs/plots"
NEEDED = "Two runs or more that differ in something are needed."
PAUSE = 120
"""Milliseconds that a brush rests before the table follows it."""


class Plots(View):
    """Parallel coordinates and a scatter plot of the runs that the table's filter leaves."""

    title = "Plots"
    least = 0
    hint = "The runs of the table are plotted here by their settings and metrics."

    def __init__(self, studio: Studio, color: Callable[[str], int]) -> None:
        super().__init__(studio, color)
        self.gathering = Gathering(studio.live, studio.catalogue, self)
        self.head = Head()
        self.parallel, self.scatter = Parallel(), Scatter()
        self.empty = EmptyState("chart", "Nothing to plot yet", NEEDED)
        self._among: frozenset[str] | None = None
        """The runs that the table's filter leaves; None while nobody said."""
        self._listed = False  # whether what is prepared are other runs than before
        self._rows: dict[str, dict[str, Any]] = {}
        self._runs: tuple[str, ...] = ()
        self._slices = Slices(self)
        self._selected: tuple[str, ...] = ()
        self._wanted: tuple[str, ...] | None = None
        self._touched = False  # whether a person chose axes; until then they follow what becomes known
        self._dimensions: dict[str, Dimension] = {}
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._later.timeout.connect(self._want)
        self._lay_out()
        self._kept: dict[str, Any] = dict(studio.settings.get(KEPT) or {})
        if self._kept.get("kind") in (PARALLEL, SCATTER):
            self.head.kind.choose(self._kept["kind"])
            self.head.kind.chosen.emit(self._kept["kind"])
        self._connect()

    def show_runs(self, runs: Sequence[str]) -> None:
        self._selected = tuple(runs)
        self._mark()

    def list_runs(self, runs: Sequence[str]) -> None:
        if self._among != (among := frozenset(runs)):
            self._among = among
            if not self.gathering.busy:
                self._listed = True
                self._gather()

    def settled(self) -> bool:
        return not (self.gathering.busy or self._slices.busy) and self.parallel.settled

    # from runs to dimensions

    def _gather(self) -> None:
        """Runs are known, or known better, or others are listed: plot them, with the choices that were made."""
        self._rows, self._dimensions = self.gathering.known(self._among), {}
        self._runs = tuple(self._rows)
        keys = self.gathering.seen.offered()
        self.head.offer(keys)
        if not self._touched and len(self._runs) > 1:
            self._choose_first(keys)
        self._slices.run(self._prepare(), then=self._show)

    def _prepare(self) -> Iterator[None]:
        """Have ready what will be plotted, a property at a time: of ten thousand runs each takes some milliseconds."""
        for key in (*self.head.axes, *(self.head.choice(name) for name in ("x", "y", "color", "size"))):
            yield
            self._dimension(key)

    def _show(self) -> None:
        self._plot()
        if self._listed:
            self._listed = False
            self._follow_brushes()

    def _choose_first(self, keys: Sequence[str]) -> None:
        kept, watched = self._kept, self.gathering.watched()
        axes = [key for key in kept.get("axes", ()) if key in keys] or first_axes(self.gathering.seen, watched)
        self.head.set_axes(axes)
        metric = f"{BEST}/{watched}"
        first = {"x": axes[0] if axes else "", "y": metric, "color": metric}
        known = {name: kept[name] for name in ("x", "y", "color", "size") if kept.get(name) in (*keys, "")}
        self.head.choose({**first, **known})
        for name, log in self.head.logs.items():
            log.setChecked(name in kept.get("logs", ()))

    def _dimension(self, key: str) -> Dimension | None:
        if not key:
            return None
        if key not in self._dimensions:
            raw = [row.get(key) for row in self._rows.values()]
            self._dimensions[key] = dimension(key, title(key), raw)
        return self._dimensions[key]

    # from dimensions to plots

    def _plot(self) -> None:
        parallel = self.head.kind.value == PARALLEL
        axes = [one for key in self.head.axes if (one := self._dimension(key)) is not None]
        bare = len(self._runs) < 2 or (parallel and len(axes) < 2)
        self._stack.setCurrentWidget(self.empty if bare else self.parallel if parallel else self.scatter)
        color = self._dimension(self.head.choice("color"))
        self.head.legend.show_dimension(None if bare else color)
        if bare:
            filtered = len(self._runs) < len(self.studio.live.runs)
            title = "The filter leaves too few runs" if filtered else "Nothing to plot yet"
            self.empty.set_text(title, NEEDED)
            self._count()
            return
        if parallel:
            scales = {one.key: one for one in self.parallel.dimensions}
            axes = [_as(one, scales.get(one.key)) for one in axes]
            self.parallel.show_things(axes, color=color, names=self._names())
        else:
            self._plot_scatter(color)
        self._mark()
        self._count()

    def _plot_scatter(self, color: Dimension | None) -> None:
        x, y = (self._dimension(self.head.choice(name)) for name in ("x", "y"))
        if x is None or y is None:
            return
        for name, one in (("x", x), ("y", y)):
            self.head.logs[name].setEnabled(one.can_log)
        x, y = x.set(log=self.head.logs["x"].isChecked()), y.set(log=self.head.logs["y"].isChecked())
        size = self._dimension(self.head.choice("size"))
        self.scatter.show_cloud(Cloud(x=x, y=y, color=color, size=size, names=self._names()))

    def _names(self) -> Sequence[str]:
        return Names(self.studio.live, self._runs)

    def _mark(self) -> None:
        """Let the selected runs stand out, unless it is the plot itself that selected them."""
        chosen = set(self._selected)
        places = [at for at, run in enumerate(self._runs) if run in chosen]
        self.parallel.mark([] if self._brushed_them() else places)
        self.scatter.mark(places)
        self._count()

    def _brushed_them(self) -> bool:
        """Whether it is the brushes that selected what is selected."""
        wanted = set(self._wanted or ()) & set(self._runs)
        return bool(self.parallel.brushes) and self._wanted is not None and wanted == set(self._selected)

    def _count(self) -> None:
        chosen = int(self.parallel.chosen().sum()) if self.parallel.brushes else 0
        if self.head.kind.value == SCATTER:
            chosen = len(set(self._runs) & set(self._selected))
        self.head.set_count(chosen, len(self._runs), every=len(self.studio.live.runs))

    # what a person chooses

    def _brushed(self, places: NDArray[np.int64] | None) -> None:
        self._wanted = None if places is None else tuple(self._runs[at] for at in places.tolist())
        self._count()
        self._later.start()

    def _follow_brushes(self) -> None:
        """Other runs are listed, so axes may reach elsewhere, and brushes choose others."""
        if self._brushed_them():
            self._brushed(np.flatnonzero(self.parallel.chosen()))

    def _picked(self, places: NDArray[np.int64]) -> None:
        self._wanted = tuple(self._runs[at] for at in places.tolist())
        self._want()

    def _want(self) -> None:
        self.wanted.emit(list(self._wanted or ()))

    def _clear(self) -> None:
        self.parallel.set_brushes(Brushes())
        self._wanted = None
        self._want()

    def _changed(self) -> None:
        self._touched = True
        self.studio.settings.set(KEPT, self.head.kept())
        self._plot()

    def _arranged(self) -> None:
        """Axes were carried to other places."""
        self._touched = True
        self.head.set_axes([one.key for one in self.parallel.dimensions])
        self.studio.settings.set(KEPT, self.head.kept())

    def _color_by(self, key: str) -> None:
        self.head.choose({"color": key})
        self._changed()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.gathering.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.gathering.sleep()

    def _connect(self) -> None:
        self.gathering.gathered.connect(self._gather)
        self.head.changed.connect(self._changed)
        self.head.cleared.connect(self._clear)
        self.parallel.brushed.connect(self._brushed)
        self.parallel.arranged.connect(self._arranged)
        self.parallel.colored.connect(self._color_by)
        self.parallel.pointed.connect(lambda at: self.pointed.emit(self._runs[at]))
        self.scatter.chosen.connect(self._picked)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for part in (self.empty, self.parallel, self.scatter):
            self._stack.addWidget(part)
        ground = Surface("panel")
        column(ground, margin=SPACE.xs).addWidget(self._stack)
        box = column(self)
        box.addWidget(self.head)
        box.addWidget(Line())
        box.addWidget(ground, 1)


class Names(Sequence[str]):
    """What runs are called, looked up when it is asked: it may stand in a file of each."""

    def __init__(self, live: Live, runs: Sequence[str]) -> None:
        self._live, self._runs = live, runs

    def __len__(self) -> int:
        return len(self._runs)

    def __getitem__(self, at: Any) -> Any:
        run = self._runs[at]
        return f"{self._live.notes(run).name or self._live.summary(run).name or run} · {run[-4:]}"


def _as(one: Dimension, before: Dimension | None) -> Dimension:
    """The scale that a person gave an axis stays when runs are added."""
    return one if before is None else one.set(log=before.log, flipped=before.flipped)
