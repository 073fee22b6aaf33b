"""Where things lie on the canvas: pure functions of sizes and points, in canvas units (pixels at a zoom of 100 %).

Data flows from the top to the bottom. Networks are deep and words are wide: downward, a layer costs a hundred pixels
and a shape fits on its wire, where from left to right it would cost three hundred; ten layers can be read at once.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainterPath

GRID = 8
WIDTH = 208
HEIGHT = 56
NAME_ROW = 16
PORT_PITCH = 72
PORT_RADIUS = 5.0
GAP_X = 40
GAP_Y = 48
MANY_STEP = 9.0
LONG = HEIGHT + GAP_Y
"""How far down a wire must lead for a box to find room in its way."""


def node_size(inputs: int, outputs: int) -> QSizeF:
    """The size of a box with so many ports; names of ports need a row where there are several."""
    width = max(WIDTH, PORT_PITCH * max(inputs, outputs))
    return QSizeF(width, HEIGHT + NAME_ROW * (inputs > 1) + NAME_ROW * (outputs > 1))


def port_place(size: QSizeF, place: int, count: int, *, output: bool) -> QPointF:
    """Where a port stands on its box: inputs spread over the upper edge, outputs over the lower."""
    return QPointF(size.width() * (place + 1) / (count + 1), size.height() if output else 0.0)


def spread(place: int, count: int) -> float:
    """How far from the middle of a many-input port one of its wires ends."""
    return (place - (count - 1) / 2) * MANY_STEP


def link_path(start: QPointF, end: QPointF) -> QPainterPath:
    """The curve of a wire: it leaves downward and arrives from above, also where the end lies above the start."""
    x, y, end_x, end_y = start.x(), start.y(), end.x(), end.y()
    down = end_y - y
    reach = max(down / 2, 20.0) if down > 0 else min(60 - down / 3, 160.0)
    reach = max(reach, min(abs(end_x - x) / 4, 48.0))
    path = QPainterPath(start)
    path.cubicTo(x, y + reach, end_x, end_y - reach, end_x, end_y)
    return path


def led_path(start: QPointF, via: Sequence[QPointF], end: QPointF) -> QPainterPath:
    """The curve of a wire through points on its way: it passes each in the direction from the one before to the next.

    Those are the tangents of Catmull and Rom (1974); a third of the distance for each handle keeps bows small.
    """
    if not via:
        return link_path(start, end)
    points = [start, *via, end]
    headings = [QPointF(0, 1), *(_heading(one, other) for one, other in zip(points, points[2:], strict=False))]
    headings.append(QPointF(0, 1))
    path = QPainterPath(start)
    for (one, out), (other, into) in pairwise(zip(points, headings, strict=True)):
        reach = max(math.hypot(other.x() - one.x(), other.y() - one.y()) / 3, 1.0)
        path.cubicTo(one + out * reach, other - into * reach, other)
    return path


def _heading(one: QPointF, other: QPointF) -> QPointF:
    far = math.hypot(other.x() - one.x(), other.y() - one.y())
    return (other - one) / far if far else QPointF(0, 1)


def crosses(path: QPainterPath, box: QRectF) -> bool:
    """Whether a curve runs through a box."""
    return bool(crossed(path, [box]))


def crossed(path: QPainterPath, boxes: Iterable[QRectF]) -> list[QRectF]:
    """The boxes that a curve runs through, to within a few pixels."""
    boxes = list(boxes)
    points = samples(path) if boxes else []
    heights = [y for _, y in points]
    if heights == sorted(heights):  # a wire that only leads downward is at one place at every height
        return [box for box in boxes if _crosses_down(points, heights, box)]
    return [box for box in boxes if any(box.contains(x, y) for x, y in points)]


def _crosses_down(points: Sequence[tuple[float, float]], heights: Sequence[float], box: QRectF) -> bool:
    left, right = box.left(), box.right()
    for share in (0.0, 0.5, 1.0):
        height = box.top() + share * box.height()
        after = bisect_left(heights, height)
        if not 0 < after < len(points):
            continue
        (x, y), (other, below) = points[after - 1], points[after]
        if left <= x + (other - x) * ((height - y) / (below - y) if below > y else 0) <= right:
            return True
    return False


def samples(path: QPainterPath) -> list[tuple[float, float]]:
    """Points along a path, closer where it bends.

    The parameter of each cubic is stepped evenly: asking Qt for points by length costs fifty times as much.
    """
    elements = [path.elementAt(place) for place in range(path.elementCount())]
    corners = [(element.x, element.y) for element in elements]
    found, place = corners[:1], 1
    while place < len(corners):
        curved = elements[place].isCurveTo()
        part = corners[place - 1 : place + 3] if curved else corners[place - 1 : place + 1]
        found += _cubic(*part) if curved else _line(*part)
        place += len(part) - 1
    return found


def _steps(one: tuple[float, float], other: tuple[float, float]) -> int:
    return min(max(8, round((abs(other[0] - one[0]) + abs(other[1] - one[1])) / (HEIGHT / 4))), 64)


def _line(one: tuple[float, float], other: tuple[float, float]) -> list[tuple[float, float]]:
    steps = _steps(one, other)
    shares = [step / steps for step in range(1, steps + 1)]
    return [(one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])) for share in shares]


def _cubic(*corners: tuple[float, float]) -> list[tuple[float, float]]:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    found, steps = [], _steps(corners[0], corners[-1])
    for step in range(1, steps + 1):
        share = step / steps
        rest = 1 - share
        a, b, c, d = rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3
        found.append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
    return found


def distance(path: QPainterPath, place: QPointF) -> float:
    """How far a point is from a curve, to within a pixel or two."""
    steps = max(8, round(path.length() / 3))
    points = (path.pointAtPercent(step / steps) - place for step in range(steps + 1))
    return min(math.hypot(point.x(), point.y()) for point in points)


def share_at(path: QPainterPath, place: QPointF) -> float:
    """How far along a curve, from 0 to 1, it comes nearest to a point."""
    steps = max(8, round(path.length() / 3))
    points = [path.pointAtPercent(step / steps) - place for step in range(steps + 1)]
    return min(range(steps + 1), key=lambda step: math.hypot(points[step].x(), points[step].y())) / steps


def snapped(place: QPointF) -> QPointF:
    """The nearest point of the grid."""
    return QPointF(round(place.x() / GRID) * GRID, round(place.y() / GRID) * GRID)


def neighbor(place: QPointF, others: Mapping[str, QPointF], *, rightward: bool) -> str | None:
    """The box beside one, seen along the row: what lies to the side weighs less than what lies above or below."""
    side = {
        name: (abs(other.x() - place.x()) + 3 * abs(other.y() - place.y()))
        for name, other in others.items()
        if (other.x() > place.x() + 1 if rightward else other.x() < place.x() - 1)
    }
    return min(side, key=lambda name: side[name]) if side else None


def free_place(wanted: QPointF, taken: Iterable[QRectF], size: QSizeF) -> QPointF:
    """The first place at or below the wanted one where a box of this size covers no other."""
    boxes = sorted(taken, key=QRectF.top)
    place = QRectF(wanted, size)
    for box in boxes:
        if box.adjusted(-GRID, -GRID, GRID, GRID).intersects(place):
            place.moveTop(box.bottom() + GAP_Y)
    return snapped(place.topLeft())


def framed(boxes: Iterable[QRectF]) -> QRectF:
    """The rectangle around all boxes, empty when there are none."""
    whole = QRectF()
    for box in boxes:
        whole |= box
    return whole
