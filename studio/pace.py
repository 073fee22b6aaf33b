"""How fast a run goes, and how long it will still take."""

from __future__ import annotations

from collections import deque

from engine.events import Continued, Message, Started, Steps
from engine.runs import Summary

WINDOW = 30.0
"""Seconds of the past that the pace is measured over."""


class Pace:
    """Steps per second over the last half minute of a run; pauses do not count."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def add(self, message: Message) -> None:
        """Take in one event."""
        match message:
            case Started() | Continued():
                self._marks.clear()
                self._marks.append((message.time, message.step))
            case Steps():
                self._marks.append((message.time, message.last))
                while message.time - self._marks[0][0] > WINDOW and len(self._marks) > 2:
                    self._marks.popleft()

    @property
    def steps_per_second(self) -> float:
        """0 while nothing is known."""
        if len(self._marks) < 2:
            return 0.0
        (first, start), (last, end) = self._marks[0], self._marks[-1]
        return max(end - start, 0) / (last - first) if last > first else 0.0

    def seconds_left(self, summary: Summary) -> float | None:
        """Seconds to the end of the run at this pace, None while nobody can say."""
        left = summary.epochs * summary.steps_per_epoch - summary.step
        pace = self.steps_per_second
        return left / pace if pace > 0 and summary.steps_per_epoch else None


def fraction(summary: Summary) -> float:
    """How much of a run is done, 0 to 1."""
    whole = summary.epochs * summary.steps_per_epoch
    if summary.state == "finished":
        return 1.0
    return min(summary.step / whole, 1.0) if whole else 0.0


def spoken(seconds: float) -> str:
    """A duration as a person says it: `8 s`, `2 min 5 s`, `3 h 20 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 10:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
