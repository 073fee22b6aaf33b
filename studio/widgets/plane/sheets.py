"""Pictures that are drawn step by step, a few milliseconds in each frame, however much there is to draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from studio.widgets.plane.layer import Step
from studio.widgets.plane.sight import Sight

BUDGET = 0.005
"""Seconds of drawing in a frame; the rest is for the pictures themselves."""


class Sheet:
    """A transparent picture of what a sight shows.

    Args:
        size: of the widget.
        sight: what is seen; the picture has as many pixels as its `ratio` says.
        steps: what draws it.
    """

    def __init__(self, size: QSize, sight: Sight, steps: Iterator[Step]) -> None:
        self.sight = sight
        self.image = QImage(size * sight.ratio, QImage.Format.Format_ARGB32_Premultiplied)
        self.image.setDevicePixelRatio(sight.ratio)
        self.image.fill(Qt.GlobalColor.transparent)
        self.done = False
        self._steps = steps

    def advance(self, until: float) -> None:
        """Draw on until that time, one step at least."""
        painter = QPainter(self.image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bottom = self.sight.lane + 12 if self.sight.lane == self.sight.lane else self.sight.area.bottom() + 4
        clip = self.sight.area.adjusted(-4, -4, 4, 0)
        clip.setBottom(bottom)
        painter.setClipRect(clip)
        for step in self._steps:
            step(painter)
            if perf_counter() > until:
                break
        else:
            self.done = True
        painter.end()


class Easel(QObject):
    """Draws the sheets of some widgets, one after the other, with one budget for all of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: dict[QWidget, tuple[Sheet, ...]] = {}
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._advance)

    def draw(self, owner: QWidget, sheets: Sequence[Sheet]) -> None:
        """Draw these for a widget from now on, and nothing else for it; it is repainted as they progress."""
        self._work.pop(owner, None)
        if waiting := tuple(one for one in sheets if not one.done):
            self._work[owner] = waiting
            self._timer.start()

    def wake(self) -> None:
        """A widget is seen again that was hidden."""
        if self._work:
            self._timer.start()

    def forget(self, owner: QWidget) -> None:
        """A widget goes away."""
        self._work.pop(owner, None)

    def _advance(self) -> None:
        until, seen = perf_counter() + BUDGET, False
        for owner, sheets in list(self._work.items()):
            if not owner.isVisible():
                continue
            seen = True
            for sheet in sheets:
                if not sheet.done:
                    sheet.advance(until)
                if perf_counter() > until:
                    break
            owner.update()
            if all(one.done for one in sheets):
                self._work.pop(owner, None)
            if perf_counter() > until:
                break
        if not seen:
            self._timer.stop()
