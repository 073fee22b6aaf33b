"""Going through many runs without keeping the window waiting: a few milliseconds at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

BUDGET = 0.005
"""Seconds of a slice: a third of a frame."""


class Slices(QObject):
    """Takes steps of one piece of work until it is done; newer work takes the place of older."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] | None = None
        self._then: Callable[[], object] = _nothing
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        return self._steps is not None

    def run(self, steps: Iterator[object], *, then: Callable[[], object]) -> None:
        """Take these steps, the first slice at once, and call `then` after the last."""
        self._steps, self._then = steps, then
        self._timer.start()
        self._go_on()

    def stop(self) -> None:
        """Leave the work as it is, and tell nobody."""
        self._steps = None
        self._timer.stop()

    def _go_on(self) -> None:
        end = perf_counter() + BUDGET
        while self._steps is not None and perf_counter() < end:
            try:
                next(self._steps)
            except StopIteration:
                self._steps = None
                self._timer.stop()
                self._then()


def _nothing() -> None:
    """Nobody waits for an end."""
