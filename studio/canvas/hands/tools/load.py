"""What a hand carries: boxes and frames, and the wires that follow them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from studio.canvas.editing import edits
from studio.canvas.layout.geometry import framed
from studio.canvas.layout.snapping import Neighbors, snap
from studio.canvas.look import Detail
from studio.canvas.standing import standing

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

REACH = 6.0
"""Pixels within which what is carried is drawn to a line."""


class Load:
    """Boxes and frames that move together. It changes only what is shown.

    Args:
        canvas: where they are.
        nodes: the boxes.
        frames: the frames; what stands in them is to be among the boxes.
    """

    def __init__(self, canvas: Canvas, nodes: Iterable[str], frames: Iterable[str] = ()) -> None:
        self.nodes = tuple(nodes)
        self.frames = tuple(frames)
        self._canvas = canvas
        scene = canvas.network
        self._inner = [link for link in edits.within(scene.graph, frozenset(self.nodes)) if link.via]
        self._box = framed(
            [scene.nodes[name].rect for name in self.nodes] + [scene.frames[name].box for name in self.frames]
        )
        self._others: Neighbors | None = None
        self._guides = QGraphicsPathItem()
        self._guides.setPen(_guide_pen(canvas))
        self._guides.setZValue(1.5)  # over wires, below boxes
        scene.addItem(self._guides)

    def carry(self, way: QPointF, *, freely: bool = False) -> QPointF:
        """Show everything moved this far, drawn to the grid and, unless freely, to its neighbors; return how far."""
        canvas = self._canvas
        apart = freely or not canvas.snapping or canvas.look.detail is Detail.FAR  # where no edge can be told
        reach = 0.0 if apart else canvas.reach(REACH)
        found = snap(self._box.translated(way), self._neighbors(), reach)
        shift = way + found.shift
        self.put(shift)
        path = QPainterPath()
        for line in found.guides:
            path.moveTo(line.p1())
            path.lineTo(line.p2())
        self._guides.setPath(path)
        return shift

    def put(self, shift: QPointF) -> None:
        """Show everything moved exactly this far."""
        scene = self._canvas.network
        graph, by = scene.graph, (shift.x(), shift.y())
        for name in self.nodes:
            scene.nodes[name].place(QPointF(*graph[name].position) + shift)
        for frame in graph.frames if self.frames else ():
            if frame.id in self.frames:
                scene.frames[frame.id].show_frame(
                    frame.having(position=(frame.position[0] + by[0], frame.position[1] + by[1]))
                )
        scene.wiring.follow(self.nodes)
        for link in self._inner:
            scene.wiring.lead_through(link, edits.led(link, by).via)

    def set_down(self) -> None:
        """Nothing is carried any longer."""
        scene = self._canvas.network
        if self._guides.scene() is not None:
            scene.removeItem(self._guides)
        scene.wiring.settle(self.nodes)

    def _neighbors(self) -> Neighbors:
        """The boxes in sight that stay where they are; none from afar, where nobody sees what lines up."""
        if self._others is None:
            canvas, sight = self._canvas, self._canvas.camera.sight()
            far = canvas.look.detail is Detail.FAR
            seen = () if far else canvas.network.node_places.near(sight).difference(self.nodes)
            boxes = (canvas.network.nodes[name].rect for name in seen)
            self._others = Neighbors(box for box in boxes if sight.intersects(box))
        return self._others


def loaded(canvas: Canvas) -> Load:
    """All that is chosen, and what stands in the chosen frames."""
    return Load(canvas, *standing(canvas.network, canvas.selection.nodes, canvas.selection.frames))


def _guide_pen(canvas: Canvas) -> QPen:
    pen = QPen(QColor(canvas.look.colors.accent), 1.0)
    pen.setCosmetic(True)
    return pen
