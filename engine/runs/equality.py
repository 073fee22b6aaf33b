"""Whether two runs came to the same numbers: every metric of every epoch, and every step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan, nan

from engine.events import Ended, Metrics, Started, Steps
from engine.runs.folder import RunFolder

Values = Mapping[str, Mapping[int, float]]
CLOCKED = ("samples_per_second", "seconds")
"""What is measured by a clock never repeats, and is not asked to."""
END = 0
"""In place of an epoch: what was measured at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One metric of two runs, side by side.

    Args:
        name: the metric, or a value of every step.
        every_step: whether it is one.
        compared: epochs (or steps) that both have.
        equal: of these, how many are the same to the last bit; NaN is the same as NaN.
        first: the first that differs, 0 where none does (or where it is the value at the end).
        largest: the largest difference; NaN where only one of two values is a number.
        one: the last value of the first run.
        other: of the second.
    """

    name: str
    every_step: bool
    compared: int
    equal: int
    first: int
    largest: float
    one: float
    other: float

    @property
    def same(self) -> bool:
        """Whether all that can be compared is equal, and there is something."""
        return 0 < self.compared == self.equal


def matches(one: RunFolder, other: RunFolder) -> list[Match]:
    """Every metric that both runs have, those of epochs first; reads both journals whole."""
    (epochs, steps), (other_epochs, other_steps) = _values(one), _values(other)
    return [
        *(_match(name, epochs[name], other_epochs[name]) for name in epochs if name in other_epochs),
        *(_match(name, steps[name], other_steps[name], every_step=True) for name in steps if name in other_steps),
    ]


def _values(run: RunFolder) -> tuple[dict[str, dict[int, float]], dict[str, dict[int, float]]]:
    """By name and epoch, and by name and step; a later attempt's values take the place of an earlier one's."""
    epochs: dict[str, dict[int, float]] = {}
    steps: dict[str, dict[int, float]] = {}
    for message in run.tail().read():
        match message:
            case Started(step=step, epoch=epoch):
                _forget(epochs, epoch)
                _forget(steps, step)
            case Metrics(values=values, epoch=epoch):
                for name, value in values.items():
                    epochs.setdefault(name, {})[epoch] = value
            case Steps(values=several, first=first):
                for name, found in several.items():
                    if name not in CLOCKED:
                        steps.setdefault(name, {}).update(enumerate(found, first))
            case Ended(metrics=metrics):
                for name, value in metrics.items():
                    epochs.setdefault(name, {})[END] = value
    return epochs, steps


def _forget(values: dict[str, dict[int, float]], after: int) -> None:
    for one in values.values():
        for place in [place for place in one if place > after or place == END]:
            del one[place]


def _match(name: str, one: Mapping[int, float], other: Mapping[int, float], *, every_step: bool = False) -> Match:
    both = sorted(one.keys() & other.keys())
    unequal = [place for place in both if not _same(one[place], other[place])]
    distances = [abs(one[place] - other[place]) for place in unequal]
    return Match(
        name=name,
        every_step=every_step,
        compared=len(both),
        equal=len(both) - len(unequal),
        first=unequal[0] if unequal else 0,
        largest=nan if any(isnan(distance) for distance in distances) else max(distances, default=0.0),
        one=one[both[-1]] if both else nan,
        other=other[both[-1]] if both else nan,
    )


def _same(one: float, other: float) -> bool:
    return one == other or (isnan(one) and isnan(other))
