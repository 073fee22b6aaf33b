"""Laying out a network by itself: layer below layer, wires short, crossings few."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSizeF

from engine.spec import Frame, Graph, Position
from studio.canvas.editing.edits import part
from studio.canvas.layout.geometry import GAP_X, GAP_Y, GRID, framed
from studio.canvas.layout.layered import Mesh, columns, meshed, ranked, untangled

LANE = 24.0
"""Room for a wire that passes between boxes."""
STEEPEST = 7.0
"""A wire may go so much farther aside than down, before the rows move apart."""
WIDEST_GAP = 3 * GAP_Y
PADDING, TITLE = 24.0, 48.0
"""Room that a frame leaves beside and above what it is around."""


def laid_out(graph: Graph, sizes: Mapping[str, QSizeF]) -> Graph:
    """The network arranged; frames stay around their nodes, and wires that were led somewhere go their own way."""
    places = arranged(graph, sizes)
    before = {node.id: node.position for node in graph.nodes}
    moved: Graph = graph.move(places).having(
        links=tuple(link.having(via=()) if link.via else link for link in graph.links),
        frames=tuple(reframed(graph.frames, before, places, sizes)),
    )
    return moved


def part_laid_out(graph: Graph, sizes: Mapping[str, QSizeF], chosen: Collection[str]) -> Graph:
    """The network with some nodes arranged among themselves: where their middle and their upper edge were."""
    places = arranged(part(graph, chosen), sizes)
    before = framed(QRectF(QPointF(*graph[name].position), sizes[name]) for name in places)
    after = framed(QRectF(QPointF(*place), sizes[name]) for name, place in places.items())
    across = _snapped(before.center().x() - after.center().x())
    down = _snapped(before.top() - after.top())
    moved: Graph = graph.move({name: (x + across, y + down) for name, (x, y) in places.items()})
    links = (
        link.having(via=()) if link.via and link.source in places and link.target in places else link
        for link in moved.links
    )
    led: Graph = moved.having(links=tuple(links))
    return led


def arranged(graph: Graph, sizes: Mapping[str, QSizeF]) -> dict[str, Position]:
    """A place for every node: below all that it reads, near the middle of what it is joined to.

    Nodes in a loop stand below the rest, in the order of the graph.
    """
    order = graph.order
    placed = set(order)
    above = {node: [link.source for link in graph.incoming[node]] for node in order}
    below = {node: [link.target for link in graph.outgoing[node] if link.target in placed] for node in order}
    spot = {node: number for number, node in enumerate(order)}
    ranks = ranked(order, above, below)
    mesh = meshed(ranks, ((spot[one], spot[other]) for one in order for other in below[one]))
    untangled(mesh)
    rest = [node.id for node in graph.nodes if node.id not in placed]
    mesh_sizes = [sizes[node] for node in order]
    middles = columns(mesh, _apart(mesh, mesh_sizes))
    tops, bottom = _tops(mesh, middles, mesh_sizes)
    shift = middles[0] if middles else 0.0
    places: dict[str, Position] = {}
    for row in mesh.rows:
        boxes = [point for point in row if not mesh.is_way(point)]
        lefts = _on_grid([middles[one] - shift - mesh_sizes[one].width() / 2 for one in boxes], mesh_sizes, boxes)
        places |= {order[one]: (left, tops[ranks[one]]) for one, left in zip(boxes, lefts, strict=True)}
    for node in rest:
        places[node] = (_snapped(-sizes[node].width() / 2), bottom)
        bottom = _snapped(bottom + sizes[node].height() + GAP_Y)
    return places


def reframed(
    frames: Iterable[Frame], before: Mapping[str, Position], after: Mapping[str, Position], sizes: Mapping[str, QSizeF]
) -> list[Frame]:
    """The frames around the same nodes as before, now that these stand elsewhere; empty ones stay."""
    found = []
    for frame in frames:
        inside = [node for node, place in before.items() if node in after and _holds(frame, place, sizes[node])]
        if not inside:
            found.append(frame)
            continue
        left = min(after[node][0] for node in inside) - PADDING
        top = min(after[node][1] for node in inside) - TITLE
        right = max(after[node][0] + sizes[node].width() for node in inside) + PADDING
        low = max(after[node][1] + sizes[node].height() for node in inside) + PADDING
        found.append(frame.having(position=(left, top), size=(right - left, low - top)))
    return found


def _holds(frame: Frame, place: Position, size: QSizeF) -> bool:
    (left, top), (width, height) = frame.position, frame.size
    x, y = place[0] + size.width() / 2, place[1] + size.height() / 2
    return left <= x <= left + width and top <= y <= top + height


def _apart(mesh: Mesh, sizes: Sequence[QSizeF]) -> Callable[[int, int], float]:
    """How far apart the middles of two neighbors stand: boxes keep a gap, passing wires a lane."""
    halves = [size.width() / 2 for size in sizes]

    def apart(one: int, other: int) -> float:
        if mesh.is_way(one) or mesh.is_way(other):
            return sum(LANE / 2 if mesh.is_way(point) else halves[point] for point in (one, other)) + GRID
        return math.ceil((halves[one] + halves[other] + GAP_X) / (2 * GRID)) * 2.0 * GRID  # its half is on the grid

    return apart


def _tops(mesh: Mesh, middles: Sequence[float], sizes: Sequence[QSizeF]) -> tuple[list[float], float]:
    """The upper edge of every row, farther apart where wires lead far aside; and where the next would be."""
    tops, top = [], 0.0
    for row, following in pairwise([*mesh.rows, []]):
        tops.append(top)
        ends = set(following)
        aside = [abs(middles[one] - middles[other]) for one in row for other in mesh.below[one] if other in ends]
        gap = min(max(GAP_Y, max(aside, default=0.0) / STEEPEST), WIDEST_GAP)
        top = _snapped(top + max((sizes[one].height() for one in row if not mesh.is_way(one)), default=0.0) + gap)
    return tops, top


def _on_grid(lefts: Sequence[float], sizes: Sequence[QSizeF], boxes: Sequence[int]) -> list[float]:
    """Left edges on the grid, where rounding brings no two boxes closer than they may be."""
    found: list[float] = []
    for place, left in enumerate(lefts):
        least = found[-1] + sizes[boxes[place - 1]].width() + GAP_X if found else float("-inf")
        found.append(max(_snapped(left), least))
    return found


def _snapped(value: float) -> float:
    return float(round(value / GRID) * GRID)
