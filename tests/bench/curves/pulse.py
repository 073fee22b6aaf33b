"""How long each event holds Qt's event loop: nothing else, no click and no key, is answered meanwhile."""

from statistics import median
from time import perf_counter

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication


class Pulse(QApplication):
    """An application that times every event it delivers.

    A frame is the work since the last one was painted, the painting included; a stall is one event's time.
    """

    def __init__(self, arguments: list[str]) -> None:
        self.frames: list[float] = []
        self.stall = 0.0
        self._depth = 0
        self._busy = 0.0
        self._painted = False
        super().__init__(arguments)

    def begin(self) -> None:
        """Forget what was measured so far."""
        self.frames.clear()
        self.stall = self._busy = 0.0

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver an event; one that is delivered from within another is part of it."""
        self._painted = self._painted or event.type() == QEvent.Type.Paint
        if self._depth:
            return super().notify(receiver, event)
        self._depth += 1
        began = perf_counter()
        try:
            return super().notify(receiver, event)
        finally:
            self._depth -= 1
            self._count(perf_counter() - began)

    def _count(self, seconds: float) -> None:
        self.stall = max(self.stall, seconds)
        self._busy += seconds
        if self._painted:
            self.frames.append(self._busy)
            self._busy, self._painted = 0.0, False

    def figures(self) -> dict[str, float]:
        """Median frame and longest stall in milliseconds, and how many frames there were."""
        frames = self.frames or [float("nan")]
        return {"frame": 1000 * median(frames), "stall": 1000 * self.stall, "frames": len(self.frames)}
