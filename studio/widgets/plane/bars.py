"""Bars that lie: what began when and how long it took, in a row for each place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from studio.theme import Colors
from studio.widgets.plane.layer import NOTHING, Layer, Level, Mask, Places, Step
from studio.widgets.plane.sight import Sight

AT_ONCE = 700
THICK = 0.66
"""How much of its row a bar fills."""
TALL = 26.0
NARROW = 7.0
"""Pixels below which a bar has no rim and no pattern of its own."""


@dataclass(frozen=True)
class Fill:
    """How bars of a kind look: a color and a pattern, so that they are told apart without it."""

    ink: QColor
    pattern: Qt.BrushStyle = Qt.BrushStyle.SolidPattern


@dataclass(frozen=True, kw_only=True, eq=False)
class Bars(Layer):
    """A bar for each thing.

    Args:
        start: where it begins, in units; NaN is not drawn.
        end: where it ends.
        row: at which place of the axis at the left.
        kinds: each bar's place among the fills.
        fills: gives the fills of a theme.
    """

    level: ClassVar[Level] = "things"
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    row: NDArray[np.float64]
    kinds: NDArray[np.int64]
    fills: Callable[[Colors], Sequence[Fill]]

    def steps(self, sight: Sight, colors: Colors, only: Mask | None = None) -> Iterator[Step]:
        left, right, middle, half = self._pixels(sight)
        within = (right >= sight.area.left()) & (left <= sight.area.right()) & (self.kinds >= 0)
        within = within if only is None else within & only
        shown = np.flatnonzero(within)
        if not sight.vector:
            shown = shown[_seen(left[shown], right[shown], self.row[shown])]
        fills = self.fills(colors)
        for first in range(0, len(shown), AT_ONCE):
            some = shown[first : first + AT_ONCE]
            boxes = zip(left[some].tolist(), right[some].tolist(), middle[some].tolist(), strict=True)
            kinds = [fills[kind] for kind in self.kinds[some].tolist()]
            part = [(QRectF(a, down - half, max(b - a - 1, 1.0), 2 * half), b - a) for a, b, down in boxes]
            yield lambda painter, part=part, kinds=kinds: _draw(painter, part, kinds)  # type: ignore[misc]

    def near(self, sight: Sight, x: float, y: float) -> int:
        left, right, middle, half = self._pixels(sight)
        off = np.maximum(np.maximum(left - x, x - right), 0)
        off = np.where((np.abs(middle - y) <= half + 2) & (self.kinds >= 0) & np.isfinite(off), off, np.inf)
        at = int(off.argmin()) if len(off) else -1
        return at if at >= 0 and off[at] <= 2 else -1

    def inside(self, sight: Sight, box: QRectF) -> Places:
        left, right, middle, half = self._pixels(sight)
        beside = (right >= box.left()) & (left <= box.right())
        return np.flatnonzero(
            beside & (middle + half >= box.top()) & (middle - half <= box.bottom()) & (self.kinds >= 0)
        )

    def light(self, painter: QPainter, sight: Sight, colors: Colors, thing: int) -> None:
        if not 0 <= thing < len(self.start):
            return
        left, right, middle, half = self._pixels(sight)
        box = QRectF(left[thing] - 1.5, middle[thing] - half - 1.5, right[thing] - left[thing] + 2, 2 * half + 3)
        painter.setPen(QPen(QColor(colors.text), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 2, 2)

    def order(self) -> Places:
        shown = np.flatnonzero((self.kinds >= 0) & np.isfinite(self.start))
        return shown[np.argsort(self.start[shown], kind="stable")] if len(shown) else NOTHING

    def spot(self, sight: Sight, thing: int) -> tuple[float, float] | None:
        if not 0 <= thing < len(self.start):
            return None
        middle = (self.start[thing] + self.end[thing]) / 2
        return float(sight.across(middle)), float(sight.down(self.row[thing]))

    def _pixels(self, sight: Sight) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], float]:
        """Left and right ends, middles from above, and half of a bar's height."""
        tall = sight.area.height() / max(sight.top - sight.bottom, 1e-9) * THICK
        return sight.across(self.start), sight.across(self.end), sight.down(self.row), min(tall, TALL) / 2


def _draw(painter: QPainter, boxes: Sequence[tuple[QRectF, float]], fills: Sequence[Fill]) -> None:
    for (box, wide), fill in zip(boxes, fills, strict=True):
        if wide < NARROW:
            painter.fillRect(box, fill.ink)
            continue
        ground = QColor(fill.ink)
        ground.setAlphaF(0.9 if fill.pattern is Qt.BrushStyle.SolidPattern else 0.28)
        painter.setPen(QPen(fill.ink, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 2, 2)
        if fill.pattern is not Qt.BrushStyle.SolidPattern:
            painter.setBrush(QBrush(fill.ink, fill.pattern))
            painter.drawRoundedRect(box, 2, 2)


def _seen(left: NDArray[np.float64], right: NDArray[np.float64], row: NDArray[np.float64]) -> Places:
    """Of bars that are narrower than a pixel and share one the last."""
    wide = np.flatnonzero(right - left >= 1.5)
    thin = np.flatnonzero(~(right - left >= 1.5))
    key = np.round(left[thin]).astype(np.int64) * 4096 + row[thin].astype(np.int64)
    _, last = np.unique(key[::-1], return_index=True)
    return np.sort(np.concatenate([wide, thin[len(key) - 1 - last]]))
