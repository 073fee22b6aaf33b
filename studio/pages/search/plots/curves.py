"""The curves of trials by epoch, as the pruner was shown them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from studio.pages.search.plots.columns import objective_axis
from studio.pages.search.plots.looks import LOOKS
from studio.pages.search.plots.panel import Panel
from studio.pages.search.studied import Studied
from studio.widgets import column
from studio.widgets.plane import Axis, Entry, Fan, Frame, Line, Plane, Scene

if TYPE_CHECKING:
    from studio.context import Studio

MEDIAN = Entry("median", "median of finished trials", "dash", lambda colors: colors.warning)
BEST = Entry("best", "best", "dash", lambda colors: colors.text)
FADED = ("pruned", "failed", "infeasible", "stopped")
MOST_STEPS = 400
"""Epochs that are drawn at most; of more every so many."""
Kept: TypeAlias = tuple[Studied, NDArray[np.float64], NDArray[np.float64]]
"""A study with its epochs and reports."""


class TrialCurves(Panel):
    """A curve for each trial: those that were ended early faded, the best one strong."""

    title = "Curves"
    icon = "chart"
    hint = "How trials went, epoch by epoch."
    needs = "Curves appear here once trials report their epochs."

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self._kept: Kept = Studied(), np.empty(0), np.empty((0, 0))
        self.log = self.toggle("log", "Logarithmic values")
        self.clip = self.toggle("all values", "Show values that lie far out as well")
        self.add(self.key)
        self.chart = self.plane("Curves of trials")
        column(self.body).addWidget(self.chart)

    def planes(self) -> list[Plane]:
        return [self.chart]

    def fill(self, found: Studied) -> str:
        self._kept = found, *reports(found, self._kept)
        epochs, curves = self._kept[1], filled_between(self._kept[2])
        if not len(epochs) or not found.objectives:
            return self.needs
        self.key.show_entries(self._entries(found))
        hidden = self.key.hidden()
        for state in ("running", "finished", *FADED):
            if state in hidden:
                curves[found.states == state] = np.nan
        known = curves[np.isfinite(curves)]
        self.log.setEnabled(len(known) > 0 and bool((known > 0).all()))
        log = self.log.isChecked() and self.log.isEnabled()
        y = objective_axis(found, 0, known, log=log, robust=not self.clip.isChecked())
        x = Axis(title="epoch", form="whole").over(float(epochs[0]) - 0.3, float(max(epochs[-1], 2)) + 0.3)
        faded = np.isin(found.states, FADED)
        layers: list[Fan | Line] = [
            Fan(x=epochs, y=y.units(curves), tones=np.ones(len(curves)), faded=faded, plain=True)
        ]
        finished = y.units(curves[found.states == "finished"])
        if "median" not in hidden and np.isfinite(finished).any():
            layers.append(Line(x=epochs, y=_median(finished), ink=MEDIAN.ink, dashed=True, width=2.2))
        if "best" not in hidden and found.best is not None:
            best = y.units(curves[found.places[found.best.number]])
            layers.append(Line(x=epochs, y=best, ink=BEST.ink, width=2.4))
        self.chart.show_scene(Scene(frame=Frame(x=x, y=y), layers=layers, count=len(found.trials)))
        return ""

    def _entries(self, found: Studied) -> list[Entry]:
        """States as pieces of line: here all shapes are curves."""
        counts = {name: int((found.states == name).sum()) for name in ("finished", "running", *FADED)}
        inks = {"finished": LOOKS["finished"].ink, "running": LOOKS["finished"].ink}
        made = [
            Entry(name, LOOKS[name].words, "dash", inks.get(name, LOOKS["pruned"].ink), count)
            for name, count in counts.items()
            if count and any(one.reports for one in found.trials if one.state == name)
        ]
        return [*made, MEDIAN, *([BEST] if found.best is not None else [])]


def reports(found: Studied, kept: Kept | None = None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Epochs, ascending, and trials × epochs: what was reported; NaN where nothing was.

    Args:
        found: a study.
        kept: the same study as it was before, with what was found in it: trials that stayed are not read again.
    """
    if kept is None or 2 * len(kept[1]) >= MOST_STEPS:  # where epochs are left out, which ones depends on all
        kept = Studied(), np.empty(0), np.empty((0, 0))
    before, known, old = kept
    changed = [at for at, one in enumerate(found.trials) if at >= len(before.trials) or before.trials[at] is not one]
    rows, told = _told(found, changed)
    epochs = np.union1d(known, told[:, 0])
    if len(epochs) > MOST_STEPS:
        epochs = epochs[:: -(-len(epochs) // MOST_STEPS)]
    if not np.array_equal(known, epochs):
        old = np.empty((0, len(epochs)))
        if len(changed) < len(found.trials):
            rows, told = _told(found, range(len(found.trials)))
    made = np.full((len(found.trials), len(epochs)), np.nan)
    stayed = min(len(old), len(made))
    made[:stayed] = old[:stayed]
    made[changed] = np.nan
    drawn = np.isin(told[:, 0], epochs)
    made[rows[drawn], np.searchsorted(epochs, told[drawn, 0])] = told[drawn, 1]
    made[~np.isfinite(made)] = np.nan
    return epochs, made


def _told(found: Studied, places: Iterable[int]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """All reports of some trials: the place of each one's trial, and epochs and values."""
    every = [(at, found.trials[at].reports) for at in places]
    flat = np.fromiter(chain.from_iterable(chain.from_iterable(some for _, some in every)), float)
    counts = np.array([len(some) for _, some in every], np.int64)
    return np.repeat(np.array([at for at, _ in every], np.int64), counts), flat.reshape(-1, 2)


def filled_between(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows with the gaps between their first and last value filled by the value before; always a copy."""
    known = np.isfinite(values)
    if values.shape[1] == 0 or not bool((known[:, 1:] & ~known[:, :-1]).any()):
        return values.copy()
    at = np.maximum.accumulate(np.where(known, np.arange(values.shape[1]), -1), axis=1)
    later = np.flip(np.maximum.accumulate(np.flip(known, axis=1), axis=1), axis=1)
    found = np.take_along_axis(values, np.maximum(at, 0), axis=1)
    return np.where((at >= 0) & later, found, np.nan)


def _median(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The median of each column; NaN where no row has a value."""
    some = np.isfinite(values).any(axis=0)
    found = np.full(values.shape[1], np.nan)
    found[some] = np.nanmedian(values[:, some], axis=0)
    return found
