"""In which rank each node stands, so that every link leads downward and links are short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

PASSES = 12


def ranked(order: Sequence[str], above: Mapping[str, Sequence[str]], below: Mapping[str, Sequence[str]]) -> list[int]:
    """The rank of each node of a topological order, from 0 at the top.

    Starts from longest paths. Then every node moves within the room that its neighbors leave it to where its links
    are shortest in sum: their lengths are linear in its rank, so that is one end of the room. A few passes down and
    up come near to what a network simplex (Gansner et al. 1993) finds, in time linear in the links.

    Args:
        order: the nodes, each after all that it reads.
        above: what each node reads, once for each link.
        below: what reads it.
    """
    place = {node: spot for spot, node in enumerate(order)}
    ups = [[place[one] for one in above[node] if one in place] for node in order]
    downs = [[place[one] for one in below[node] if one in place] for node in order]
    ranks: list[int] = []
    for up in ups:
        ranks.append(1 + max((ranks[one] for one in up), default=-1))
    for turn in range(PASSES):
        spots = range(len(order)) if turn % 2 else range(len(order) - 1, -1, -1)
        moved = sum(_moved(ranks, spot, ups[spot], downs[spot]) for spot in spots)
        if not moved:
            break
    lowest = min(ranks, default=0)
    return [rank - lowest for rank in ranks]


def _moved(ranks: list[int], spot: int, up: Sequence[int], down: Sequence[int]) -> bool:
    if len(down) > len(up):
        best = min(ranks[one] for one in down) - 1
    elif len(up) > len(down):
        best = max(ranks[one] for one in up) + 1
    else:
        return False
    changed = ranks[spot] != best
    ranks[spot] = best
    return changed
