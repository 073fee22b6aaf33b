"""Every trial's value in the order of their numbers, and the best so far."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from studio.pages.search.plots.columns import objective_axis, reached
from studio.pages.search.plots.looks import entries, inks, palette, shapes
from studio.pages.search.plots.panel import Panel
from studio.pages.search.studied import Studied
from studio.widgets import column
from studio.widgets.plane import Axis, Dots, Frame, Line, Plane, Scene, axis_over, radius_for

if TYPE_CHECKING:
    from studio.context import Studio


class History(Panel):
    """A point for each trial and a line for the best so far."""

    title = "History"
    icon = "chart"
    hint = "Each trial's value, and the best so far."

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.objective = self.box("Objective")
        self.log = self.toggle("log", "Logarithmic values")
        self.clip = self.toggle("all values", "Show values that lie far out as well")
        self.add(self.key)
        self.chart = self.plane("History of values")
        column(self.body).addWidget(self.chart)

    def planes(self) -> list[Plane]:
        return [self.chart]

    def fill(self, found: Studied) -> str:
        if not found.objectives:
            return self.needs
        at = self.offer_objectives(self.objective)
        self.key.show_entries(entries(found))
        values = reached(found, at)
        positive = values[np.isfinite(values)]
        self.log.setEnabled(len(positive) > 0 and bool((positive > 0).all()))
        log = self.log.isChecked() and self.log.isEnabled()
        y = objective_axis(found, at, values, log=log, robust=not self.clip.isChecked())
        x = axis_over(Axis(title="trial", form="whole"), found.numbers)
        shown = shapes(found, hidden=self.key.hidden())
        lane = "no value" if bool((~np.isfinite(values) & (shown >= 0)).any()) else ""
        units = y.units(values)
        out = int(((units < y.low) | (units > y.high)).sum())
        count = len(found.trials)
        dots = Dots(
            x=found.numbers.astype(float),
            y=units,
            shapes=shown,
            inks=inks(found),
            palette=partial(palette, count=count),
            radius=radius_for(count),
        )
        note = f"{out:,} {'value lies' if out == 1 else 'values lie'} outside" if out else ""
        layers = (dots, _line_of_best(found, at, y))
        self.chart.show_scene(Scene(frame=Frame(x=x, y=y, lane=lane, note=note), layers=layers, count=count))
        return ""


def _line_of_best(found: Studied, at: int, y: Axis) -> Line:
    numbers, values = best_so_far(found, at)
    return Line(x=numbers, y=y.units(values), ink=lambda colors: colors.text, turn="after", width=1.8)


def best_so_far(found: Studied, at: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The numbers of finished trials and, after each, the best value of an objective by then; to the last trial."""
    known = np.flatnonzero(np.isfinite(found.costs[:, at]))
    if not len(known):
        return np.empty(0), np.empty(0)
    sign = -1.0 if found.objectives[at].goal == "max" else 1.0
    best = sign * np.minimum.accumulate(found.costs[known, at])
    turns = np.concatenate([[True], best[1:] != best[:-1]])
    numbers = found.numbers[known].astype(float)[turns]
    last = float(found.numbers[-1])
    return np.append(numbers, last), np.append(best[turns], best[-1])
