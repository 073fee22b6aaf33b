"""What of some runs can be drawn: pure functions of their records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from studio.curves import Record, Series

STEP = "step/"
"""Before the names of values that every step has; the rest are the values of epochs."""
ORDER = ("validation/", "train/", "test/")
FIRST = 4
"""Charts that a view begins with, at most."""


def offered(records: Iterable[Record]) -> list[str]:
    """The names of all that can be drawn: values of epochs by split, then those of every step."""
    epochs: dict[str, None] = {}
    steps: dict[str, None] = {}
    for record in records:
        epochs.update(dict.fromkeys(record.epochs))
        steps.update(dict.fromkeys(record.steps))
    ranked = sorted(epochs, key=lambda name: (*(not name.startswith(one) for one in ORDER), name))
    return [*ranked, *(STEP + name for name in steps)]


def found(record: Record, metric: str) -> Series | None:
    """The series of that name."""
    name = metric.removeprefix(STEP)
    return record.steps.get(name) if metric.startswith(STEP) else record.epochs.get(metric)


def of_steps(metric: str) -> bool:
    """Whether every step has a value of it."""
    return metric.startswith(STEP)


def title(metric: str) -> str:
    """What a chart of it is called."""
    name = metric.removeprefix(STEP).replace("_", " ")
    return f"{name} by step" if of_steps(metric) else name


def first_choice(names: list[str], watches: Mapping[str, int]) -> list[str]:
    """What most want to see: what decides which epoch is best, its like on other data, and the losses.

    Args:
        names: all that can be drawn.
        watches: how many runs watch each metric.
    """
    watched = sorted((name for name in watches if name in names), key=lambda name: -watches[name])
    wished = [
        *watched,
        "validation/loss",
        STEP + "loss",
        *(name.replace("validation/", "train/") for name in watched),
        "train/loss",
        *names,
    ]
    return list(dict.fromkeys(name for name in wished if name in names))[:FIRST]
