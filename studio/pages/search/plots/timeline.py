"""Who trained which trial when."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from studio.pages.search.plots.looks import LOOKS, ORDER, entries
from studio.pages.search.plots.panel import Panel
from studio.pages.search.studied import Studied
from studio.theme import Colors
from studio.widgets import column
from studio.widgets.plane import Axis, Bars, Fill, Frame, Plane, Scene, axis_over

if TYPE_CHECKING:
    from studio.context import Studio

PATTERNS = {
    "pruned": Qt.BrushStyle.BDiagPattern,
    "infeasible": Qt.BrushStyle.DiagCrossPattern,
    "failed": Qt.BrushStyle.CrossPattern,
    "stopped": Qt.BrushStyle.HorPattern,
    "running": Qt.BrushStyle.Dense5Pattern,
}
AWAY = 600
"""Seconds without any news after which a trial that runs is not drawn up to now: its worker may be gone."""
NOBODY = "unknown"


class Timeline(Panel):
    """A row for each worker, a bar for each trial; gaps are times in which nothing was trained."""

    title = "Timeline"
    icon = "clock"
    hint = "Who trained which trial when, and when nobody did."
    needs = "The timeline appears here as soon as the first trial begins."

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.add(self.key)
        self.chart = self.plane("Timeline of workers")
        column(self.body).addWidget(self.chart)

    def planes(self) -> list[Plane]:
        return [self.chart]

    def fill(self, found: Studied) -> str:
        start, end = spans(found, now=time.time())
        begun = np.isfinite(start)
        if not begun.any():
            return self.needs
        self.key.show_entries(entries(found))
        names, row = rows(found)
        kinds = np.array([ORDER.index(one.state) for one in found.trials])
        hidden = [ORDER.index(name) for name in self.key.hidden() if name in ORDER]
        bars = Bars(
            start=start, end=end, row=row, kinds=np.where(begun & ~np.isin(kinds, hidden), kinds, -1), fills=_fills
        )
        x = axis_over(Axis(title="time of day", form="clock"), np.concatenate([start, end]))
        y = axis_over(Axis(words=names), [])
        note = _note(start[begun], end[begun], len(names))
        self.chart.show_scene(Scene(frame=Frame(x=x, y=y, note=note), layers=(bars,), count=len(found.trials)))
        return ""


def spans(found: Studied, *, now: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """When each trial began and ended, in seconds since 1970; NaN where it did not begin.

    One that runs ends now; where nothing was heard of any trial for long, it ends with the last news.
    """
    start = np.array([one.began or np.nan for one in found.trials], float)
    end = np.array([one.ended or np.nan for one in found.trials], float)
    known = np.concatenate([start, end])
    known = known[np.isfinite(known)]
    latest = float(known.max()) if len(known) else now
    end = np.where(np.isfinite(end), end, now if latest <= now < latest + AWAY else latest)
    return start, np.maximum(end, start)


def rows(found: Studied) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """The workers, the one that began first on top, and the row of each trial."""
    names = list(dict.fromkeys(one.worker or NOBODY for one in found.trials if one.began))
    places = {name: float(len(names) - 1 - at) for at, name in enumerate(names)}
    row = np.array([places.get(one.worker or NOBODY, np.nan) for one in found.trials])
    return tuple(reversed(names)), row


def _fills(colors: Colors) -> Sequence[Fill]:
    solid = Qt.BrushStyle.SolidPattern
    return [Fill(QColor(LOOKS[name].ink(colors)), PATTERNS.get(name, solid)) for name in ORDER]


def _note(start: NDArray[np.float64], end: NDArray[np.float64], workers: int) -> str:
    whole = float(end.max() - start.min()) * workers
    if whole <= 0:
        return ""
    busy = min(float((end - start).sum()) / whole, 1.0)
    return f"{workers} {'worker' if workers == 1 else 'workers'}, busy {100 * busy:.0f} % of the time"
