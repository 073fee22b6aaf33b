"""Lining up what is dragged with what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF

from studio.canvas.geometry import GRID


@dataclass(frozen=True, slots=True)
class Snap:
    """Where something is put.

    Args:
        shift: how far from where it is.
        guides: the lines that it stands on then, over all that stands on them.
    """

    shift: QPointF
    guides: tuple[QLineF, ...] = ()


def snap(box: QRectF, others: Iterable[QRectF], reach: float) -> Snap:
    """Where a box is put: an edge or the middle on that of the nearest other within reach, or else on the grid.

    Across and down are found apart; a reach of 0 is the grid alone.
    """
    near = list(others) if reach > 0 else []
    across = _nearest(_lines(box, down=False), [_lines(one, down=False) for one in near], reach)
    down = _nearest(_lines(box, down=True), [_lines(one, down=True) for one in near], reach)
    shift = QPointF(_to_grid(box.left()) if across is None else across, _to_grid(box.top()) if down is None else down)
    placed = box.translated(shift)
    guides: list[QLineF] = []
    if across is not None:
        guides += _guides(placed, near, down=False)
    if down is not None:
        guides += _guides(placed, near, down=True)
    return Snap(shift, tuple(guides))


def _lines(box: QRectF, *, down: bool) -> tuple[float, float, float]:
    """The places of both edges and the middle."""
    if down:
        return box.top(), box.center().y(), box.bottom()
    return box.left(), box.center().x(), box.right()


def _nearest(lines: tuple[float, ...], others: Iterable[tuple[float, ...]], reach: float) -> float | None:
    """The least way from a line to the one of its kind of another box."""
    ways = (to - line for other in others for line, to in zip(lines, other, strict=True))
    return min((way for way in ways if abs(way) <= reach), key=abs, default=None)


def _to_grid(value: float) -> float:
    return round(value / GRID) * GRID - value


def _guides(box: QRectF, others: Iterable[QRectF], *, down: bool) -> list[QLineF]:
    """The middle that the box now shares with others, or else its edges; each line as long as all of them together."""
    mine = _lines(box, down=down)
    reaching: dict[int, QRectF] = {}
    for other in others:
        for place, (line, to) in enumerate(zip(mine, _lines(other, down=down), strict=True)):
            if abs(line - to) < 0.5:
                reaching[place] = reaching.get(place, box) | other
    if 1 in reaching:
        reaching = {1: reaching[1]}  # boxes of one size share all three, and one line says so
    if down:
        return [QLineF(whole.left(), mine[place], whole.right(), mine[place]) for place, whole in reaching.items()]
    return [QLineF(mine[place], whole.top(), mine[place], whole.bottom()) for place, whole in reaching.items()]
