"""From events to what MLflow stores: numbers with a name, a step and a time."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from engine.events import Ended, Message, Metrics, Sampled, Steps, System

LONGEST = 250
"""Characters that MLflow stores of a name."""


class Point(NamedTuple):
    """One value of a metric; `time` in milliseconds since 1970.

    The time is the event's, so telling the same event again gives the same point, which MLflow's databases keep once.
    """

    name: str
    value: float
    step: int
    time: int


def points(messages: Iterable[Message]) -> Iterator[Point]:
    """All numbers in some events, in order. The values of single steps are named `step/…`, the machine's `system/…`."""
    for message in messages:
        time = int(message.time * 1000)
        match message:
            case Steps(first=first, values=values):
                for name, series in values.items():
                    yield from (Point(key(f"step/{name}"), one, first + at, time) for at, one in enumerate(series))
            case Sampled(step=step, values=values):
                yield from _at(step, time, {f"step/{name}": value for name, value in values.items()})
            case Metrics(step=step, values=values):
                more = {"epoch": float(message.epoch), "epoch_seconds": message.seconds}
                yield from _at(step, time, {**values, **more})
            case System(step=step, values=values):
                yield from _at(step, time, {f"system/{name}": value for name, value in values.items()})
            case Ended(step=step, metrics=values):
                yield from _at(step, time, values)


def fresh(found: Iterable[Point], told: dict[str, int]) -> Iterator[Point]:
    """The points beyond the highest step told of their metric; `told` is kept up to date.

    So a run that went on from a checkpoint does not tell the steps in between twice.
    """
    for point in found:
        if point.step > told.get(point.name, -1):
            told[point.name] = point.step
            yield point


def key(name: str) -> str:
    """The name as MLflow lets it be: odd characters replaced, and then marked so that two odd names stay two."""
    plain = re.sub(r"[^\w\-. :/]", "_", name, flags=re.ASCII)
    plain = "/".join(part for part in plain.split("/") if part.strip(". "))
    if plain == name and len(name) <= LONGEST:
        return name
    return f"{plain[: LONGEST - 5]}-{hashlib.sha256(name.encode()).hexdigest()[:4]}"


def _at(step: int, time: int, values: Mapping[str, float]) -> Iterator[Point]:
    return (Point(key(name), float(value), step, time) for name, value in values.items())
