"""A run's curves, folded from its events: the same for a run under way and one that ended last year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

import numpy as np

from engine.events import Message
from engine.runs.curves import Fold
from studio.curves.axis import Along, Axis
from studio.curves.series import Series


class Record(Fold[Series]):
    """Series by name: `steps` have a point for each step, `epochs` one for each epoch's end."""

    def __init__(self) -> None:
        super().__init__(Series)

    def add(self, messages: Iterable[Message]) -> Self:
        """Take in more events, in order; return itself. A run's first event begins it anew."""
        self.take(messages)
        return self

    def series(self, name: str) -> Series | None:
        """The series of that name, of steps or of epochs; None while there is none."""
        return self.steps.get(name) or self.epochs.get(name)

    def axis(self, along: Along) -> Axis:
        """Where this run's steps stand."""
        if along == "clock" and len(self.wall) > 1:
            return Axis(np.array(self.ticks), np.maximum.accumulate(np.array(self.wall)))
        if along == "time" and len(self.clock) > 1:
            return Axis(np.array(self.ticks), np.array(self.clock))
        return Axis.even(self.steps_per_epoch if along == "epoch" else 1)
