"""Several objectives against each other: what no other trial beats in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox

from studio.pages.search.plots.columns import objective_axis, objective_title
from studio.pages.search.plots.looks import LOOKS
from studio.pages.search.plots.panel import Panel
from studio.pages.search.studied import Studied
from studio.theme import Colors
from studio.widgets import column
from studio.widgets.plane import SHAPES, Axis, Dots, Entry, Frame, Line, Plane, Scene
from studio.widgets.ramp import STEPS, ramp
from studio.widgets.ramp_key import RampKey
from studio.widgets.scale import Dimension

if TYPE_CHECKING:
    from studio.context import Studio

FRONT, BEATEN, BROKEN = "front", "dominated", "infeasible"
DISC, CROSS = SHAPES.index("disc"), SHAPES.index("cross")
LARGE = 4.6
"""Radius of the front's points, in pixels."""
RAMP = 2
"""Where the ramp begins among the colors: before it are those of the front and of what is beaten."""


class Pareto(Panel):
    """The front of two objectives as a line; of three, two are chosen and the third is the color."""

    title = "Pareto front"
    icon = "chart"
    hint = "Several objectives against each other, and the trials that no other beats in all of them."
    needs = "The front appears here once trials of a study with two objectives or more are finished."

    def __init__(self, studio: Studio) -> None:
        super().__init__(studio)
        self.boxes = {name: self.box(name) for name in ("across", "up")}
        self.logs = {name: self.toggle(f"log {name}", f"Logarithmic values {name}") for name in self.boxes}
        self.ramp_key = RampKey()
        self.add(self.key)
        self.add(self.ramp_key)
        self.chart = self.plane("Pareto front")
        column(self.body).addWidget(self.chart)

    def planes(self) -> list[Plane]:
        return [self.chart]

    def fill(self, found: Studied) -> str:
        if len(found.objectives) < 2:
            return "This study has one objective. Add a second one to its settings to see a Pareto front."
        if not found.front:
            return self.needs
        self._offer(found)
        x, y = (self.boxes[name].currentIndex() for name in ("across", "up"))
        self.key.show_entries(self._entries(found))
        third = next((at for at in range(len(found.objectives)) if at not in {x, y}), None)
        self._show_color(found, third)
        axes = {name: self._axis(found, at, name) for name, at in (("across", x), ("up", y))}
        view = Facing(found=found, x=x, y=y, third=third, across=axes["across"], up=axes["up"])
        layers = view.layers(self.key.hidden())
        frame = Frame(x=axes["across"], y=axes["up"], note=_note(found))
        self.chart.show_scene(Scene(frame=frame, layers=layers, count=len(found.trials)))
        return ""

    def _offer(self, found: Studied) -> None:
        names = [objective_title(one.name) for one in found.objectives]
        for place, box in enumerate((self.boxes["up"], self.boxes["across"])):
            if [box.itemText(at) for at in range(box.count())] != names:
                box.clear()
                box.addItems(names)
                box.setCurrentIndex(place)  # what is watched stands up, what it costs across
            part = box.parentWidget()
            assert part is not None
            part.setVisible(len(names) > 2)
        if self.boxes["up"].currentIndex() == self.boxes["across"].currentIndex():
            _other(self.boxes["across"], self.boxes["up"].currentIndex())

    def _axis(self, found: Studied, at: int, name: str) -> Axis:
        values = found.values[:, at]
        known = values[np.isfinite(values)]
        button = self.logs[name]
        button.setEnabled(len(known) > 0 and bool((known > 0).all()))
        return objective_axis(found, at, values, log=button.isChecked() and button.isEnabled())

    def _entries(self, found: Studied) -> list[Entry]:
        finished = int((found.states == "finished").sum())
        broken = int((np.isfinite(found.values).all(axis=1) & (found.states == "infeasible")).sum())
        made = [
            Entry(FRONT, "front", "disc", lambda colors: colors.accent, len(found.front)),
            Entry(BEATEN, "beaten by another", "disc", lambda colors: colors.disabled, finished - len(found.front)),
        ]
        look = LOOKS["infeasible"]
        return [*made, *([Entry(BROKEN, look.words, look.shape, look.ink, broken)] if broken else [])]

    def _show_color(self, found: Studied, third: int | None) -> None:
        if third is None:
            self.ramp_key.show_dimension(None)
            return
        name = objective_title(found.objectives[third].name)
        self.ramp_key.show_dimension(Dimension(key=name, title=name, values=found.values[:, third]))
        self.ramp_key.setToolTip(name)


@dataclass(frozen=True, kw_only=True, eq=False)
class Facing:
    """Two objectives of a study laid out against each other, maybe with a third as the color."""

    found: Studied
    x: int
    y: int
    third: int | None
    across: Axis
    up: Axis

    def layers(self, hidden: frozenset[str]) -> Sequence[Dots | Line]:
        """What is beaten, what broke a limit, the front's line, and the front itself above all."""
        found = self.found
        front = np.isin(found.numbers, found.front)
        known = np.isfinite(found.values).all(axis=1)
        groups = {
            BEATEN: (known & (found.states == "finished") & ~front, DISC, 2.8),
            BROKEN: (known & (found.states == "infeasible"), CROSS, 2.8),
            FRONT: (front, DISC, LARGE),
        }
        dots = [self._dots(some, shape, radius) for name, (some, shape, radius) in groups.items() if name not in hidden]
        return [*dots[:-1], *self._line(front, hidden), *dots[-1:]]

    def _dots(self, some: NDArray[np.bool_], shape: int, radius: float) -> Dots:
        found = self.found
        inks = np.where(radius == LARGE, 0, 1) + np.zeros(len(found.trials), np.int64)
        if self.third is not None and shape == DISC:
            inks = RAMP + self._tones(found.values[:, self.third])
        if shape == CROSS:
            inks = np.full(len(found.trials), RAMP + STEPS)
        return Dots(
            x=self.across.units(found.values[:, self.x]),
            y=self.up.units(found.values[:, self.y]),
            shapes=np.where(some, shape, -1),
            inks=inks,
            palette=partial(_palette, pale=radius != LARGE and self.third is not None),
            radius=radius,
        )

    def _tones(self, values: NDArray[np.float64]) -> NDArray[np.int64]:
        known = values[np.isfinite(values)]
        low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
        share = (np.nan_to_num(values, nan=low) - low) / ((high - low) or 1.0)
        return np.asarray(np.round(np.clip(share, 0, 1) * (STEPS - 1)), np.int64)

    def _line(self, front: NDArray[np.bool_], hidden: frozenset[str]) -> list[Line]:
        """Steps along the front: nothing was found beyond them. A front of three objectives has no line in two."""
        if FRONT in hidden or len(self.found.objectives) > 2:
            return []
        x, y = self.found.values[front, self.x], self.found.values[front, self.y]
        order = np.argsort(x, kind="stable")
        turn = "after" if self.found.objectives[self.x].goal == "min" else "before"
        ends = {"x": self.across.units(x[order]), "y": self.up.units(y[order])}
        return [Line(**ends, ink=lambda colors: colors.accent, turn=turn, width=1.6)]  # type: ignore[arg-type]


def _palette(colors: Colors, *, pale: bool) -> list[QColor]:
    made = [QColor(colors.accent), QColor(colors.disabled), *(QColor(one) for one in ramp(colors))]
    for one in made[RAMP:]:
        one.setAlphaF(0.35 if pale else 1.0)
    return [*made, QColor(colors.warning)]


def _note(found: Studied) -> str:
    without = int(((found.states == "infeasible") & ~np.isfinite(found.values).all(axis=1)).sum())
    if not without:
        return ""
    return f"{without:,} infeasible {'trial was' if without == 1 else 'trials were'} not trained and have no place here"


def _other(box: QComboBox, taken: int) -> None:
    box.setCurrentIndex(next(at for at in range(box.count()) if at != taken))
