"""Lining up what is dragged with what stands beside it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF

from studio.canvas.layout.geometry import GRID

SAME = 0.5
"""Lines that are no further apart are one."""


@dataclass(frozen=True, slots=True)
class Snap:
    """Where something is put.

    Args:
        shift: how far from where it is.
        guides: the lines that it stands on then, over all that stands on them.
    """

    shift: QPointF
    guides: tuple[QLineF, ...] = ()


class Neighbors:
    """Boxes that stay where they are, sorted once by their edges and middles, so that a drag asks in no time.

    Args:
        boxes: in canvas units.
    """

    def __init__(self, boxes: Iterable[QRectF]) -> None:
        self._boxes = tuple(boxes)
        self._sorted = {down: self._by_lines(down=down) for down in (False, True)}

    def _by_lines(self, *, down: bool) -> list[list[tuple[float, int]]]:
        lines = [_lines(box, down=down) for box in self._boxes]
        return [sorted((line[kind], place) for place, line in enumerate(lines)) for kind in range(3)]

    def nearest(self, box: QRectF, reach: float, *, down: bool) -> float | None:
        """The least way, within reach, that brings an edge or the middle of a box onto that of another."""
        ways: list[float] = []
        for line, every in zip(_lines(box, down=down), self._sorted[down], strict=True):
            place = bisect_left(every, (line, 0))
            ways += [value - line for value, _ in every[max(place - 1, 0) : place + 1]]
        return min((way for way in ways if abs(way) <= reach), key=abs, default=None)

    def sharing(self, line: float, kind: int, *, down: bool) -> Iterator[QRectF]:
        """The boxes whose upper edge, middle or lower edge (0, 1, 2; across: left to right) is this line."""
        every = self._sorted[down][kind]
        for value, place in every[bisect_left(every, (line - SAME, 0)) :]:
            if value > line + SAME:
                return
            yield self._boxes[place]


def snap(box: QRectF, neighbors: Neighbors, reach: float) -> Snap:
    """Where a box is put: an edge or the middle on that of the nearest other within reach, or else on the grid.

    Across and down are found apart; a reach of 0 is the grid alone.
    """
    across = neighbors.nearest(box, reach, down=False) if reach > 0 else None
    down = neighbors.nearest(box, reach, down=True) if reach > 0 else None
    shift = QPointF(_to_grid(box.left()) if across is None else across, _to_grid(box.top()) if down is None else down)
    placed = box.translated(shift)
    guides = [] if across is None else _guides(placed, neighbors, down=False)
    guides += [] if down is None else _guides(placed, neighbors, down=True)
    return Snap(shift, tuple(guides))


def _lines(box: QRectF, *, down: bool) -> tuple[float, float, float]:
    """The places of both edges and the middle."""
    if down:
        return box.top(), box.center().y(), box.bottom()
    return box.left(), box.center().x(), box.right()


def _to_grid(value: float) -> float:
    return round(value / GRID) * GRID - value


def _guides(box: QRectF, neighbors: Neighbors, *, down: bool) -> list[QLineF]:
    """The middle that the box now shares with others, or else its edges; each line as long as all of them together."""
    reaching: dict[float, QRectF] = {}
    for kind in (1, 0, 2):
        line = _lines(box, down=down)[kind]
        for other in neighbors.sharing(line, kind, down=down):
            reaching[line] = reaching.get(line, box) | other
        if reaching and kind == 1:
            break  # boxes of one size share all three, and one line says so
    if down:
        return [QLineF(whole.left(), line, whole.right(), line) for line, whole in reaching.items()]
    return [QLineF(line, whole.top(), line, whole.bottom()) for line, whole in reaching.items()]
