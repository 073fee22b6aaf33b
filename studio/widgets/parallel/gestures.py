"""What a mouse does to axes and brushes: each gesture a small class that says what it leads to."""

from __future__ import annotations

from typing import Protocol

from studio.widgets.parallel.brushes import Brushes, moved
from studio.widgets.parallel.frame import Frame, Hold


class Gesture(Protocol):
    """From a press to a release."""

    def move(self, x: float, y: float) -> None: ...

    def release(self) -> None: ...


class Stage(Protocol):
    """What gestures act on."""

    def frame(self) -> Frame: ...

    def set_brushes(self, brushes: Brushes) -> None: ...

    def drag_axis(self, at: int, x: float) -> None: ...

    def drop_axis(self, at: int, to: int) -> None: ...


class Draw:
    """Brush a new range; a click without a movement clears the axis."""

    def __init__(self, stage: Stage, key: str, before: Brushes, y: float) -> None:
        self._stage, self._key, self._before = stage, key, before
        self._start = stage.frame().place(y)
        self._far = False

    def move(self, x: float, y: float) -> None:
        place = self._stage.frame().place(y)
        self._far = self._far or abs(place - self._start) * (self._stage.frame().bottom - self._stage.frame().top) > 3
        if self._far:
            ranges = (*self._before.of(self._key), (self._start, place))
            self._stage.set_brushes(self._before.put(self._key, *ranges))

    def release(self) -> None:
        if not self._far:
            self._stage.set_brushes(self._before.put(self._key))


class Change:
    """Move a brush, or one of its ends."""

    def __init__(self, stage: Stage, key: str, before: Brushes, held: tuple[int, Hold], y: float) -> None:
        self._stage, self._key, self._before, self._held = stage, key, before, held
        self._start = stage.frame().place(y)

    def move(self, x: float, y: float) -> None:
        place, (at, hold) = self._stage.frame().place(y), self._held
        ranges = list(self._before.of(self._key))
        low, high = ranges[at]
        if hold == "whole":
            ranges = list(moved(ranges, at, place - self._start))
        else:
            ranges[at] = (place, high) if hold == "low" else (low, place)
        self._stage.set_brushes(self._before.put(self._key, *ranges))

    def release(self) -> None:
        """It is where it is."""


class Reorder:
    """Carry an axis to another place."""

    def __init__(self, stage: Stage, at: int, x: float) -> None:
        self._stage, self._at, self._start, self._x = stage, at, x, x
        self._far = False

    def move(self, x: float, y: float) -> None:
        self._x, self._far = x, self._far or abs(x - self._start) > 5
        if self._far:
            self._stage.drag_axis(self._at, x)

    def release(self) -> None:
        if self._far:
            frame = self._stage.frame()
            to = round((self._x - frame.across(0)) / frame.step)
            self._stage.drop_axis(self._at, min(max(to, 0), frame.axes - 1))
