"""A run's curves, folded from its events: the same for a run under way and one that ended last year."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from engine.events import Continued, Created, Message, Metrics, Paused, Started, Steps
from studio.curves.axis import Along, Axis
from studio.curves.buffer import Buffer, Floats
from studio.curves.series import Series


class Record:
    """Series by name: `steps` have a point for each step, `epochs` one for each epoch's end.

    A resumed attempt goes on after its checkpoint: what the earlier attempt did beyond it is taken away. Time is that
    spent training, pauses and the night before a resume left out.
    """

    def __init__(self) -> None:
        self.version = 0
        """Changes whenever a curve does."""
        self._clear()

    def add(self, messages: Iterable[Message]) -> Record:
        """Take in more events, in order; return itself. A run's first event begins it anew."""
        for message in messages:
            if isinstance(message, Steps):
                self._gather(message)
            else:
                self._flush()
                self._take(message)
        self._flush()
        return self

    def series(self, name: str) -> Series | None:
        """The series of that name, of steps or of epochs; None while there is none."""
        return self.steps.get(name) or self.epochs.get(name)

    def axis(self, along: Along) -> Axis:
        """Where this run's steps stand."""
        if along == "time" and len(self._clock) > 1:
            return Axis(self._ticks.view.copy(), self._clock.view.copy())
        return Axis.even(self.steps_per_epoch if along == "epoch" else 1)

    def _clear(self) -> None:
        self.steps: dict[str, Series] = {}
        self.epochs: dict[str, Series] = {}
        self.steps_per_epoch = 1
        self._gathered: dict[str, tuple[list[Floats], list[Floats]]] = {}
        self._ticks, self._clock = Buffer(), Buffer()
        self._began = 0.0  # the moment at which the clock would have shown 0
        self._paused = 0.0

    def _gather(self, message: Steps) -> None:
        """Lay lines of steps aside: appended together, a long journal is read in no time."""
        self._tick(message.last, message.time)
        for name, values in message.values.items():
            steps, gathered = self._gathered.setdefault(name, ([], []))
            steps.append(np.arange(message.first, message.first + len(values), dtype=np.float64))
            gathered.append(np.asarray(values, dtype=np.float64))

    def _flush(self) -> None:
        for name, (steps, gathered) in self._gathered.items():
            _into(self.steps, name).append(np.concatenate(steps), np.concatenate(gathered))
            self.version += 1
        self._gathered.clear()

    def _take(self, message: Message) -> None:
        match message:
            case Created():
                self._clear()
            case Started():
                self._start(message)
            case Metrics():
                self._tick(message.step, message.time)
                for name, value in message.values.items():
                    _into(self.epochs, name).append([message.step], [value])
            case Paused():
                self._paused = message.time
            case Continued() if self._paused:
                self._began += message.time - self._paused
                self._paused = 0.0
            case _:
                return
        self.version += 1

    def _start(self, message: Started) -> None:
        self.steps_per_epoch = max(message.steps_per_epoch, 1)
        for one in (*self.steps.values(), *self.epochs.values()):
            one.truncate(message.step)
        kept = int(np.searchsorted(self._ticks.view, message.step, side="right"))
        self._ticks.truncate(kept)
        self._clock.truncate(kept)
        self._began, self._paused = message.time - self._now(), 0.0
        if not kept:
            self._tick(message.step, message.time)

    def _now(self) -> float:
        return float(self._clock.view[-1]) if len(self._clock) else 0.0

    def _tick(self, step: int, time: float) -> None:
        self._ticks.append([step])
        self._clock.append([max(time - self._began, self._now())])


def _into(family: dict[str, Series], name: str) -> Series:
    return family.setdefault(name, Series())
