"""Where the points of each rank stand from left to right: long links straight, branches balanced.

After Brandes and Köpf (2001), written anew from the paper's idea: points are aligned with a median neighbor into
vertical blocks, blocks are pushed together as far as their widths allow, once for each of the four corners that one
can start from, and each point takes the middle of its four places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from studio.canvas.layout.layered.mesh import Mesh

Apart = Callable[[int, int], float]
"""How far the middles of two neighbors in a row must be apart."""


def columns(mesh: Mesh, apart: Apart) -> list[float]:
    """The middle of every point, left to right, in the units of `apart`."""
    marked = _conflicts(mesh)
    layouts = [
        _layout(mesh, marked, apart, downward=downward, rightward=rightward)
        for downward in (True, False)
        for rightward in (True, False)
    ]
    widths = [max(layout) - min(layout) if layout else 0.0 for layout in layouts]
    narrow = layouts[widths.index(min(widths))]
    low, high = min(narrow, default=0.0), max(narrow, default=0.0)
    for place, layout in enumerate(layouts):  # those pushed left meet at the left, those pushed right at the right
        shift = low - min(layout, default=0.0) if place % 2 == 0 else high - max(layout, default=0.0)
        layouts[place] = [x + shift for x in layout]
    middles = [sum(sorted(four)[1:3]) / 2 for four in zip(*layouts, strict=True)]
    return _kept_apart(mesh, middles, apart)


def _conflicts(mesh: Mesh) -> set[tuple[int, int]]:
    """Segments that cross a segment between two way points: these must stay straight, so those may not align."""
    marked: set[tuple[int, int]] = set()
    spot = {point: place for row in mesh.rows for place, point in enumerate(row)}
    for upper, lower in pairwise(mesh.rows):
        inner = [
            (spot[one], place)
            for place, point in enumerate(lower)
            if mesh.is_way(point)
            for one in mesh.above[point]
            if mesh.is_way(one)
        ]
        if not inner:
            continue
        left, passed, reach = -1, 0, len(upper)
        for place, point in enumerate(lower):
            while passed < len(inner) and inner[passed][1] <= place:
                left, passed = max(left, inner[passed][0]), passed + 1
            right = inner[passed][0] if passed < len(inner) else reach
            for one in mesh.above[point]:
                if not (mesh.is_way(point) and mesh.is_way(one)) and not left <= spot[one] <= right:
                    marked.add((one, point))
    return marked


def _layout(mesh: Mesh, marked: set[tuple[int, int]], apart: Apart, *, downward: bool, rightward: bool) -> list[float]:
    """One of the four: from the top or the bottom, pushed to the left or to the right."""
    rows = mesh.rows if downward else mesh.rows[::-1]
    rows = rows if rightward else [row[::-1] for row in rows]
    near = mesh.above if downward else mesh.below
    root = _aligned(rows, near, marked, downward=downward)
    places = _compacted(rows, root, apart)
    return places if rightward else [-x for x in places]


def _aligned(
    rows: Sequence[Sequence[int]], near: Sequence[Sequence[int]], marked: set[tuple[int, int]], *, downward: bool
) -> list[int]:
    """For every point the first point of the vertical block that it belongs to."""
    spot = {point: place for row in rows for place, point in enumerate(row)}
    root, taken = list(range(len(near))), [False] * len(near)
    for row in rows:
        last = -1
        for point in row:
            ends = sorted(near[point], key=spot.__getitem__)
            middles = ends[(len(ends) - 1) // 2 : len(ends) // 2 + 1]
            for one in middles:
                free = not taken[one] and spot[one] > last
                if free and ((one, point) if downward else (point, one)) not in marked:
                    root[point], taken[one], last = root[one], True, spot[one]
                    break
    return root


def _compacted(rows: Sequence[Sequence[int]], root: Sequence[int], apart: Apart) -> list[float]:
    """Blocks as far to the left as those beside them let them: the longest path over 'stands left of'."""
    beside: dict[int, list[tuple[int, float]]] = {}
    waits = dict.fromkeys(root, 0)
    for row in rows:
        for one, other in pairwise(row):
            beside.setdefault(root[one], []).append((root[other], apart(one, other)))
            waits[root[other]] += 1
    places = dict.fromkeys(root, 0.0)
    ready = [block for block, count in waits.items() if count == 0]
    order = []
    while ready:
        block = ready.pop()
        order.append(block)
        for other, gap in beside.get(block, ()):
            places[other] = max(places[other], places[block] + gap)
            waits[other] -= 1
            if waits[other] == 0:
                ready.append(other)
    _pulled(order, beside, places)
    return [places[block] for block in root]


def _pulled(order: Sequence[int], beside: dict[int, list[tuple[int, float]]], places: dict[int, float]) -> None:
    """Blocks with nothing to their left move up to what stands to their right."""
    held = {other for pairs in beside.values() for other, _ in pairs}
    for block in reversed(order):
        if block not in held and block in beside:
            places[block] = max(places[block], min(places[other] - gap for other, gap in beside[block]))


def _kept_apart(mesh: Mesh, middles: list[float], apart: Apart) -> list[float]:
    """The middle of four layouts may be a little too close: push to the right what is."""
    for row in mesh.rows:
        for one, other in pairwise(row):
            middles[other] = max(middles[other], middles[one] + apart(one, other))
    return middles
