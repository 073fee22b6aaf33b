"""Which gesture a press of the mouse begins: by the button, by what is held, and by what lies below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from studio.canvas.hands.below import Below, below
from studio.canvas.hands.tools import Band, Carry, Connect, Copy, Knife, Lead, Move, Pan, Resize, Tool

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def gesture(canvas: Canvas, event: QMouseEvent, *, panning: bool) -> Tool | None:
    """The gesture of a press; with `panning`, Space is held and any of them moves the paper."""
    place, keys, button = event.position(), event.modifiers(), event.button()
    left = button is Qt.MouseButton.LeftButton
    if button is Qt.MouseButton.MiddleButton or (left and panning):
        return Pan(canvas, place)
    if (left and keys & CTRL and keys & SHIFT) or (button is Qt.MouseButton.RightButton and keys & CTRL):
        return Knife(canvas, place)
    if not left:
        return None
    what = below(canvas, canvas.mapToScene(place.toPoint()))
    return _of_wire(canvas, place, keys, what) or _of_area(canvas, place, keys, what)


def _of_wire(canvas: Canvas, place: QPointF, keys: Qt.KeyboardModifier, what: Below) -> Tool | None:
    if what.end is not None:
        return Connect(canvas, place, end=what.end)
    if what.link is not None:
        return Lead(canvas, place, link=what.link, point=what.point, adding=bool(keys & ALT))
    return None


def _of_area(canvas: Canvas, place: QPointF, keys: Qt.KeyboardModifier, what: Below) -> Tool:
    if what.node:
        return Copy(canvas, place, node=what.node) if keys & CTRL else Move(canvas, place, node=what.node, keys=keys)
    if what.frame is None:
        return Band(canvas, place, keys=keys)
    if what.grip == "title":
        return Carry(canvas, place, frame=what.frame.frame.id, keys=keys)
    return Resize(canvas, place, frame=what.frame.frame, grip=what.grip)
