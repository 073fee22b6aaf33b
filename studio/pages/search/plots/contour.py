"""Values over two variables: colors where trials are, nothing where none are, and the trials on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox

from studio.pages.search.plots.columns import asked, objective, titles, variable, variable_axis
from studio.pages.search.plots.panel import Panel
from studio.pages.search.plots.slices import apart
from studio.pages.search.studied import Studied
from studio.theme import Colors
from studio.widgets import column
from studio.widgets.plane import SHAPES, Axis, Dots, Field, Frame, Plane, Scene
from studio.widgets.ramp import STEPS, ramp
from studio.widgets.ramp_key import RampKey

if TYPE_CHECKING:
    from studio.context import Studio

CELLS, FINER = 96, 5
"""Cells of the grid along an axis of numbers, and how many times as many are painted."""
MANY = 1000
"""Trials above which a point says only where one is."""
WIDE, TIGHT = 0.075, 0.03
"""How far a trial's value reaches, as a share of an axis: among few trials and among many."""
REACH = 1.7
"""Beyond so many times that, nothing is known."""
Floats = NDArray[np.float64]


class Contour(Panel):
    """An objective over two variables, as the mean of the trials near by."""

    title = "Contour"
    icon = "layers"
    hint = "Values over two variables."
    keyed = False
    needs = "A contour needs two variables that were varied together, and three finished trials."

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.objective = self.box("Objective")
        self.boxes = {name: self.box(name) for name in ("across", "up")}
        self.ramp_key = RampKey()
        self.add(self.ramp_key)
        self.chart = self.plane("Contour over two variables")
        column(self.body).addWidget(self.chart)

    def planes(self) -> list[Plane]:
        return [self.chart]

    def fill(self, found: Studied) -> str:
        names = asked(found) if found.objectives else []
        if len(names) < 2 or (found.states == "finished").sum() < 3:
            return self.needs
        self._offer(names)
        values = objective(found, self.offer_objectives(self.objective))
        self.ramp_key.show_dimension(values)
        self.ramp_key.setToolTip(values.title)
        across, up = (variable(found, name, titles(names)[name]) for name in self._chosen())
        x, y = (variable_axis(found.variables[one.key], one) for one in (across, up))
        places = across.units(across.values), up.units(up.values)
        layers: list[Field | Dots] = []
        if (field := field_of(x, y, places, values.values)) is not None:
            layers.append(field)
        layers += self._dots(found, (x, y), places, values.values)
        note = _note(places, values.values, found)
        self.chart.show_scene(Scene(frame=Frame(x=x, y=y, note=note), layers=layers, count=len(found.trials)))
        return ""

    def _dots(
        self, found: Studied, axes: tuple[Axis, Axis], places: tuple[Floats, Floats], values: Floats
    ) -> list[Dots]:
        """The trials: few in the color of their own value, with a rim; of many only where they are."""
        x, y = (
            apart(some, found.numbers * turn) if axis.words else some
            for axis, some, turn in zip(axes, places, (1, 7), strict=True)
        )
        shown = np.isfinite(values) & np.isfinite(x) & np.isfinite(y)
        ends = {"x": x, "y": y, "shapes": np.where(shown, SHAPES.index("disc"), -1)}
        plain = np.zeros(len(shown), np.int64)
        if int(shown.sum()) > MANY:
            return [Dots(**ends, inks=plain, palette=_pale, radius=1.5)]
        inks = np.asarray(np.round(toned(values) * (STEPS - 1)), np.int64)
        return [Dots(**ends, inks=plain, palette=_rim, radius=5.0), Dots(**ends, inks=inks, palette=ramp, radius=3.6)]

    def _offer(self, names: list[str]) -> None:
        short = titles(names)
        for place, box in enumerate(self.boxes.values()):
            if [box.itemData(at) for at in range(box.count())] == names:
                continue
            before = box.currentData()
            box.clear()
            for name in names:
                box.addItem(short[name], name)
                box.setItemData(box.count() - 1, name, Qt.ItemDataRole.ToolTipRole)
            box.setCurrentIndex(box.findData(before) if before in names else _first(names, self.found)[place])
        across, up = self.boxes.values()
        if across.currentIndex() == up.currentIndex():
            _step(up if self.sender() is not up else across)

    def _chosen(self) -> tuple[str, str]:
        across, up = (str(box.currentData()) for box in self.boxes.values())
        return across, up


@dataclass(frozen=True)
class Side:
    """One side of a grid: its ends in units, how many cells it has, and whether each is a word of its own."""

    low: float
    high: float
    cells: int
    words: bool

    @classmethod
    def of(cls, axis: Axis) -> Side:
        return cls(axis.low, axis.high, len(axis.words) or CELLS, bool(axis.words))

    def cell(self, units: Floats) -> NDArray[np.int64]:
        """The cell of each unit."""
        share = (units - self.low) / (self.high - self.low)
        return np.clip((share * self.cells).astype(np.int64), 0, self.cells - 1)


def field_of(x: Axis, y: Axis, places: tuple[Floats, Floats], values: Floats) -> Field | None:
    """The mean of values near each place, by a Gaussian weight; not painted where no trial is near.

    Along an axis of words only trials of the same word count. None where no trial has both variables and a value.
    """
    known = np.isfinite(values) & np.isfinite(places[0]) & np.isfinite(places[1])
    count = int(known.sum())
    if not count:
        return None
    sides = Side.of(x), Side.of(y)
    cells = sides[1].cell(places[1][known]) * sides[0].cells + sides[0].cell(places[0][known])
    shape = (sides[1].cells, sides[0].cells)
    size = shape[0] * shape[1]
    weights = np.asarray(np.bincount(cells, minlength=size).reshape(shape), np.float64)
    sums = np.asarray(np.bincount(cells, toned(values)[known], minlength=size).reshape(shape), np.float64)
    sigma = min(WIDE, max(TIGHT, 0.5 / count**0.5)) * CELLS
    for axis, side in ((0, sides[1]), (1, sides[0])):
        if not side.words:
            weights, sums = (_finer(_blurred(one, sigma, axis), axis) for one in (weights, sums))
    least = np.exp(-(REACH**2) / 2)
    tones = np.where(weights >= least, sums / np.maximum(weights, 1e-12), np.nan)
    ends = {"left": x.low, "right": x.high, "bottom": y.low, "top": y.high}
    return Field(**ends, tones=tones, smooth=not (sides[0].words or sides[1].words))


def toned(values: Floats) -> Floats:
    """Values from the least (0) to the largest (1), what lies far out at the ends; 0 for what is none."""
    known = values[np.isfinite(values)]
    if not len(known):
        return np.zeros(len(values))
    low, high = (float(known.min()), float(known.max())) if len(known) < 20 else np.percentile(known, (2, 100))
    return np.clip(np.nan_to_num((values - low) / ((high - low) or 1.0)), 0, 1)


def _blurred(grid: Floats, sigma: float, axis: int) -> Floats:
    """Each line along an axis with Gaussian weights whose middle one is 1: a lone point weighs 1 where it stands."""
    reach = int(4 * sigma) + 1
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    wide = np.pad(grid, [(reach, reach) if at == axis else (0, 0) for at in (0, 1)])
    found = np.zeros_like(grid)
    for at, weight in enumerate(kernel.tolist()):
        part = wide[at : at + grid.shape[0], :] if axis == 0 else wide[:, at : at + grid.shape[1]]
        found += weight * part
    return found


def _finer(grid: Floats, axis: int) -> Floats:
    """The grid with `FINER` times as many cells along an axis, straight lines between those there were."""
    count = grid.shape[axis]
    at = np.clip((np.arange(count * FINER) + 0.5) / FINER - 0.5, 0, count - 1)
    left = np.minimum(at.astype(int), count - 2)
    share = (at - left)[:, None] if axis == 0 else (at - left)[None, :]
    return np.asarray(np.take(grid, left, axis) * (1 - share) + np.take(grid, left + 1, axis) * share)


def _pale(colors: Colors) -> list[QColor]:
    made = QColor(colors.text)
    made.setAlphaF(0.5)
    return [made]


def _rim(colors: Colors) -> list[QColor]:
    return [QColor(colors.surface)]


def _note(places: tuple[Floats, Floats], values: Floats, found: Studied) -> str:
    shown = int((np.isfinite(values) & np.isfinite(places[0]) & np.isfinite(places[1])).sum())
    finished = int((found.states == "finished").sum())
    if shown == finished:
        return ""
    return f"{finished - shown:,} of {finished:,} finished trials were not asked for both"


def _first(names: list[str], found: Studied) -> tuple[int, int]:
    """Two variables to begin with: those that most trials were asked for, ranges before choices."""
    finished = [one for one in found.trials if one.state == "finished"]
    counts = [sum(name in one.parameters for one in finished) for name in names]
    order = sorted(range(len(names)), key=lambda at: (-counts[at], bool(found.variables[names[at]].choices)))
    return order[0], order[1]


def _step(box: QComboBox) -> None:
    box.setCurrentIndex((box.currentIndex() + 1) % box.count())
