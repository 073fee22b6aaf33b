"""What a mouse does to a plane: each gesture a small class that says what it leads to."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from studio.widgets.plane.layer import Places
from studio.widgets.plane.sight import Sight

FAR = 5
"""Pixels after which a press is a drag."""


class Signaled(Protocol):
    """A signal that tells which things were chosen."""

    def emit(self, places: Places) -> object: ...


class Stage(Protocol):
    """What gestures act on."""

    marked: Places

    @property
    def chosen(self) -> Signaled: ...

    def sight(self) -> Sight: ...

    def look(self, sight: Sight | None) -> None: ...

    def near(self, at: QPointF) -> int: ...

    def inside(self, box: QRectF) -> Places: ...

    def veil(self, box: QRectF | None) -> None: ...


class Gesture(Protocol):
    """From a press to a release."""

    def move(self, at: QPointF) -> None: ...

    def release(self, at: QPointF) -> None: ...


class Choose:
    """A click chooses the thing under it, or none; a drag all within a frame.

    Args:
        stage: whose things.
        at: where the mouse was pressed.
        more: whether what is chosen already stays: a click adds or takes away, a frame adds.
    """

    def __init__(self, stage: Stage, at: QPointF, *, more: bool) -> None:
        self._stage, self._start, self._more = stage, at, more
        self._far = False

    def move(self, at: QPointF) -> None:
        self._far = self._far or (at - self._start).manhattanLength() > FAR
        if self._far:
            self._stage.veil(QRectF(self._start, at).normalized())

    def release(self, at: QPointF) -> None:
        self._stage.veil(None)
        if self._far:
            found = self._stage.inside(QRectF(self._start, at).normalized())
            self._stage.chosen.emit(np.union1d(self._stage.marked, found) if self._more else found)
            return
        thing = self._stage.near(at)
        one = np.array([thing] if thing >= 0 else [], np.int64)
        self._stage.chosen.emit(np.setxor1d(self._stage.marked, one) if self._more else one)


class Pan:
    """Move what is seen."""

    def __init__(self, stage: Stage, at: QPointF) -> None:
        self._stage, self._start, self._before = stage, at, stage.sight()

    def move(self, at: QPointF) -> None:
        first, now = (self._before.place(one.x(), one.y()) for one in (self._start, at))
        self._stage.look(self._before.moved(first[0] - now[0], first[1] - now[1]))

    def release(self, at: QPointF) -> None:
        """It is where it is."""
