"""Which things lie where: a grid of cells that answers in the time of what it finds."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF

CELL = 512.0
MANY = 400
"""A thing in more cells than this is asked about always, which costs less than to write it into them."""

Key = TypeVar("Key", bound=Hashable)


class Places(Generic[Key]):
    """Rectangles by what they belong to.

    Qt's own index is rebuilt when items move, at a cost that grows with their square; this one moves a thing alone.
    """

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], set[Key]] = {}
        self._where: dict[Key, tuple[int, int, int, int]] = {}
        self._large: set[Key] = set()
        self._boxes: dict[Key, QRectF] = {}

    def put(self, key: Key, box: QRectF) -> None:
        """A thing is here now, wherever it was."""
        span, self._boxes[key] = _span(box), box
        if self._where.get(key) == span:
            return
        self._take_out(key)
        self._where[key] = span
        if _count(span) > MANY:
            self._large.add(key)
            return
        for cell in _cells(span):
            self._cells.setdefault(cell, set()).add(key)

    def remove(self, key: Key) -> None:
        """A thing is gone; one that was never here may go, too."""
        self._boxes.pop(key, None)
        self._take_out(key)

    def _take_out(self, key: Key) -> None:
        span = self._where.pop(key, None)
        if span is None:
            return
        self._large.discard(key)
        for cell in _cells(span) if _count(span) <= MANY else ():
            self._cells[cell].discard(key)

    def touching(self, box: QRectF) -> dict[Key, QRectF]:
        """All that lies in a rectangle, and where."""
        return {key: self._boxes[key] for key in self.near(box) if self._boxes[key].intersects(box)}

    def near(self, box: QRectF) -> set[Key]:
        """All that lies in a rectangle, and some that lies beside it within a cell."""
        found, span = set(self._large), _span(box)
        if _count(span) > len(self._where):
            return set(self._where)
        for cell in _cells(span):
            if cell in self._cells:
                found |= self._cells[cell]
        return found


def _span(box: QRectF) -> tuple[int, int, int, int]:
    return int(box.left() // CELL), int(box.right() // CELL), int(box.top() // CELL), int(box.bottom() // CELL)


def _count(span: tuple[int, int, int, int]) -> int:
    left, right, top, bottom = span
    return (right - left + 1) * (bottom - top + 1)


def _cells(span: tuple[int, int, int, int]) -> Iterator[tuple[int, int]]:
    left, right, top, bottom = span
    return ((column, row) for column in range(left, right + 1) for row in range(top, bottom + 1))
