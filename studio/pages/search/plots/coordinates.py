"""Trials as lines over their variables and values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QToolButton

from studio.pages.search.plots.columns import asked, objective, objective_title, reached, titles, variable
from studio.pages.search.plots.panel import Panel
from studio.pages.search.studied import Studied
from studio.widgets import Button, Label, column
from studio.widgets.parallel import Brushes, Parallel
from studio.widgets.ramp_key import RampKey
from studio.widgets.scale import Dimension

if TYPE_CHECKING:
    from studio.context import Studio

MOST, ROOM = 8, 110
"""Variables that have axes at first, at most; and pixels that an axis needs for its name."""
COUNTED = 500
"""Trials that are looked at for which variables are mostly asked for."""
PAUSE = 120
"""Milliseconds that a brush rests before other views follow it."""


class Coordinates(Panel):
    """An axis for each variable and objective, a line for each trial; brushes choose."""

    title = "Parallel"
    icon = "inspector"
    hint = "Trials as lines over variables and values; drag along an axis to choose."
    keyed = False
    needs = "Lines appear here once two trials with different values are finished."

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.plot = Parallel(tell=lambda at: self.told(int(self._places[at])))
        self._places: NDArray[np.int64] = np.empty(0, np.int64)
        self._axes: list[str] | None = None
        self._color = ""
        self._brushed: tuple[int, ...] | None = None
        self._build_head()
        self._later_chosen = QTimer(self, singleShot=True, interval=PAUSE)
        self._later_chosen.timeout.connect(self._tell)
        column(self.body).addWidget(self.plot)
        self.plot.brushed.connect(self._take)
        self.plot.arranged.connect(self._arranged)
        self.plot.colored.connect(self._color_by)
        self.plot.hovered.connect(lambda at: self.hovered.emit(self._number(at) if at >= 0 else -1))
        self.plot.pointed.connect(lambda at: self.chosen.emit([self._number(at)]))

    def settled(self) -> bool:
        return super().settled() and self.plot.settled

    def fill(self, found: Studied) -> str:
        every = [*asked(found), *(one.name for one in found.objectives)]
        whole = found.states == "finished"
        if self.more.isChecked():
            whole = (found.states != "waiting") & (found.states != "running")
        self._places = np.flatnonzero(whole)
        if len(self._places) < 2 or len(every) < 2:
            return self.needs
        if self._axes is None or not set(self._axes) <= set(every):
            self._axes = _first(every, found, most=max(3, min(MOST, self.width() // ROOM - len(found.objectives))))
        self._fill_menu_of_axes(every)
        scales = {one.key: one for one in self.plot.dimensions}
        shown = [_as(self._dimension(name), scales.get(name)) for name in self._axes]
        color = self._dimension(self._color if self._color in every else found.objectives[0].name)
        self.plot.nowhere = "no value" if self.more.isChecked() else "not asked"
        self.plot.show_things(shown, color=color, names=())
        self.ramp_key.show_dimension(color)
        self.ramp_key.setToolTip(f"Color: {color.title}")
        self._count()
        return ""

    def mark(self, places: NDArray[np.int64]) -> None:
        numbers = set(self.numbers)
        mine = self._brushed is not None and numbers == set(self._brushed)
        self.plot.mark([] if mine else np.flatnonzero(np.isin(self._places, places)).tolist())

    def _dimension(self, name: str) -> Dimension:
        found = self.found
        aims = [one.name for one in found.objectives]
        if name in aims:
            made = objective(found, aims.index(name))
            if self.more.isChecked():
                title = objective_title(name)
                made = Dimension(key=name, title=title, values=reached(found, aims.index(name)))
        else:
            made = variable(found, name, titles(found.variables)[name])
        return replace(made, key=name, values=made.values[self._places])

    def _number(self, at: int) -> int:
        return int(self.found.numbers[self._places[at]])

    def _take(self, places: NDArray[np.int64] | None) -> None:
        self._brushed = None if places is None else tuple(self.found.numbers[self._places[places]].tolist())
        self._count()
        self._later_chosen.start()

    def _tell(self) -> None:
        self.chosen.emit(list(self._brushed or ()))

    def _count(self) -> None:
        chosen = int(self.plot.chosen().sum()) if self.plot.brushes else 0
        every = len(self._places)
        self.says.setText(f"{chosen:,} of {every:,} trials" if self.plot.brushes else f"{every:,} trials")
        self.clear.setVisible(bool(self.plot.brushes))

    def _arranged(self) -> None:
        self._axes = [one.key for one in self.plot.dimensions]

    def _color_by(self, name: str) -> None:
        self._color = name
        self.refresh()

    def _put(self, name: str, *, on: bool) -> None:
        axes = self._axes or []
        self._axes = [*axes, name] if on else [one for one in axes if one != name]
        self.refresh()

    def _build_head(self) -> None:
        self.pick = QToolButton()
        self.pick.setText("Axes…")
        self.pick.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.axes_menu = QMenu(self)
        self.pick.setMenu(self.axes_menu)
        self.add(self.pick)
        self.more = self.toggle("unfinished too", "Show trials that were pruned, infeasible, failed or stopped as well")
        self.ramp_key = RampKey()
        self.says = Label("", "muted")
        self.clear = Button("Clear", kind="quiet")
        self.clear.clicked.connect(lambda: self.plot.set_brushes(Brushes()))
        for widget in (self.ramp_key, self.says, self.clear):
            self.add(widget)

    def _fill_menu_of_axes(self, every: Sequence[str]) -> None:
        self.axes_menu.clear()
        for name in every:
            entry = self.axes_menu.addAction(name)
            entry.setCheckable(True)
            entry.setChecked(name in (self._axes or ()))
            entry.triggered.connect(lambda on, name=name: self._put(name, on=on))


def _first(every: Sequence[str], found: Studied, *, most: int) -> list[str]:
    """Some variables, so many at most, those that most trials were asked for, and all objectives."""
    aims = [one.name for one in found.objectives]
    finished = [one.parameters for one in found.trials if one.state == "finished"][:COUNTED]
    counts = {name: sum(name in one for one in finished) for name in every if name not in aims}
    chosen = sorted(counts, key=lambda name: -counts[name])[:most]
    return [*(name for name in every if name in chosen), *aims]


def _as(one: Dimension, before: Dimension | None) -> Dimension:
    """The scale that a person gave an axis stays when trials are added."""
    return one if before is None else one.set(log=before.log, flipped=before.flipped)
