"""A run in short, folded from its events: state, progress, best and last metrics."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from engine.events import Continued, Created, Ended, Event, Message, Metrics, Paused, Started, Steps
from engine.runs.better import improves

TREND = 64
"""Values that a trend has at most: as many as a small picture has room for."""

State: TypeAlias = Literal["queued", "running", "paused", "finished", "pruned", "stopped", "failed", "interrupted"]


@dataclass(slots=True)
class Summary:
    """What a table row needs. Feed it events in order with `add`; it never needs them again."""

    name: str = ""
    state: State = "queued"
    message: str = ""
    device: str = ""
    group: str = ""
    """What it belongs to: the runs of one project over several seeds, the trials of a study."""
    origin: str = ""
    """The run that it repeats or goes on from."""
    created: float = 0.0
    started: float = 0.0
    """When the first attempt began; 0 while queued."""
    ended: float = 0.0
    taken_up: float = 0.0
    """When the newest attempt began."""
    spent: float = 0.0
    """Seconds of the attempts before it."""
    updated: float = 0.0
    """The time of the last event."""
    epochs: int = 0
    epoch: int = 0
    steps_per_epoch: int = 0
    step: int = 0
    attempts: int = 0
    watch: str = "validation/loss"
    goal: Literal["min", "max"] = "min"
    last: dict[str, float] = field(default_factory=dict)
    """Metrics of the newest epoch, with the test split's once the run has finished."""
    best: dict[str, float] = field(default_factory=dict)
    """Metrics of the epoch whose watched metric was best."""
    best_epoch: int = 0
    trend: list[float] = field(default_factory=list)
    """The watched metric from epoch to epoch, NaN where one had none; of long runs every second, fourth … epoch."""
    trend_every: int = 1
    """How many epochs lie between two values of the trend."""

    @property
    def active(self) -> bool:
        """Whether somebody should be training it."""
        return self.state in ("running", "paused")

    @property
    def seconds(self) -> float:
        """Wall-clock seconds of all attempts, the newest to its end or to the last sign of life."""
        return self.spent + max(0.0, (self.ended or self.updated) - self.taken_up) if self.started else 0.0

    def add(self, messages: Iterable[Message | Event]) -> Summary:
        """Take in more events; return itself."""
        for message in messages:
            self._take(message)
            self.updated = message.time
        return self

    def _take(self, message: Message) -> None:
        match message:
            case Created():
                self.name, self.device, self.created = message.name, message.device, message.time
                self.group, self.origin = message.group, message.origin
            case Started():
                self._start(message)
            case Steps():
                self.step = message.last
            case Metrics():
                self._measure(message)
            case Paused():
                self.state = "paused"
            case Continued():
                self.state = "running"
            case Ended():
                self.state, self.message, self.ended = message.outcome, message.message, message.time
                self.last |= message.metrics

    def _start(self, message: Started) -> None:
        self.spent = self.seconds
        self.state, self.message, self.ended = "running", "", 0.0
        self.started, self.taken_up = self.started or message.time, message.time
        self.attempts += 1
        self.device, self.epochs, self.steps_per_epoch = message.device, message.epochs, message.steps_per_epoch
        self.step, self.epoch = message.step, message.epoch
        del self.trend[message.epoch // self.trend_every :]  # what an attempt before did beyond its checkpoint
        self.watch, self.goal = message.watch, message.goal

    def _measure(self, message: Metrics) -> None:
        self.epoch, self.step, self.last = message.epoch, message.step, dict(message.values)
        self._trace(message)
        if improves(message.values, self.best, watch=self.watch, goal=self.goal):
            self.best, self.best_epoch = dict(message.values), message.epoch

    def _trace(self, message: Metrics) -> None:
        if message.epoch % self.trend_every == 0:
            self.trend.append(message.values.get(self.watch, math.nan))
        if len(self.trend) > TREND:
            self.trend, self.trend_every = self.trend[1::2], self.trend_every * 2
