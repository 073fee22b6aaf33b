"""A plane from the keyboard: arrows walk from thing to thing, + and - zoom, 0 shows all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from studio.widgets.plane.plane import Plane

CLOSER = 1.4
SHIFT = 0.15
"""Which part of what is seen a key moves it by."""
WALK = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}
AWAY = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}


def press(plane: Plane, event: QKeyEvent) -> bool:
    """Do what a key means; say whether it means something."""
    key = Qt.Key(event.key())
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and key in AWAY:
        _move(plane, *AWAY[key])
    elif key in WALK or key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
        _walk(plane, key)
    elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus}:
        _zoom(plane, CLOSER if key == Qt.Key.Key_Minus else 1 / CLOSER)
    elif key == Qt.Key.Key_0:
        plane.look(None)
    else:
        return _deed(plane, key)
    return True


def _deed(plane: Plane, key: Qt.Key) -> bool:
    if key == Qt.Key.Key_Escape and len(plane.marked):
        plane.chosen.emit(np.empty(0, np.int64))
    elif key == Qt.Key.Key_Space and plane.hover >= 0:
        plane.chosen.emit(np.setxor1d(plane.marked, np.array([plane.hover])))
    elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plane.hover >= 0:
        plane.opened.emit(plane.hover)
    else:
        return False
    return True


def _walk(plane: Plane, key: Qt.Key) -> None:
    order = plane.order()
    if not len(order):
        return
    found = np.flatnonzero(order == plane.hover)
    at = int(found[0]) if len(found) else (-1 if WALK.get(key, 0) > 0 else len(order))
    at = 0 if key == Qt.Key.Key_Home else len(order) - 1 if key == Qt.Key.Key_End else at + WALK[key]
    thing = int(order[min(max(at, 0), len(order) - 1)])
    plane.point(thing)
    plane.pointed.emit(thing)


def _zoom(plane: Plane, share: float) -> None:
    assert plane.scene is not None
    sight = plane.sight()
    center = sight.area.center()
    x, y = (1.0 if axis.words else share for axis in (plane.scene.frame.x, plane.scene.frame.y))
    plane.look(sight.zoomed(x, y, sight.place(center.x(), center.y())))


def _move(plane: Plane, x: int, y: int) -> None:
    sight = plane.sight()
    plane.look(sight.moved(x * SHIFT * (sight.right - sight.left), y * SHIFT * (sight.top - sight.bottom)))
