"""Everything that one training needs, held together for the loop and the behaviors beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Literal

from engine.data import Samples
from engine.runs import RunFolder
from engine.train.learner import Learner
from engine.train.plan import Plan
from engine.train.progress import Progress
from engine.train.reporter import Reporter

if TYPE_CHECKING:
    from engine.train.behaviors import Behavior

PULSE = 0.04
"""Seconds between two looks at what should happen beside the steps: an order waits no longer than that and one step."""


@dataclass(kw_only=True)
class Job(Learner):
    """A run in the making."""

    folder: RunFolder
    reporter: Reporter
    splits: Mapping[str, Samples]
    watches: bool
    """Whether the schedule is told the watched metric."""
    plan: Plan
    watch: str
    goal: Literal["min", "max"]
    at_once: int
    """Samples that are evaluated together."""
    progress: Progress = field(default_factory=Progress)
    behaviors: tuple[Behavior, ...] = ()
    due: float = 0.0
    """When the next pulse should be, on the clock of `perf_counter`."""
    since: float = field(default_factory=perf_counter)
    """When the running epoch's seconds were last counted."""

    @property
    def is_done(self) -> bool:
        """Whether no further epoch is to come."""
        return self.progress.epoch >= self.training.epochs or bool(self.progress.enough)

    def pulse(self) -> None:
        """Let the behaviors do what is due; one of them may end the run by raising `Halt`."""
        now = self.count_time()
        self.due = now + PULSE
        for behavior in self.behaviors:
            behavior.pulse(self, now)

    def count_time(self) -> float:
        """Add the time since the last counting to the epoch's, and return the time."""
        now = perf_counter()
        self.progress.seconds += now - self.since
        self.since = now
        return now

    def read_losses(self) -> None:
        """Wait for the losses so far, write them down and show them to the behaviors."""
        read = self.losses.read(self.progress)
        if read is None:
            return
        norm = self.losses.read_norm(read)
        self.reporter.say(read, *([norm] if norm is not None else []))
        for behavior in self.behaviors:
            behavior.read(self, read)
