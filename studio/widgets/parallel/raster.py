"""Thousands of lines between upright axes as sums over pixels: lines are added and taken away in any order.

Qt's rasterizer takes some ten microseconds for each piece of a line, which for ten thousand runs over eight axes is a
second. Here a line is where it enters and leaves each column of pixels, counted with `bincount`, and a running sum down
the columns fills what lies between. Sums are whole numbers, so taking away what was added leaves exactly nothing, and a
brush that moves costs only the lines that it gains and loses.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from studio.theme import Colors
from studio.widgets.ramp import ramp

PARTS = 16
"""How finely a pixel is covered: lines are smooth at their edges."""
COUNT_BITS = 30
"""Bits of a sum below which colors are added up; above them coverage is. Exact in float64 for 100,000 lines."""
MASK = (1 << COUNT_BITS) - 1
TONES, DEPTHS = 64, 64
"""Colors and opacities that a picture has."""
DEEPEST = PARTS * 256
DEPTH = np.round(np.log1p(np.arange(DEEPEST)) / np.log1p(DEEPEST - 1) * (DEPTHS - 1)).astype(np.int64)
"""The step of opacity for so many parts of a pixel, finer where there are few."""
PARTS_AT = np.expm1(np.arange(DEPTHS) / (DEPTHS - 1) * np.log1p(DEEPEST - 1))
"""And back."""

Floats = NDArray[np.float64]


FIXED = 16
"""Bits behind the point of whole numbers that stand for places."""


Ends = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Of each line, the highest and the lowest place that it may have."""


class Span:
    """What lies between two neighboring axes: for each pixel how far lines cover it, and the sum of their colors.

    Args:
        left: where the left axis stands, in pixels.
        right: where the right one stands.
        size: width and height of the picture, in pixels; what lies beside it is left out.
        smooth: whether the edges of lines are, and every column is looked at, not every second: that takes six times
            as long, and shows where lines are few.
    """

    def __init__(self, left: float, right: float, size: tuple[int, int], *, smooth: bool) -> None:
        width, height = size
        self._left, self._right, self._height, self._smooth = left, right, height, smooth
        self._stride, first = 1 if smooth else 2, int(np.ceil(left))
        self.end = min(max(int(np.ceil(right)), first + 1), width)
        self.columns = np.arange(max(first, 0), self.end, self._stride)
        # Steep lines reach beyond the ends of their axes by half of what they fall in a column.
        self._pad = int(self._stride * height / max(right - left, 1)) + 3
        self._rows = height + 2 * self._pad
        self.edges = np.zeros(len(self.columns) * self._rows, np.int64)

    def add(self, start: Floats, end: Floats, weights: Floats) -> None:
        """Add lines from the left axis to the right one, where they have a place on both."""
        if not len(self.columns):
            return
        known = np.isfinite(start) & np.isfinite(end)
        start, end, weights = start[known], end[known], weights[known]
        slope = (end - start) / max(self._right - self._left, 1e-9)
        reach = np.sqrt(1 + (slope * self._stride) ** 2) / 2  # half of a line of one pixel, cut upright
        top = start + self._pad - reach
        ends = self._ends(start, end)
        if self._smooth:
            self._edge(_within(self._along(top, slope), ends), weights, 1)
            self._edge(_within(self._along(top + 2 * reach, slope), ends), weights, -1)
            return
        rows = self._along(top + 0.5, slope) >> FIXED
        ends = None if ends is None else (ends[0] >> FIXED, (ends[1] >> FIXED) + 1)
        amount = np.repeat(weights * PARTS, len(self.columns))
        thick = np.maximum(1, np.round(2 * reach)).astype(np.int64)[:, None]
        below = rows + thick
        self._sum(_within(rows, ends), amount, 1)
        self._sum(_within(below, ends), amount, -1)

    def pixels(self, table: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Colors, height × pixels from the first column to the last."""
        sums = self.edges.reshape(-1, self._rows).cumsum(axis=1)[:, self._pad : self._pad + self._height]
        cover = sums >> COUNT_BITS
        share = (sums & MASK).astype(np.float32) / np.maximum(cover, 1).astype(np.float32)
        tone = (share * np.float32((TONES - 1) / 255)).astype(np.int64)
        found = table[DEPTH[np.minimum(cover, DEEPEST - 1)] * TONES + tone].T
        return found if self._stride == 1 else np.repeat(found, self._stride, axis=1)

    def _along(self, start: Floats, slope: Floats) -> NDArray[np.int64]:
        """Where lines are in each column: lines × columns, in fixed point."""
        first, rise = (np.round(one * (1 << FIXED)).astype(np.int64) for one in (start, slope))
        first += np.round(slope * (self.columns[0] - self._left) * (1 << FIXED)).astype(np.int64)
        places: NDArray[np.int64] = rise[:, None] * (self.columns - self.columns[0])[None, :]
        places += first[:, None]
        return places

    def _ends(self, start: Floats, end: Floats) -> Ends | None:
        """How far up and down each line goes, as a column of fixed points; None where all are in sight.

        Out of sight all places are one, where the two edges of a line take each other away. In sight there is room for
        what steep lines reach beyond their ends; a line to a place far away is much steeper than that.
        """
        up, down = np.minimum(start, end) - 0.5, np.maximum(start, end) + 0.5
        if not len(up) or (up.min() >= -1 and down.max() <= self._height + 1):
            return None
        low, high = (np.clip(one + self._pad, 0, self._rows - 2) * (1 << FIXED) for one in (up, down))
        return low.astype(np.int64)[:, None], high.astype(np.int64)[:, None]

    def _edge(self, at: NDArray[np.int64], weights: Floats, sign: int) -> None:
        """From here down a line covers its column: part of the pixel that the edge cuts, all of those below."""
        cut = ((at >> (FIXED - 4)) & (PARTS - 1)).astype(np.float64)
        rows = at >> FIXED
        cut *= weights[:, None]
        self._sum(rows, (weights * PARTS)[:, None] - cut, sign)
        self._sum(rows + 1, cut, sign)

    def _sum(self, rows: NDArray[np.int64], amount: Floats, sign: int) -> None:
        cells = rows + (np.arange(len(self.columns)) * self._rows)[None, :]
        self.edges += sign * np.bincount(cells.ravel(), amount.ravel(), minlength=len(self.edges)).astype(np.int64)


class Raster:
    """What lies between all the axes.

    Args:
        width: of the picture, in pixels.
        height: of the picture.
        across: where the axes stand, in pixels from the left, ascending.
        smooth: whether the edges of lines are.
    """

    def __init__(self, width: int, height: int, across: Sequence[float], *, smooth: bool = True) -> None:
        self.width, self.height = max(width, 1), max(height, 1)
        self._across, self._smooth = tuple(across), smooth
        self.spans = [Span(left, right, (self.width, self.height), smooth=smooth) for left, right in pairwise(across)]

    def blank(self) -> Raster:
        """One of the same size with nothing on it."""
        return Raster(self.width, self.height, self._across, smooth=self._smooth)

    def copy(self) -> Raster:
        """One with the same on it."""
        made = self.blank()
        for span, mine in zip(made.spans, self.spans, strict=True):
            span.edges = mine.edges.copy()
        return made

    def add(self, down: Floats, tones: Floats, *, sign: int = 1) -> None:
        """Add lines, or with `sign` -1 take them away.

        Args:
            down: lines × axes: where each line crosses an axis, in pixels from above; NaN where it has no value.
            tones: each line's color, 0 to 1.
            sign: 1 or -1.
        """
        tone = np.round(np.clip(np.nan_to_num(tones), 0, 1) * 255)
        weights = sign * ((1 << COUNT_BITS) + tone)
        for place, span in enumerate(self.spans):
            span.add(down[:, place], down[:, place + 1], weights)

    def picture(self, table: NDArray[np.uint32]) -> QImage:
        """The lines as a picture; `table` has a color for each depth and tone (see `table_of`)."""
        pixels = np.zeros((self.height, self.width), np.uint32)
        for span in self.spans:
            if len(span.columns):
                first = int(span.columns[0])
                pixels[:, first : span.end] = span.pixels(table)[:, : span.end - first]
        image = QImage(pixels.data, self.width, self.height, self.width * 4, QImage.Format.Format_ARGB32_Premultiplied)
        return image.copy()  # which keeps its own memory


def _within(places: NDArray[np.int64], ends: Ends | None) -> NDArray[np.int64]:
    """Places kept between their ends, if there are any to keep to."""
    return places if ends is None else np.clip(places, *ends, out=places)


@lru_cache(maxsize=64)
def ramped(theme: Colors, *, opacity: float) -> NDArray[np.uint32]:
    """A table of the theme's ramp: a line's color is its tone."""
    return table_of(ramp(theme, TONES), opacity)


def table_of(tones: Sequence[QColor], opacity: float) -> NDArray[np.uint32]:
    """Premultiplied colors by depth and tone: a single line is as opaque as that, lines over each other are more."""
    alpha = 1 - (1 - opacity) ** (PARTS_AT[:, None] / PARTS)
    red, green, blue = (
        np.round([[getattr(one, name)() for one in tones]] * alpha).astype(np.uint32)
        for name in ("red", "green", "blue")
    )
    veil = np.broadcast_to(np.round(alpha * 255).astype(np.uint32), red.shape)
    return np.asarray(((veil << 24) | (red << 16) | (green << 8) | blue).ravel(), np.uint32)
