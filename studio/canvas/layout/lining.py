"""Lining boxes up: where they stand afterward, as functions of where they stand."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF

from engine.spec import Position

Places = Mapping[str, Position]


def aligned(boxes: Mapping[str, QRectF], line: str) -> Places:
    """Where boxes stand that share a line of all of them together: left, center, right, top, middle or bottom."""
    whole = QRectF()
    for box in boxes.values():
        whole |= box
    return {name: _on_line(box, whole, line) for name, box in boxes.items()}


def _on_line(box: QRectF, whole: QRectF, line: str) -> Position:
    x, y = box.x(), box.y()
    match line:
        case "left":
            x = whole.left()
        case "center":
            x = whole.center().x() - box.width() / 2
        case "right":
            x = whole.right() - box.width()
        case "top":
            y = whole.top()
        case "middle":
            y = whole.center().y() - box.height() / 2
        case "bottom":
            y = whole.bottom() - box.height()
    return x, y


def distributed(boxes: Mapping[str, QRectF], *, down: bool) -> Places:
    """Where boxes stand that have equal gaps between them; the first and the last stay."""
    order = sorted(boxes, key=lambda name: boxes[name].top() if down else boxes[name].left())
    sizes = [boxes[name].height() if down else boxes[name].width() for name in order]
    first, last = boxes[order[0]], boxes[order[-1]]
    span = last.bottom() - first.top() if down else last.right() - first.left()
    gap = (span - sum(sizes)) / max(len(order) - 1, 1)
    at, places = first.top() if down else first.left(), dict[str, Position]()
    for name, size in zip(order, sizes, strict=True):
        places[name] = (boxes[name].x(), at) if down else (at, boxes[name].y())
        at += size + gap
    return places
