"""Moving boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from engine.spec import Link
from studio.canvas.geometry import snapped
from studio.canvas.tools.tool import Tool

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Move(Tool):
    """Drag all chosen boxes along the grid; a lone box without wires that is dropped on a wire goes into it.

    Args:
        canvas: where it happens.
        press: where it began.
        node: the box that was pressed.
        adding: whether Shift was held, which adds the box to what is chosen or takes it away.
    """

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, canvas: Canvas, press: QPointF, *, node: str, adding: bool) -> None:
        super().__init__(canvas, press)
        self._node = node
        self._before = (canvas.selection.nodes, canvas.selection.links)
        self._only = node in canvas.selection and not adding
        self._wire: Link | None = None
        if adding:
            canvas.selection.toggle(node)
        elif node not in canvas.selection:
            canvas.selection.set([node])
        self._moving = canvas.selection.nodes if node in canvas.selection else ()

    @property
    def _shift(self) -> QPointF:
        start = QPointF(*self.canvas.network.graph[self._node].position)
        return snapped(start + self.way) - start

    def drag(self) -> None:
        self._put(self._shift)
        if self._loose():
            self._aim(self._wire_below())

    def _put(self, shift: QPointF) -> None:
        scene = self.canvas.network
        for name in self._moving:
            scene.nodes[name].setPos(QPointF(*scene.graph[name].position) + shift)
        scene.wiring.follow(self._moving)

    def _loose(self) -> bool:
        graph = self.canvas.network.graph
        return len(self._moving) == 1 and not graph.incoming[self._node] and not graph.outgoing[self._node]

    def _wire_below(self) -> Link | None:
        """The wire that the box lies on with its middle."""
        return self.canvas.network.link_at(self.canvas.network.nodes[self._node].rect.center(), 12)

    def _aim(self, wire: Link | None) -> None:
        """Light up the wire that the box would go into."""
        links = self.canvas.network.links
        if self._wire in links and self._wire != wire:
            links[self._wire].set_hovered(False)
        if wire is not None and self._wire != wire:
            links[wire].set_hovered(True)
        self._wire = wire

    def finish(self) -> None:
        wire, shift = self._wire, self._shift
        self._aim(None)
        if not self.dragged:
            if self._only:
                self.canvas.selection.set([self._node])
            return
        self.canvas.network.wiring.settle(self._moving)
        self.canvas.editing.move(self._moving, (shift.x(), shift.y()), into=wire)

    def cancel(self) -> None:
        self._aim(None)
        self._put(QPointF(0, 0))
        self.canvas.network.wiring.settle(self._moving)
        self.canvas.selection.set(*self._before)
