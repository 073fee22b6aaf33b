"""The lines of all things and the axes over them, as pictures that are made anew when they are old."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF

from studio.theme import Colors
from studio.widgets.parallel.frame import Frame
from studio.widgets.parallel.ink import Ink
from studio.widgets.parallel.painting import Look, paint_axis, paint_nowhere
from studio.widgets.parallel.raster import Raster, ramped, table_of
from studio.widgets.scale import Dimension

NEAR = 6
"""Pixels within which a line is named."""
SMOOTH = 1500
"""Lines up to which their edges are drawn smooth; among more of them nobody sees it."""
GLIMPSE = 0.1
"""Seconds between two looks at all lines while they are still being drawn."""

Mask = NDArray[np.bool_]


class Sheet:
    """What is drawn, a little in each frame, and kept until it is another."""

    def __init__(self) -> None:
        self.down: NDArray[np.float64] = np.empty((0, 0))
        """Lines × axes, in pixels from above."""
        self.ink: Ink | None = None
        self._frame = Frame(width=0, height=0, axes=1)
        self._dimensions: tuple[Dimension, ...] = ()
        self._colored = False
        self._pictures: dict[str, tuple[object, QImage]] = {}
        self._next = 0.0

    def lay_out(self, frame: Frame, dimensions: Sequence[Dimension], color: Dimension | None) -> None:
        """Begin anew with these axes, lines colored by one of them or all in one color."""
        self._frame, self._dimensions, self._colored = frame, tuple(dimensions), color is not None
        self.ink = None
        self.forget()
        if not dimensions or not len(dimensions[0].values):
            return
        self.down = frame.lines(np.stack([one.places() for one in dimensions], axis=1))
        across = [frame.across(at) for at in range(len(dimensions))]
        raster = Raster(frame.width, frame.height, across, smooth=len(self.down) <= SMOOTH)
        tones = np.ones(len(self.down)) if color is None else color.places()
        self.ink = Ink(raster, self.down, np.nan_to_num(tones, nan=0.0))

    @property
    def behind(self) -> bool:
        """Whether there is something to draw."""
        return self.ink is not None and self.ink.behind

    def forget(self) -> None:
        """Let go of the pictures, as when colors are others."""
        self._pictures = {}

    def choose(self, chosen: Mask | None) -> None:
        """Let these lines stand out; None for no choice."""
        if self.ink is not None:
            self.ink.choose(chosen)

    def paint_lines(self, painter: QPainter, chosen: Mask | None, colors: Colors) -> None:
        """All lines, or the chosen ones over all in gray."""
        if self.ink is None:
            return
        every = _opacity(len(self.down))
        if chosen is None:
            painter.drawImage(0, 0, self._lines("every", every, colors))
        else:
            painter.drawImage(0, 0, self._lines("faint", every / 4, colors))
            painter.drawImage(0, 0, self._lines("some", _opacity(int(chosen.sum())), colors))

    def axes(self, looks: tuple[Look, ...], size: QSize, ratio: float, colors: Colors, nowhere: str) -> QImage:
        """A picture of all axes: words take longer to draw than ten thousand lines take to be laid over each other."""
        kept = self._pictures.get("axes")
        if kept is None or kept[0] != looks:
            image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
            image.setDevicePixelRatio(ratio)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if any(np.isnan(one.values).any() for one in self._dimensions):
                paint_nowhere(painter, self._frame, colors, nowhere)
            for look in looks:
                paint_axis(painter, self._frame, look, colors)
            painter.end()
            kept = self._pictures["axes"] = (looks, image)
        return kept[1]

    def polyline(self, at: int) -> QPolygonF | None:
        """One line, None where there is none of that number."""
        if not 0 <= at < len(self.down):
            return None
        downs = enumerate(self.down[at].tolist())
        return QPolygonF([QPointF(self._frame.across(place), down) for place, down in downs])

    def nearest(self, x: float, y: float, chosen: Mask) -> int:
        """The line under a point, among the chosen ones; -1 for none."""
        frame = self._frame
        left = int((x - frame.across(0)) // frame.step) if frame.axes > 1 else -1
        if not (0 <= left < frame.axes - 1 and len(self.down)):
            return -1
        share = (x - frame.across(left)) / frame.step
        at = self.down[:, left] * (1 - share) + self.down[:, left + 1] * share
        far = np.where(chosen, np.abs(at - y), np.inf)
        found = int(far.argmin())
        return found if far[found] <= NEAR else -1

    def _lines(self, name: str, opacity: float, colors: Colors) -> QImage:
        """A picture of lines: "every" in color, "faint" all in gray, "some" the chosen ones; made when it is old."""
        assert self.ink is not None
        version: object = (self.ink.version if name == "some" else self.ink.share, opacity)
        kept = self._pictures.get(name)
        if kept is None or (kept[0] != version and self._due(name)):
            plain = colors.faint if name == "faint" else "" if self._colored else colors.accent
            table = table_of([QColor(plain)] * 64, opacity) if plain else ramped(colors, opacity=opacity)
            drawn = self.ink.some(table) if name == "some" else self.ink.every(table)
            kept = self._pictures[name] = (version, drawn)
        return kept[1]

    def _due(self, name: str) -> bool:
        """While all lines are drawn for the first time, a picture of them in every frame would take the time of it."""
        if name == "some" or not self.behind:
            return True
        due = perf_counter() > self._next
        self._next = perf_counter() + GLIMPSE if due else self._next
        return due


def _opacity(lines: int) -> float:
    """How opaque a line is among so many: a few are strong, ten thousand show where they are dense."""
    return float(min(0.95, max(0.05, 4.0 / max(lines, 1) ** 0.5)))
