"""Points: ten thousand of them are stamped, for each outline that Qt draws anew would take as long as ten stamps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from studio.theme import Colors
from studio.widgets.plane.layer import NOTHING, Layer, Level, Mask, Places, Step, nearest
from studio.widgets.plane.shapes import SHAPES, paint_shape, stamp, stamp_side
from studio.widgets.plane.sight import Sight

AT_ONCE = 800
"""Points in a step."""
MANY = 2000
USUAL, SMALL = 3.6, 2.4
"""Radius of points in pixels, of few and of many."""
Palette = Callable[[Colors], Sequence[QColor]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Dots(Layer):
    """A point for each thing.

    Args:
        x: along the axis below, in units; NaN is not drawn.
        y: along the axis at the left; NaN stands in the sight's lane, where it has one.
        shapes: each point's place in `SHAPES`; -1 is not drawn.
        inks: each point's place in the palette.
        palette: gives the colors of a theme.
        radius: of a point, in pixels.
    """

    level: ClassVar[Level] = "things"
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    shapes: NDArray[np.int64]
    inks: NDArray[np.int64]
    palette: Palette
    radius: float = USUAL

    def steps(self, sight: Sight, colors: Colors, only: Mask | None = None) -> Iterator[Step]:
        across, down = self._pixels(sight)
        within = np.isfinite(across) & np.isfinite(down) & _in(sight, across, down, self.radius)
        if only is not None:
            within &= only
        shown = np.flatnonzero(within)
        if not sight.vector and len(shown) > MANY:
            shown = shown[_apart(across[shown], down[shown], self.shapes[shown], self.inks[shown])]
        inks = self.palette(colors)
        for first in range(0, len(shown), AT_ONCE):
            some = shown[first : first + AT_ONCE]
            yield partial(self._draw, some=some, across=across, down=down, inks=inks, sight=sight)

    def near(self, sight: Sight, x: float, y: float) -> int:
        return nearest(*self._pixels(sight), x, y)

    def inside(self, sight: Sight, box: QRectF) -> Places:
        across, down = self._pixels(sight)
        held = (across >= box.left()) & (across <= box.right()) & (down >= box.top()) & (down <= box.bottom())
        return np.flatnonzero(held)

    def light(self, painter: QPainter, sight: Sight, colors: Colors, thing: int) -> None:
        if (spot := self.spot(sight, thing)) is None:
            return
        painter.setPen(QPen(QColor(colors.text), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(*spot), self.radius + 3.5, self.radius + 3.5)

    def order(self) -> Places:
        shown = np.flatnonzero((self.shapes >= 0) & np.isfinite(self.x))
        return shown[np.argsort(self.x[shown], kind="stable")] if len(shown) else NOTHING

    def spot(self, sight: Sight, thing: int) -> tuple[float, float] | None:
        if not 0 <= thing < len(self.x) or self.shapes[thing] < 0:
            return None
        x, y = float(sight.across(self.x[thing])), float(sight.down(self.y[thing]))
        inside = np.isfinite(x) and np.isfinite(y) and bool(_in(sight, np.array([x]), np.array([y]), 0.5)[0])
        return (x, y) if inside else None

    def _pixels(self, sight: Sight) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return np.where(self.shapes >= 0, sight.across(self.x), np.nan), sight.down(self.y)

    def _draw(  # noqa: PLR0913 - bound once for each step
        self,
        painter: QPainter,
        *,
        some: Places,
        across: NDArray[np.float64],
        down: NDArray[np.float64],
        inks: Sequence[QColor],
        sight: Sight,
    ) -> None:
        spots = zip(
            across[some].tolist(),
            down[some].tolist(),
            self.shapes[some].tolist(),
            self.inks[some].tolist(),
            strict=True,
        )
        if sight.vector:
            for x, y, shape, ink in spots:
                paint_shape(painter, SHAPES[shape], QPointF(x, y), self.radius, inks[ink])
            return
        half, rgba, ratio = stamp_side(self.radius) / 2, [one.rgba() for one in inks], sight.ratio
        draw = painter.drawImage
        for x, y, shape, ink in spots:
            draw(
                QPointF(round(x) - half + 0.5, round(y) - half + 0.5),
                stamp(SHAPES[shape], self.radius, rgba[ink], ratio),
            )


def radius_for(count: int) -> float:
    """The radius of a point among so many."""
    return USUAL if count <= MANY else SMALL


def _in(sight: Sight, across: NDArray[np.float64], down: NDArray[np.float64], room: float) -> Mask:
    """Which pixels are in sight; the lane of what has no value is."""
    area = sight.area.adjusted(-room, -room, room, room)
    found = (across >= area.left()) & (across <= area.right()) & (down >= area.top())
    return np.asarray(found & ((down <= area.bottom()) | (down == sight.lane)))


def _apart(across: NDArray[np.float64], down: NDArray[np.float64], shapes: Places, inks: Places) -> Places:
    """Of points that are drawn alike on one pixel the last: nobody sees those below it."""
    key = ((np.round(across) * 16384 + np.round(down)).astype(np.int64) * 16 + shapes) * 64 + inks
    _, last = np.unique(key[::-1], return_index=True)
    return np.sort(len(key) - 1 - last)
