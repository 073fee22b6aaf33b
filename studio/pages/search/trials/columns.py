"""The columns of the table of trials: what each says of a trial, and how it is sorted."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from engine.runs import Trial
from studio.pace import spoken
from studio.pages.search.names import short_names, value_text
from studio.pages.search.studied import Studied
from studio.widgets.chart.words import number

Kind = Literal["number", "state", "value", "setting", "text"]
STATE = "state"
FIRST = "number"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column.

    Args:
        key: tells it from the others.
        title: its heading.
        kind: how it is painted.
        width: pixels at first.
        text: what it says of a trial, empty for nothing.
        order: what trials are sorted by; None stands last, whichever way.
        tip: what its heading says in full.
    """

    key: str
    title: str
    kind: Kind
    width: int
    text: Callable[[Trial], str]
    order: Callable[[Trial], Any]
    tip: str = ""


def columns_of(found: Studied) -> tuple[Column, ...]:
    """Number and state, values, what varies, duration, worker and what there is to say."""
    return (
        Column(key=FIRST, title="Trial", kind="number", width=88, text=lambda one: f"{one.number:,}", order=_number),
        Column(key=STATE, title="State", kind="state", width=104, text=lambda one: one.state, order=_state),
        *(_value(at, one.name) for at, one in enumerate(found.objectives)),
        *(_setting(name, short) for name, short in short_names(varying(found)).items()),
        Column(key="duration", title="Duration", kind="value", width=92, text=_duration, order=seconds),
        Column(key="worker", title="Worker", kind="text", width=120, text=lambda one: one.worker, order=_worker),
        Column(key="message", title="Message", kind="text", width=280, text=lambda one: one.message, order=_message),
    )


def varying(found: Studied) -> list[str]:
    """The variables that trials differ in, and all of them while there is no more than one trial."""
    if len(found.trials) < 2:
        return list(found.variables)
    first = found.trials[0].parameters
    left, differing = dict.fromkeys(found.variables), set[str]()
    for trial in found.trials:
        for name in tuple(left):
            if trial.parameters.get(name) != first.get(name):
                differing.add(name)
                del left[name]
        if not left:
            break
    return [name for name in found.variables if name in differing]


def seconds(trial: Trial) -> float | None:
    """How long it took, None as long as it is not over."""
    return trial.ended - trial.began if trial.ended and trial.began else None


def _value(at: int, name: str) -> Column:
    def value(trial: Trial) -> float | None:
        if at < len(trial.values):
            return trial.values[at] if math.isfinite(trial.values[at]) else None
        return trial.reports[-1][1] if at == 0 and trial.reports else None  # what it last reported, as long as or if

    def text(trial: Trial) -> str:
        found = value(trial)
        return "" if found is None else number(found)

    title = name.removeprefix("validation/")
    return Column(key=f"value {at}", title=title, kind="value", width=108, text=text, order=value, tip=name)


def _setting(name: str, short: str) -> Column:
    def order(trial: Trial) -> Any:
        found = trial.parameters.get(name)
        if found is None:
            return None
        plain = isinstance(found, int | float) and not isinstance(found, bool)
        return (0, found, "") if plain else (1, 0, value_text(found))

    def text(trial: Trial) -> str:
        return value_text(trial.parameters.get(name))

    width = min(max(92, 8 * len(short) + 28), 200)
    return Column(key=name, title=short, kind="setting", width=width, text=text, order=order, tip=name)


def _number(trial: Trial) -> int:
    return trial.number


def _state(trial: Trial) -> str:
    return trial.state


def _duration(trial: Trial) -> str:
    found = seconds(trial)
    return "" if found is None else f"{found:.1f} s" if found < 10 else spoken(found)


def _worker(trial: Trial) -> str | None:
    return trial.worker or None


def _message(trial: Trial) -> str | None:
    return trial.message or None
