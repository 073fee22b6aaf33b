"""Nodes in ranks, with way points for the links that pass through ranks between their ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Mesh:
    """A network whose every segment leads from one rank to the next.

    Points are numbers: those of the nodes first, in their order, then way points. Long links of one source share
    their way points, as they would share a lane on the canvas: a network in which everything reads everything before
    it stays small.

    Args:
        nodes: how many of the points are nodes.
    """

    nodes: int
    ranks: list[int]
    rows: list[list[int]] = field(default_factory=list)
    above: list[list[int]] = field(default_factory=list)
    """For each point those it is joined to in the rank above."""
    below: list[list[int]] = field(default_factory=list)

    def is_way(self, point: int) -> bool:
        """Whether a point is a way point."""
        return point >= self.nodes


def meshed(ranks: Sequence[int], links: Iterable[tuple[int, int]]) -> Mesh:
    """The mesh of nodes with these ranks and links between them, all of which lead downward."""
    mesh = Mesh(nodes=len(ranks), ranks=list(ranks))
    mesh.above, mesh.below = [[] for _ in ranks], [[] for _ in ranks]
    ways: dict[int, list[int]] = {}
    for source, target in sorted(set(links)):
        chain = ways.setdefault(source, [source])
        while len(chain) < ranks[target] - ranks[source]:
            chain.append(_way_point(mesh, chain[-1]))
        _join(mesh, chain[ranks[target] - ranks[source] - 1], target)
    mesh.rows = [[] for _ in range(max(mesh.ranks, default=-1) + 1)]
    for point in _as_met(mesh):
        mesh.rows[mesh.ranks[point]].append(point)
    return mesh


def _way_point(mesh: Mesh, above: int) -> int:
    point = len(mesh.ranks)
    mesh.ranks.append(mesh.ranks[above] + 1)
    mesh.above.append([])
    mesh.below.append([])
    _join(mesh, above, point)
    return point


def _join(mesh: Mesh, one: int, other: int) -> None:
    mesh.below[one].append(other)
    mesh.above[other].append(one)


def _as_met(mesh: Mesh) -> list[int]:
    """All points as one meets them who follows every branch to its end before the next: branches stay together."""
    seen = [False] * len(mesh.ranks)
    found: list[int] = []
    for start in (point for point in range(len(mesh.ranks)) if not mesh.above[point]):
        waiting = [start]
        while waiting:
            point = waiting.pop()
            if seen[point]:
                continue
            seen[point] = True
            found.append(point)
            waiting += reversed(mesh.below[point])
    return found
