"""The shape of a box: its outline, and where its ports stand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainterPath

from engine.spec import Port
from studio.canvas.layout.geometry import port_place
from studio.theme import RADIUS

SHEETS, SHEET = 2, 4.0
"""How many sheets lie below the uppermost of a block, and how far each looks out."""

PortKey = tuple[str, bool]
"""A port's name, and whether it is an output."""


@lru_cache(maxsize=1024)
def port_places(
    width: float, height: float, inputs: tuple[Port, ...], outputs: tuple[str, ...]
) -> Mapping[PortKey, QPointF]:
    """Where the ports of a box stand, from its upper left corner."""
    size = QSizeF(width, height)
    found: dict[PortKey, QPointF] = {}
    for place, port in enumerate(inputs):
        found[port.name, False] = port_place(size, place, len(inputs), output=False)
    for place, name in enumerate(outputs):
        found[name, True] = port_place(size, place, len(outputs), output=True)
    return found


@lru_cache(maxsize=256)
def outline(width: float, height: float, *, block: bool) -> QPainterPath:
    """The outline of a box with its upper left corner in the origin; that of a block is the uppermost of a stack."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, width, height), RADIUS.l, RADIUS.l)
    path.setFillRule(Qt.FillRule.WindingFill)
    for sheet in range(1, SHEETS + 1) if block else ():
        path.addPath(_sheet(width, height, sheet))
    return path


def _sheet(width: float, height: float, place: int) -> QPainterPath:
    """The part of a sheet of a stack that looks out below the one above it."""
    corner, inset, low = RADIUS.l - 2.0 * (place - 1), SHEET * place, height + SHEET * place
    hidden = low - SHEET - (corner - math.sqrt(corner**2 - (corner - SHEET) ** 2))  # where it comes out
    path = QPainterPath(QPointF(width - inset, hidden))
    path.lineTo(width - inset, low - corner)
    path.quadTo(width - inset, low, width - inset - corner, low)
    path.lineTo(inset + corner, low)
    path.quadTo(inset, low, inset, low - corner)
    path.lineTo(inset, hidden)
    return path
