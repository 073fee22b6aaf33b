"""Leading a wire through points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from engine.spec import Link, Position
from studio.canvas.hands.tools.tool import Tool
from studio.canvas.layout.geometry import share_at, snapped

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

REACH = 6.0
"""Pixels within which a point is drawn to the line of the one before or behind it."""


class Lead(Tool):
    """Drag a point of a wire, or pull a new one out of it. A press without a drag chooses the wire, or its point.

    Args:
        canvas: where it happens.
        press: where it began.
        link: the wire.
        point: which of its points was pressed; None where there is none yet.
        adding: whether Alt was held, which makes a point without a drag as well.
    """

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(
        self, canvas: Canvas, press: QPointF, *, link: Link, point: int | None = None, adding: bool = False
    ) -> None:
        super().__init__(canvas, press)
        self._link = link
        self._adding = adding
        self._via = link.via
        self._new = point is None
        self._point = place_in(canvas, link, self.spot) if point is None else point
        if point is None:
            canvas.selection.set((), [link])
        else:
            canvas.selection.set_point(link, point)

    def drag(self) -> None:
        self._via = self._led()
        scene = self.canvas.network
        scene.wiring.lead_through(self._link, self._via)
        scene.links[self._link].points.choose(self._point)

    def _led(self) -> tuple[Position, ...]:
        rest = self._link.via[self._point + (not self._new) :]
        return (*self._link.via[: self._point], self._spot(), *rest)

    def _spot(self) -> Position:
        """Where the point goes: on the grid, or in line with the points or ports before and behind it."""
        start, end = self.canvas.network.wiring.ends_of(self._link)
        rest = [QPointF(*place) for place in self._link.via]
        others = [start, *rest[: self._point], *rest[self._point + (not self._new) :], end]
        beside = others[self._point : self._point + 2]
        spot, reach = self.spot, self.canvas.reach(REACH)
        place = snapped(spot)
        x = next((one.x() for one in beside if abs(one.x() - spot.x()) <= reach), place.x())
        y = next((one.y() for one in beside if abs(one.y() - spot.y()) <= reach), place.y())
        return x, y

    def finish(self) -> None:
        if not self.dragged and not (self._adding and self._new):
            return
        text = "Add a point" if self._new else "Move a point"
        led = self._led()
        self.canvas.editing.lead(self._link, led, text)
        self.canvas.selection.set_point(self._link.having(via=led), self._point)

    def cancel(self) -> None:
        if self._link in self.canvas.network.links:
            self.canvas.network.wiring.relead(self._link)


def place_in(canvas: Canvas, link: Link, spot: QPointF) -> int:
    """Between which of a wire's points a new one at this place would stand."""
    path = canvas.network.links[link].path()
    here = share_at(path, spot)
    return sum(1 for place in link.via if share_at(path, QPointF(*place)) < here)


def add_point(canvas: Canvas, link: Link, spot: QPointF) -> None:
    """Lead a wire through one more point, and choose that."""
    place, at = snapped(spot), place_in(canvas, link, spot)
    via = (*link.via[:at], (place.x(), place.y()), *link.via[at:])
    canvas.editing.lead(link, via, "Add a point")
    canvas.selection.set_point(link.having(via=via), at)
