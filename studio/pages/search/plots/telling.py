"""What the card beside the pointer says of a trial."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.runs.trials import Trial
from studio.pages.search.plots.columns import objective_title, seconds, titles
from studio.pages.search.plots.looks import LOOKS
from studio.pages.search.studied import Studied
from studio.widgets.card import Told
from studio.widgets.chart.words import clock, number, setting
from studio.widgets.scale import spoken

MOST = 9
"""Parameters on a card."""


def told(found: Studied, place: int, *, first: Sequence[str] = ()) -> Told:
    """A trial in words.

    Args:
        found: the study.
        place: the trial's, among all.
        first: names of variables that matter here; they come before the others.
    """
    trial = found.trials[place]
    look = LOOKS[trial.state]
    best = found.best
    title = f"Trial {trial.number:,}" + (" · best so far" if best is not None and best.number == trial.number else "")
    rows = [*_values(found, trial), ("", ""), *_parameters(trial, first), *_rest(trial)]
    return Told(title=title, state=look.words, tone=look.tone, rows=tuple(_lined(rows)), note=trial.message)


def _values(found: Studied, trial: Trial) -> list[tuple[str, str]]:
    if len(trial.values) == len(found.objectives) and trial.values:
        pairs = zip(found.objectives, trial.values, strict=True)
        return [(objective_title(one.name), _figure(value)) for one, value in pairs]
    if trial.reports and found.objectives:
        epoch, value = trial.reports[-1]
        return [(f"{objective_title(found.objectives[0].name)}, epoch {epoch}", _figure(value))]
    return []


def _parameters(trial: Trial, first: Sequence[str]) -> list[tuple[str, str]]:
    names = titles(trial.parameters)
    order = [*(name for name in first if name in names), *(name for name in names if name not in first)]
    shown = [(names[name], _said(trial.parameters[name])) for name in order[:MOST]]
    left = len(order) - MOST
    return [*shown, (f"and {left} more", "")] if left > 0 else shown


def _rest(trial: Trial) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = [("", "")]
    if (took := seconds(trial)) > 0:
        rows.append(("took", clock(took) if took >= 10 else f"{took:.1f} s"))
    if trial.worker:
        rows.append(("trained by", trial.worker))
    return rows


def _lined(rows: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Lines stand between groups alone: not first, not last, not twice."""
    found: list[tuple[str, str]] = []
    for one in rows:
        if one != ("", "") or (found and found[-1] != ("", "")):
            found.append(one)
    return found[:-1] if found and found[-1] == ("", "") else found


def _said(value: object) -> str:
    if isinstance(value, float):
        return setting(value)
    return " × ".join(map(str, value)) if isinstance(value, tuple | list) else spoken(value)


def _figure(value: float) -> str:
    return number(value) if math.isfinite(value) else str(value)
