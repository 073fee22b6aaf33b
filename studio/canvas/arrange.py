"""Laying out a network by itself: layer below layer, wires short, crossings few."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSizeF

from engine.spec import Graph, Position
from studio.canvas.geometry import GAP_X, GAP_Y, GRID

SWEEPS = 8


def arranged(graph: Graph, sizes: Mapping[str, QSizeF]) -> dict[str, Position]:
    """A place for every node: below all that it reads, near the middle of what it is joined to.

    Ranks are longest paths; the order within a rank follows the barycenters of the neighbors, swept up and down
    (Sugiyama, Tagawa and Toda 1981). Nodes in a loop stand below the rest, in the order of the graph.
    """
    rows = _rows(_ranks(graph))
    _untangle(graph, rows)
    centers = _centers(graph, rows, sizes)
    places: dict[str, Position] = {}
    top = 0.0
    for row in rows:
        for node in row:
            places[node] = (_on_grid(centers[node] - sizes[node].width() / 2), top)
        top = _on_grid(top + max(sizes[node].height() for node in row) + GAP_Y)
    return places


def _ranks(graph: Graph) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for node in graph.order:
        ranks[node] = 1 + max((ranks[link.source] for link in graph.incoming[node]), default=-1)
    for node in reversed(graph.order):  # a source stands just above its first reader, not at the top of everything
        below = [ranks[link.target] for link in graph.outgoing[node] if link.target in ranks]
        if below and not graph.incoming[node]:
            ranks[node] = min(below) - 1
    last = max(ranks.values(), default=-1)
    for place, node in enumerate(one.id for one in graph.nodes if one.id not in ranks):
        ranks[node] = last + 1 + place
    return ranks


def _rows(ranks: Mapping[str, int]) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for node, rank in ranks.items():
        rows.setdefault(rank, []).append(node)
    return [rows[rank] for rank in sorted(rows)]


def _untangle(graph: Graph, rows: list[list[str]]) -> None:
    if all(len(row) == 1 for row in rows):
        return
    spot = {node: float(place) for row in rows for place, node in enumerate(row)}
    for sweep in range(SWEEPS):
        downward = sweep % 2 == 0
        for row in rows if downward else reversed(rows):
            wanted = {node: _middle(graph, node, spot, above=downward) for node in row}
            row.sort(key=lambda node: wanted[node])
            spot.update((node, float(place)) for place, node in enumerate(row))


def _middle(graph: Graph, node: str, spot: Mapping[str, float], *, above: bool) -> float:
    near = [link.source for link in graph.incoming[node]] if above else [link.target for link in graph.outgoing[node]]
    return sum(spot[one] for one in near) / len(near) if near else spot[node]


def _centers(graph: Graph, rows: list[list[str]], sizes: Mapping[str, QSizeF]) -> dict[str, float]:
    """The middle of every box: where its neighbors pull it, as far as the boxes beside it let it."""
    centers: dict[str, float] = {}
    for row in rows:
        _spread_out(row, dict.fromkeys(row, 0.0), sizes, centers)
    for sweep in range(SWEEPS):
        above = sweep % 2 == 0
        for row in rows if above else reversed(rows):
            _spread_out(row, {node: _middle(graph, node, centers, above=above) for node in row}, sizes, centers)
    return centers


def _spread_out(
    row: list[str], wanted: Mapping[str, float], sizes: Mapping[str, QSizeF], centers: dict[str, float]
) -> None:
    right = float("-inf")
    for node in row:
        half = sizes[node].width() / 2
        centers[node] = max(wanted[node], right + half)
        right = centers[node] + half + GAP_X
    shift = sum(wanted[node] - centers[node] for node in row) / len(row)  # the row as a whole stays where it is wanted
    for node in row:
        centers[node] += shift


def _on_grid(value: float) -> float:
    return float(round(value / GRID) * GRID)
