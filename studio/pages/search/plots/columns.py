"""What trials are plotted by: variables, objectives, and what else is known of them. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.runs.trials import Trial
from engine.spec import Search
from studio.pages.search.studied import Studied
from studio.widgets.plane import Axis, axis_over
from studio.widgets.scale import Dimension, spoken

Floats = NDArray[np.float64]
UNITS = {
    "flops": "FLOPs of a sample",
    "memory": "memory of a step, bytes",
    "step_seconds": "time of a step, s",
    "seconds": "time of the trial, s",
    "parameters": "parameters",
}
"""What costs are called on an axis."""
WAYS = {"max": "higher is better", "min": "lower is better"}


def titles(names: Iterable[str]) -> dict[str, str]:
    """Short names of variables: the last words of their paths, or all of them where two would be called the same."""
    every = list(names)
    short = {name: ".".join(name.split(".")[-2:]).removeprefix("training.") for name in every}
    taken = list(short.values())
    return {name: title if taken.count(title) == 1 else name for name, title in short.items()}


def objective_title(name: str) -> str:
    """What an objective is called on an axis."""
    return UNITS.get(name, name)


def variable(found: Studied, name: str, title: str = "") -> Dimension:
    """What was tried of a variable in each trial; NaN where it was not asked for.

    Choices stand in the order in which they were given, a range on the scale that it was given.
    """
    search = found.variables[name]
    raw = [one.parameters.get(name) for one in found.trials]
    if not search.choices:
        values = np.array([math.nan if one is None else float(one) for one in raw])
        return Dimension(key=name, title=title or name, values=values, whole=search.whole).set(log=search.log)
    words = tuple(dict.fromkeys(spoken(_plain(one)) for one in search.choices))
    places: dict[object, float] = {}
    for choice in search.choices:
        places[_key(choice)] = float(words.index(spoken(_plain(choice))))
    values = np.array([math.nan if one is None else places.get(_key(one), math.nan) for one in raw])
    return Dimension(key=name, title=title or name, values=values, words=words)


def variable_axis(search: Search, shown: Dimension) -> Axis:
    """An axis over all that a variable may be, not only what was tried."""
    axis = Axis(title=shown.title, log=shown.log, words=shown.words, form="whole" if search.whole else "number")
    if shown.words:
        return axis_over(axis, [])
    return axis_over(axis, [search.low, search.high])


def objective_axis(found: Studied, at: int, values: Floats, *, log: bool = False, robust: bool = False) -> Axis:
    """An axis over an objective's values; its title says which way is better."""
    aim = found.objectives[at]
    title = f"{objective_title(aim.name)} ({WAYS[aim.goal]})"
    return axis_over(Axis(title=title, log=log), values, robust=robust)


def objective(found: Studied, at: int) -> Dimension:
    """An objective's values of finished trials; NaN for all others."""
    name = found.objectives[at].name
    values = np.where(found.states == "finished", found.values[:, at], np.nan)
    return Dimension(key=name, title=objective_title(name), values=values)


def reached(found: Studied, at: int) -> Floats:
    """An objective's value of every trial that has one.

    A trial that did not end, or was pruned, has the last value of the first objective that its pruner was shown.
    """
    values = found.values[:, at].copy()
    if at == 0:
        for place in np.flatnonzero(~np.isfinite(values)).tolist():
            reports = found.trials[place].reports
            values[place] = reports[-1][1] if reports else math.nan
    values[~np.isfinite(values)] = np.nan
    return values


def asked(found: Studied) -> list[str]:
    """Variables that were asked for in any trial, and of which more than one value was tried."""
    first: dict[str, object] = {}
    left = dict.fromkeys(found.variables)
    for one in found.trials:
        for name in [name for name in left if name in one.parameters]:
            value = one.parameters[name]
            if first.setdefault(name, value) != value:
                del left[name]  # seen to vary: with all of them seen, ten thousand trials are passed over
        if not left:
            break
    return [name for name in found.variables if name not in left]


def seconds(trial: Trial) -> float:
    """How long it took; 0 while it is not over."""
    return max(trial.ended - trial.began, 0.0) if trial.ended and trial.began else 0.0


def table(found: Studied) -> list[Sequence[object]]:
    """All trials for a file, headed by the names of columns; a cell without a value is empty."""
    names, costs = list(found.variables), sorted({name for one in found.trials for name in one.costs})
    aims = [one.name for one in found.objectives]
    lines: list[Sequence[object]] = [
        ("number", "state", *aims, *names, *costs, "epochs", "seconds", "worker", "message")
    ]
    lines += [_line(one, names, costs, len(aims)) for one in found.trials]
    return lines


def _line(one: Trial, names: Sequence[str], costs: Sequence[str], aims: int) -> Sequence[object]:
    values = [repr(float(value)) for value in one.values[:aims]]
    values += [""] * (aims - len(values))
    parameters = [_cell(one.parameters, name) for name in names]
    known = [_cell(one.costs, name) for name in costs]
    last = one.reports[-1][0] if one.reports else ""
    return (one.number, one.state, *values, *parameters, *known, last, f"{seconds(one):.3f}", one.worker, one.message)


def _cell(values: Mapping[str, object], name: str) -> object:
    found = values.get(name)
    return "" if found is None else _plain(found)


def _key(value: object) -> object:
    """A choice as a key: lists are tuples, and True is not 1."""
    return tuple(value) if isinstance(value, list) else (type(value), value) if isinstance(value, bool) else value


def _plain(value: object) -> object:
    """Choices of several numbers, the same whether they come from the project or from JSON."""
    return " × ".join(str(one) for one in value) if isinstance(value, tuple | list) else value
