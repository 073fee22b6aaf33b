"""Which part of a plane is seen, and where it lies on the widget: pure values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Sight:
    """A window in the units of both axes, and the area on the widget that shows it.

    Args:
        area: in pixels.
        left: the lower end of the axis below, in units.
        right: its upper end.
        bottom: the lower end of the axis at the left.
        top: its upper end.
        lane: pixels from above at which stands what has no value; NaN where there is no such lane.
        vector: whether shapes are drawn as such, as a picture for print wants them, and not as copies of a stamp.
        ratio: of the screen's pixels to the widget's.
    """

    area: QRectF
    left: float
    right: float
    bottom: float
    top: float
    lane: float = float("nan")
    vector: bool = False
    ratio: float = 1.0

    def across(self, x: Any) -> Floats:
        """Pixels from the left."""
        share = (np.asarray(x, float) - self.left) / (self.right - self.left)
        return np.asarray(self.area.left() + share * self.area.width())

    def down(self, y: Any) -> Floats:
        """Pixels from above; what has no value stands in the lane for that."""
        share = (np.asarray(y, float) - self.bottom) / (self.top - self.bottom)
        found = self.area.bottom() - share * self.area.height()
        return np.where(np.isfinite(found), found, self.lane)

    def place(self, across: float, down: float) -> tuple[float, float]:
        """The units of a pixel."""
        x = self.left + (across - self.area.left()) / self.area.width() * (self.right - self.left)
        y = self.bottom + (self.area.bottom() - down) / self.area.height() * (self.top - self.bottom)
        return x, y

    def box(self, other: Sight) -> QRectF:
        """Where what another sight shows lies in this one."""
        left, right = self.across([other.left, other.right]).tolist()
        bottom, top = self.down([other.bottom, other.top]).tolist()
        return QRectF(left, top, right - left, bottom - top)

    def moved(self, x: float, y: float) -> Sight:
        """So many units further to the right and up."""
        return replace(self, left=self.left + x, right=self.right + x, bottom=self.bottom + y, top=self.top + y)

    def zoomed(self, x: float, y: float, at: tuple[float, float]) -> Sight:
        """So many times as much of both axes, around a place in units that stays where it is."""
        return replace(
            self,
            left=at[0] + (self.left - at[0]) * x,
            right=at[0] + (self.right - at[0]) * x,
            bottom=at[1] + (self.bottom - at[1]) * y,
            top=at[1] + (self.top - at[1]) * y,
        )
