"""Where a step of a run stands along a chart: at its number, at its epoch or at its time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from studio.curves.buffer import Floats

Along: TypeAlias = Literal["step", "epoch", "time", "clock"]
"""`time` is spent training, from 0 on; `clock` is the time of day at which a step was taken, in seconds since 1970."""


@dataclass(frozen=True)
class Axis:
    """A line through known points, straight between them and beyond both ends; it never goes down.

    Args:
        steps: ascending, at least two, float64 (points,).
        places: where they stand, float64 (points,).
    """

    steps: Floats
    places: Floats

    @classmethod
    def even(cls, steps_per_unit: float) -> Axis:
        """An axis on which so many steps are one unit: 1 for steps, an epoch's steps for epochs."""
        return cls(np.array([0.0, steps_per_unit]), np.array([0.0, 1.0]))

    @property
    def beginning(self) -> tuple[float, ...]:
        """Tells axes apart of which neither is the other made longer at its end."""
        return (*self.steps[:2].tolist(), *self.places[:2].tolist())

    def place(self, steps: ArrayLike) -> Floats:
        """Where steps stand."""
        return _follow(np.asarray(steps, dtype=np.float64), self.steps, self.places)

    def step(self, places: ArrayLike) -> Floats:
        """Which steps stand there, as fractions between steps."""
        return _follow(np.asarray(places, dtype=np.float64), self.places, self.steps)


def _follow(given: Floats, inputs: Floats, outputs: Floats) -> Floats:
    found = np.interp(given, inputs, outputs)
    span = inputs[-1] - inputs[0]
    slope = (outputs[-1] - outputs[0]) / span if span > 0 else 1.0
    found += np.minimum(given - inputs[0], 0) * slope
    found += np.maximum(given - inputs[-1], 0) * slope
    return np.asarray(found)
