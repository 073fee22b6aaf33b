"""A value over both axes as a ground of colors, painted only where something is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from studio.theme import Colors
from studio.widgets.plane.layer import Layer, Level, Mask, Step
from studio.widgets.plane.sight import Sight
from studio.widgets.ramp import ramp

BANDS = 12
"""Steps of color: their edges are the contour's lines."""
VEIL = 0.72
"""How opaque the ground is, so that points on it stand out."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Field(Layer):
    """Colors over an even grid.

    Args:
        left: where the grid begins along the axis below, in units.
        right: where it ends.
        bottom: where it begins along the axis at the left.
        top: where it ends.
        tones: rows (from below) × columns: 0 to 1 along the ramp; NaN is not painted.
        smooth: whether colors go over into each other between the cells of the grid.
    """

    level: ClassVar[Level] = "under"
    left: float
    right: float
    bottom: float
    top: float
    tones: NDArray[np.float64]
    smooth: bool = True

    def steps(self, sight: Sight, colors: Colors, only: Mask | None = None) -> Iterator[Step]:
        left, right = sight.across([self.left, self.right]).tolist()
        bottom, top = sight.down([self.bottom, self.top]).tolist()
        picture, box = self._picture(colors), QRectF(left, top, right - left, bottom - top)
        yield lambda painter: _draw(painter, box, picture, smooth=self.smooth)

    def _picture(self, colors: Colors) -> QImage:
        known = np.isfinite(self.tones)
        band = np.floor(np.clip(np.nan_to_num(self.tones), 0, 1 - 1e-9) * BANDS).astype(int)
        table = np.array([_premultiplied(one) for one in ramp(colors, BANDS)], np.uint32)
        pixels = np.ascontiguousarray(np.where(known, table[band], np.uint32(0))[::-1])
        height, width = pixels.shape
        return QImage(pixels.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()


def _draw(painter: QPainter, box: QRectF, picture: QImage, *, smooth: bool) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.drawImage(box, picture)
    painter.restore()


def _premultiplied(color: QColor) -> int:
    parts = [round(one * VEIL) for one in (color.red(), color.green(), color.blue())]
    return (round(255 * VEIL) << 24) | (parts[0] << 16) | (parts[1] << 8) | parts[2]
