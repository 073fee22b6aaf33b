"""Values over one variable, for each variable that was asked for: small plots side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from studio.pages.search.plots.columns import asked, objective_axis, reached, titles, variable, variable_axis
from studio.pages.search.plots.looks import entries, ramp_inks, ramped, shapes
from studio.pages.search.plots.panel import Panel
from studio.pages.search.studied import Studied
from studio.theme import SPACE
from studio.widgets import Label, Scroll, column
from studio.widgets.columns import Columns
from studio.widgets.labels import Elided
from studio.widgets.plane import Dots, Frame, Plane, Scene, radius_for
from studio.widgets.ramp_key import RampKey
from studio.widgets.scale import Dimension

if TYPE_CHECKING:
    from studio.context import Studio

LEAST, HIGH = 300, 210
"""Pixels of a small plot across at least, and up."""
SPREAD = 0.56
"""How far points of one word lie apart, of the distance between two words."""
GOLDEN = 0.6180339887


class Slice(Panel):
    """A small plot for each variable; the color says when a trial was tried."""

    title = "Slice"
    icon = "grid"
    hint = "Values over each variable by itself."
    needs = "Slices appear here once two trials differ in a variable and have values."

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.objective = self.box("Objective")
        self.log = self.toggle("log", "Logarithmic values")
        self.add(self.key)
        self.add(Label("Color: number of the trial", "muted"))
        self.ramp_key = RampKey()
        self.add(self.ramp_key)
        self._tiles: dict[str, Tile] = {}
        self._marked: NDArray[np.int64] = np.empty(0, np.int64)
        self._waiting: list[str] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._next)
        self._grid = QWidget()
        self._columns = Columns(self._grid, least=LEAST, gap=SPACE.s)
        scroll = Scroll(margin=SPACE.s)
        scroll.body.addWidget(self._grid)
        scroll.body.addStretch(1)
        column(self.body).addWidget(scroll)

    def planes(self) -> list[Plane]:
        return [one.plot for one in self._tiles.values()]

    def plane_names(self) -> list[str]:
        return [one.name for one in self._tiles.values()]

    def settled(self) -> bool:
        return not self._waiting and super().settled()

    def mark(self, places: NDArray[np.int64]) -> None:
        self._marked = places
        super().mark(places)

    def fill(self, found: Studied) -> str:
        names = asked(found) if found.objectives else []
        at = self.offer_objectives(self.objective)
        if not names or not np.isfinite(reached(found, at)).any():
            return self.needs
        self.key.show_entries([one for one in entries(found) if one.name in {"finished", "pruned", "running"}])
        self.ramp_key.show_dimension(Dimension(key="trial", title="trial", values=found.numbers.astype(float)))
        self._keep(names)
        self._waiting = names
        self._timer.start()
        self._next()
        return ""

    def _keep(self, names: list[str]) -> None:
        """A tile for each of these, and no others."""
        for name in [one for one in self._tiles if one not in names]:
            tile = self._tiles.pop(name)
            self.easel.forget(tile.plot)
            self._columns.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        for name, title in titles(names).items():
            if name not in self._tiles:
                self._tiles[name] = Tile(title, name, self.plane(f"Values over {name}"))
                self._columns.addWidget(self._tiles[name])
                self._tiles[name].show()

    def _next(self) -> None:
        """Fill one tile: thirty of them at once would take longer than a frame."""
        if not self._waiting:
            self._timer.stop()
            return
        name = self._waiting.pop(0)
        plot = self._tiles[name].plot
        plot.show_scene(self._scene(name))
        plot.mark(self._marked)

    def _scene(self, name: str) -> Scene:
        found, at = self.found, max(self.objective.currentIndex(), 0)
        values = reached(found, at)
        known = values[np.isfinite(values)]
        self.log.setEnabled(bool((known > 0).all()))
        y = objective_axis(found, at, values, log=self.log.isChecked() and self.log.isEnabled(), robust=True)
        tried = variable(found, name)
        x = variable_axis(found.variables[name], tried)
        count = len(found.trials)
        numbers = found.numbers / max(int(found.numbers.max()), 1)
        dots = Dots(
            x=apart(tried.units(tried.values), found.numbers) if tried.words else tried.units(tried.values),
            y=y.units(values),
            shapes=np.where(np.isfinite(values), shapes(found, hidden=self.key.hidden()), -1),
            inks=ramp_inks(found, numbers),
            palette=ramped,
            radius=min(radius_for(count), 3.0),
        )
        return Scene(frame=Frame(x=x, y=y, small=True), layers=(dots,), count=count)


class Tile(QWidget):
    """A small plot below its name."""

    def __init__(self, title: str, name: str, plot: Plane) -> None:
        super().__init__()
        self.name, self.plot = title, plot
        label = Elided(title, "label")
        label.setToolTip(name)
        box = column(self, gap=SPACE.xxs)
        box.setContentsMargins(SPACE.xs, SPACE.xs, SPACE.xs, SPACE.xs)
        box.addWidget(label)
        box.addWidget(plot, 1)
        plot.setMinimumHeight(HIGH - 30)


def apart(units: NDArray[np.float64], numbers: NDArray[np.int64]) -> NDArray[np.float64]:
    """Places of words, moved a little to either side, the same for a trial every time: points lie beside each other."""
    return np.asarray(units + (numbers * GOLDEN % 1.0 - 0.5) * SPREAD)
