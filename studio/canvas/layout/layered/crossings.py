"""The order of the points within each rank, with few crossings."""

from __future__ import annotations

from bisect import bisect_right, insort
from itertools import pairwise

from studio.canvas.layout.layered.mesh import Mesh

SWEEPS = 12
PATIENCE = 3
"""Sweeps that may find nothing better before it is enough."""


def untangled(mesh: Mesh) -> None:
    """Order the rows of a mesh: barycenters of the neighbors, swept down and up, then swaps of neighbors that help."""
    best, rows = crossings(mesh), [list(row) for row in mesh.rows]
    idle = 0
    for sweep in range(SWEEPS):
        if best == 0 or idle >= PATIENCE:
            break
        _sweep(mesh, downward=sweep % 2 == 0)
        _transpose(mesh)
        found = crossings(mesh)
        idle = idle + 1 if found >= best else 0
        if found < best:
            best, rows = found, [list(row) for row in mesh.rows]
    mesh.rows = rows


def crossings(mesh: Mesh) -> int:
    """How often segments cross."""
    return sum(_between(mesh, upper, lower) for upper, lower in pairwise(mesh.rows))


def _between(mesh: Mesh, upper: list[int], lower: list[int]) -> int:
    """Crossings between two rows: pairs of segments in one order above and in the other below."""
    if len(upper) == 1 or len(lower) == 1:
        return 0
    spot = {point: place for place, point in enumerate(lower)}
    ends: list[int] = []
    count = 0
    for point in upper:
        arriving = sorted(spot[one] for one in mesh.below[point])
        count += sum(len(ends) - bisect_right(ends, end) for end in arriving)
        for end in arriving:
            insort(ends, end)
    return count


def _sweep(mesh: Mesh, *, downward: bool) -> None:
    near = mesh.above if downward else mesh.below
    spot = {point: float(place) for row in mesh.rows for place, point in enumerate(row)}
    for row in mesh.rows if downward else reversed(mesh.rows):
        if len(row) > 1:
            wanted = {
                point: sum(spot[one] for one in near[point]) / len(near[point]) if near[point] else spot[point]
                for point in row
            }
            row.sort(key=lambda point: wanted[point])
            spot.update((point, float(place)) for place, point in enumerate(row))


def _transpose(mesh: Mesh) -> None:
    """Swap neighbors in a row where that takes crossings away (Gansner et al. 1993)."""
    spot = {point: place for row in mesh.rows for place, point in enumerate(row)}
    for row in mesh.rows:
        for place in range(len(row) - 1):
            one, other = row[place], row[place + 1]
            if _pair(mesh, spot, one, other) > _pair(mesh, spot, other, one):
                row[place], row[place + 1] = other, one
                spot[one], spot[other] = place + 1, place


def _pair(mesh: Mesh, spot: dict[int, int], left: int, right: int) -> int:
    """Crossings between the segments of two points that stand side by side in this order."""
    count = 0
    for near in (mesh.above, mesh.below):
        theirs = [spot[point] for point in near[right]]
        count += sum(spot[point] > end for point in near[left] for end in theirs)
    return count
