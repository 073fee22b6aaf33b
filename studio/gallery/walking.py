"""Which card the arrow keys lead to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)
WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def beside(here: W, others: Sequence[W], key: int) -> W | None:
    """The nearest widget in the direction of an arrow key; left and right go on in the line before and after."""
    if key not in WAYS or here not in others:
        return None
    across, down = WAYS[Qt.Key(key)]
    if across:
        place = others.index(here) + across
        return others[place] if 0 <= place < len(others) else None
    start = _middle(here)
    found = [one for one in others if (_middle(one).y() - start.y()) * down > here.height() / 2]
    return min(found, key=lambda one: _far(_middle(one) - start), default=None)


def _middle(widget: QWidget) -> QPoint:
    return widget.mapTo(widget.window(), widget.rect().center())


def _far(way: QPoint) -> int:
    return abs(way.y()) * 4 + abs(way.x())
