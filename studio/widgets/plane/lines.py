"""A line over a plane, straight from point to point or in steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from studio.theme import Colors
from studio.widgets.plane.layer import Layer, Level, Mask, Step
from studio.widgets.plane.sight import Sight

Turn = Literal["", "after", "before"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Line(Layer):
    """One line without things of its own.

    Args:
        x: along the axis below, in units.
        y: along the axis at the left; NaN breaks the line.
        ink: the color of a theme that it has.
        turn: whether it goes in steps, with the riser at the later or the earlier point.
        width: in pixels.
        dashed: whether it is.
    """

    level: ClassVar[Level] = "over"
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    ink: Callable[[Colors], str]
    turn: Turn = ""
    width: float = 2.0
    dashed: bool = False

    def steps(self, sight: Sight, colors: Colors, only: Mask | None = None) -> Iterator[Step]:
        x, y = turned(self.x, self.y, self.turn)
        across, share = sight.across(x), (y - sight.bottom) / (sight.top - sight.bottom)
        down = np.clip(sight.area.bottom() - share * sight.area.height(), -1e5, 1e5)  # NaN stays: no lane for a line
        across = np.clip(across, -1e5, 1e5)
        yield lambda painter: self._draw(painter, across, down, QColor(self.ink(colors)))

    def _draw(self, painter: QPainter, across: NDArray[np.float64], down: NDArray[np.float64], ink: QColor) -> None:
        pen = QPen(ink, self.width, Qt.PenStyle.CustomDashLine if self.dashed else Qt.PenStyle.SolidLine)
        if self.dashed:
            pen.setDashPattern([4, 3])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if self.dashed else Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for part in _whole(across, down):
            painter.drawPolyline(QPolygonF([QPointF(*one) for one in part]))


def turned(
    x: NDArray[np.float64], y: NDArray[np.float64], turn: Turn
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The corners of a line that goes in steps."""
    if not turn or len(x) < 2:
        return x, y
    wide, high = np.repeat(x, 2), np.repeat(y, 2)
    return (wide[1:], high[:-1]) if turn == "after" else (wide[:-1], high[1:])


def _whole(across: NDArray[np.float64], down: NDArray[np.float64]) -> list[list[tuple[float, float]]]:
    """The pieces between breaks."""
    known = np.isfinite(across) & np.isfinite(down)
    ends = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(int)))
    pairs = zip(ends[::2].tolist(), ends[1::2].tolist(), strict=True)
    return [list(zip(across[a:b].tolist(), down[a:b].tolist(), strict=True)) for a, b in pairs]
