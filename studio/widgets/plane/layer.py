"""What lies on a plane: a layer draws itself step by step, and knows what is under the pointer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from studio.theme import Colors
from studio.widgets.plane.sight import Sight

Step: TypeAlias = Callable[[QPainter], object]
"""Draws a part of a layer, within a few milliseconds."""
Level = Literal["under", "things", "over"]
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]
NOTHING: Places = np.empty(0, np.int64)
REACH = 14
"""Pixels from the pointer within which a thing is named."""


class Layer:
    """Things, each with a place from 0, or a ground or a line without any."""

    level: ClassVar[Level] = "over"
    """Below the things, the things themselves, which may be chosen, or above them."""

    def steps(self, sight: Sight, colors: Colors, only: Mask | None = None) -> Iterator[Step]:
        """What draws it, or only some of its things; between two steps a frame may be shown."""
        raise NotImplementedError

    def near(self, sight: Sight, x: float, y: float) -> int:
        """The thing at a pixel; -1 for none."""
        return -1

    def inside(self, sight: Sight, box: QRectF) -> Places:
        """The things within a frame."""
        return NOTHING

    def light(self, painter: QPainter, sight: Sight, colors: Colors, thing: int) -> None:
        """Let one thing stand out."""

    def order(self) -> Places:
        """The things in the order in which arrow keys walk over them."""
        return NOTHING

    def spot(self, sight: Sight, thing: int) -> tuple[float, float] | None:
        """The pixel at which a thing stands."""
        return None


def nearest(across: NDArray[np.float64], down: NDArray[np.float64], x: float, y: float) -> int:
    """Of points in pixels the one next to another, within reach; -1 for none."""
    if not len(across):
        return -1
    far = np.hypot(across - x, down - y)
    far = np.where(np.isfinite(far), far, np.inf)
    at = int(far.argmin())
    return at if far[at] <= REACH else -1
