"""Thousands of curves over the same steps, summed up over pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from studio.theme import Colors
from studio.widgets.parallel.raster import Raster, table_of
from studio.widgets.plane.layer import NOTHING, REACH, Layer, Level, Mask, Places, Step
from studio.widgets.plane.sight import Sight
from studio.widgets.ramp import ramp

Floats = NDArray[np.float64]
CLOSE = 5
"""Pixels between two steps at least; of steps that are closer every so many is drawn."""
SMOOTH = 600
"""Curves up to which their edges are drawn smooth."""
PIECE = 120_000
"""Pixels that are summed up in a step, about."""
DRAWN = 40
"""Curves up to which each is drawn as a line of its own, as a picture for print has them."""
FARTHEST = 1e6
"""Pixels beyond which a place out of sight is as good as any other."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Fan(Layer):
    """A curve for each thing.

    Args:
        x: the steps, ascending, in units.
        y: things × steps, in units; NaN before and after a curve.
        tones: each curve's color on the ramp, 0 to 1.
        faded: curves that lie faint and gray behind the others.
        plain: whether all curves have the accent's color and the ramp is not used.
    """

    level: ClassVar[Level] = "things"
    x: Floats
    y: Floats
    tones: Floats
    faded: Mask
    plain: bool = False

    def steps(self, sight: Sight, colors: Colors, only: Mask | None = None) -> Iterator[Step]:
        shown = np.isfinite(self.y).any(axis=1)
        shown = shown if only is None else shown & only
        for back in (True, False):
            some = np.flatnonzero(shown & (self.faded == back))
            if not len(some):
                continue
            if len(some) <= DRAWN:
                yield from self._lines(sight, colors, some, back=back)
            else:
                yield from self._raster(sight, colors, some, back=back)

    def near(self, sight: Sight, x: float, y: float) -> int:
        if len(self.x) == 0 or not sight.area.contains(x, y):
            return -1
        down = sight.down(self._at(sight.place(x, y)[0]))
        far = np.where(np.isfinite(down), np.abs(down - y), np.inf)
        far = far + np.where(self.faded, 3.0, 0.0)  # of two that are near, the one that is seen better
        at = int(far.argmin()) if len(far) else -1
        return at if at >= 0 and far[at] <= REACH else -1

    def inside(self, sight: Sight, box: QRectF) -> Places:
        across = sight.across(self.x)
        some = (across >= box.left()) & (across <= box.right())
        if not some.any():
            return NOTHING
        down = sight.down(self.y[:, some])
        with np.errstate(invalid="ignore"):
            return np.flatnonzero(((down >= box.top()) & (down <= box.bottom())).any(axis=1))

    def light(self, painter: QPainter, sight: Sight, colors: Colors, thing: int) -> None:
        if not 0 <= thing < len(self.y):
            return
        painter.setPen(QPen(QColor(colors.text), 2.2))
        painter.drawPolyline(self._polyline(sight, thing))
        spot = self.spot(sight, thing)
        if spot is not None:
            painter.setBrush(QColor(colors.text))
            painter.drawEllipse(QPointF(*spot), 3, 3)

    def order(self) -> Places:
        return np.flatnonzero(np.isfinite(self.y).any(axis=1))

    def spot(self, sight: Sight, thing: int) -> tuple[float, float] | None:
        """Where a curve ends."""
        if not 0 <= thing < len(self.y) or not (known := np.flatnonzero(np.isfinite(self.y[thing]))).size:
            return None
        last = known[-1]
        return float(sight.across(self.x[last])), float(sight.down(self.y[thing, last]))

    def _at(self, x: float) -> Floats:
        """Every curve's value at a place between two steps."""
        right = int(np.clip(np.searchsorted(self.x, x), 0, len(self.x) - 1))
        left = max(right - 1, 0)
        if left == right:
            return np.asarray(self.y[:, right])
        share = (x - self.x[left]) / (self.x[right] - self.x[left])
        between = self.y[:, left] * (1 - share) + self.y[:, right] * share
        return np.where(np.isfinite(between), between, self.y[:, left] if share < 0.25 else np.nan)

    def _polyline(self, sight: Sight, thing: int) -> QPolygonF:
        known = np.isfinite(self.y[thing])
        across, down = sight.across(self.x[known]), sight.down(self.y[thing, known])
        return QPolygonF([QPointF(*one) for one in zip(across.tolist(), down.tolist(), strict=True)])

    def _lines(self, sight: Sight, colors: Colors, some: Places, *, back: bool) -> Iterator[Step]:
        inks = ramp(colors)
        for thing in some.tolist():
            tone = round(float(np.clip(np.nan_to_num(self.tones[thing]), 0, 1)) * (len(inks) - 1))
            ink = QColor(colors.faint if back else colors.accent if self.plain else inks[tone])
            ink.setAlphaF(0.45 if back else 0.9)
            line, width = self._polyline(sight, thing), 1.1 if back else 1.6
            yield lambda painter, ink=ink, line=line, width=width: _draw_line(painter, ink, line, width)  # type: ignore[misc]

    def _raster(self, sight: Sight, colors: Colors, some: Places, *, back: bool) -> Iterator[Step]:
        columns = _columns(sight, self.x)
        across = sight.across(self.x[columns]) - sight.area.left()
        width, height = int(sight.area.width()), int(sight.area.height())
        raster = Raster(width, height, across.tolist(), smooth=len(some) <= SMOOTH)
        at_once = max(8, PIECE // max(width, 1))
        order = np.random.default_rng(0).permutation(some)  # any part of it looks like the whole
        for first in range(0, len(order), at_once):
            part = order[first : first + at_once]
            down = sight.down(self.y[np.ix_(part, columns)]) - sight.area.top()
            raster.add(np.clip(down, -FARTHEST, FARTHEST), np.nan_to_num(self.tones[part]))
            yield _pass
        yield _pass
        table = self._table(colors, len(some), back=back)
        picture: QImage = raster.picture(table)
        yield lambda painter: painter.drawImage(QPointF(sight.area.left(), sight.area.top()), picture)

    def _table(self, colors: Colors, count: int, *, back: bool) -> NDArray[np.uint32]:
        opacity = float(min(0.9, max(0.06, 4.0 / count**0.5))) * (0.35 if back else 1.0)
        plain = QColor(colors.faint if back else colors.accent)
        return table_of([plain] * 64 if back or self.plain else ramp(colors, 64), opacity)


def _columns(sight: Sight, x: Floats) -> Places:
    """Which steps are drawn: those in sight and one beside them, not closer than a few pixels."""
    across = sight.across(x)
    first = max(int(np.searchsorted(across, sight.area.left())) - 1, 0)
    last = min(int(np.searchsorted(across, sight.area.right())) + 1, len(x))
    count = max(int(sight.area.width() // CLOSE), 2)
    stride = max(1, -(-(last - first) // count))
    found = np.arange(first, last, stride)
    return found if not len(found) or found[-1] == last - 1 else np.append(found, last - 1)


def _pass(painter: QPainter) -> None:
    """Nothing to be seen yet."""


def _draw_line(painter: QPainter, ink: QColor, line: QPolygonF, width: float) -> None:
    pen = QPen(ink, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(line)
