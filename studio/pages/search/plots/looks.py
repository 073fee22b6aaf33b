"""How trials look in every view: each state has a shape, a word and a color of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from studio.pages.search.studied import Studied
from studio.theme import Colors
from studio.widgets.plane import SHAPES, Entry, Shape
from studio.widgets.ramp import STEPS, ramp

VEIL = 0.85
MOST_CLEAR = 2000
"""Points up to which they are not see-through."""


@dataclass(frozen=True)
class Look:
    """A state: its word, its shape, and the role of its color and of the badge on its card."""

    words: str
    shape: Shape
    ink: Callable[[Colors], str]
    tone: str


LOOKS: Mapping[str, Look] = {
    "finished": Look("finished", "disc", lambda colors: colors.accent, "success"),
    "pruned": Look("pruned", "down", lambda colors: colors.faint, "neutral"),
    "infeasible": Look("infeasible", "cross", lambda colors: colors.warning, "warning"),
    "failed": Look("failed", "square", lambda colors: colors.error, "error"),
    "running": Look("running", "ring", lambda colors: colors.info, "info"),
    "stopped": Look("stopped", "dash", lambda colors: colors.muted, "neutral"),
    "waiting": Look("waiting", "ring", lambda colors: colors.disabled, "neutral"),
}
"""In the order in which legends name them."""
ORDER = tuple(LOOKS)
BEST = Entry("best", "best", "star", lambda colors: colors.text)


def entries(found: Studied, *, without: Sequence[str] = ("waiting",)) -> list[Entry]:
    """A legend's entries for the states that occur."""
    counts = Counter(found.states.tolist())
    shown = [name for name in ORDER if counts[name] and name not in without]
    return [Entry(name, LOOKS[name].words, LOOKS[name].shape, LOOKS[name].ink, counts[name]) for name in shown]


def shapes(found: Studied, *, hidden: frozenset[str] = frozenset()) -> NDArray[np.int64]:
    """Each trial's place in `SHAPES`; -1 for those that wait or are hidden."""
    made = np.full(len(found.trials), -1)
    for name, look in LOOKS.items():
        if name not in hidden and name != "waiting":
            made[found.states == name] = SHAPES.index(look.shape)
    return made


def inks(found: Studied) -> NDArray[np.int64]:
    """Each trial's place in `palette`, by its state."""
    made = np.zeros(len(found.trials), np.int64)
    for at, name in enumerate(ORDER):
        made[found.states == name] = at
    return made


def palette(colors: Colors, *, count: int = 0) -> list[QColor]:
    """A color for each state."""
    made = [QColor(LOOKS[name].ink(colors)) for name in ORDER]
    for one in made:
        one.setAlphaF(1.0 if count < MOST_CLEAR else VEIL)
    return made


def ramped(colors: Colors) -> list[QColor]:
    """A color for each state, then the ramp's: see `ramp_inks`."""
    return [*palette(colors), *ramp(colors)]


def ramp_inks(found: Studied, tones: NDArray[np.float64]) -> NDArray[np.int64]:
    """Each trial's place in `ramped`: by its tone from 0 to 1 where it is finished and has one, else by its state."""
    steps = np.round(np.clip(np.nan_to_num(tones), 0, 1) * (STEPS - 1)).astype(np.int64)
    return np.where((found.states == "finished") & np.isfinite(tones), len(ORDER) + steps, inks(found))
