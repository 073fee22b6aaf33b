"""Dragging a copy off what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from studio.canvas.editing import edits
from studio.canvas.editing.clipboard import Part
from studio.canvas.hands.tools.tool import Tool
from studio.canvas.items.node import NodeItem
from studio.canvas.layout.geometry import snapped

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Copy(Tool):
    """With Ctrl, ghosts of the chosen boxes follow the pointer and become copies; a click without a drag toggles.

    Args:
        canvas: where it happens.
        press: where it began.
        node: the box that was pressed.
    """

    cursor = Qt.CursorShape.DragCopyCursor

    def __init__(self, canvas: Canvas, press: QPointF, *, node: str) -> None:
        super().__init__(canvas, press)
        self._node = node
        self._nodes = canvas.selection.nodes if node in canvas.selection else (node,)
        self._ghosts: list[NodeItem] = []

    def drag(self) -> None:
        scene = self.canvas.network
        for name in self._nodes if not self._ghosts else ():
            ghost = NodeItem(scene.graph[name], scene.nodes[name].face, self.canvas.look)
            ghost.setOpacity(0.7)
            ghost.setZValue(15)
            scene.add_guest(ghost)
            self._ghosts.append(ghost)
        shift = self._shift()
        for name, ghost in zip(self._nodes, self._ghosts, strict=True):
            ghost.place(QPointF(*scene.graph[name].position) + shift)

    def _shift(self) -> QPointF:
        start = QPointF(*self.canvas.network.graph[self._node].position)
        return snapped(start + self.way) - start

    def finish(self) -> None:
        shift = self._shift()
        self.cancel()
        if not self.dragged:
            self.canvas.selection.toggle(self._node)
            return
        part = Part(edits.part(self.canvas.network.graph, self._nodes), self.canvas.document.project)
        made = self.canvas.editing.insert_part("Duplicate", part, (shift.x(), shift.y()))
        self.canvas.selection.set(made)

    def cancel(self) -> None:
        for ghost in self._ghosts:
            self.canvas.network.remove_guest(ghost)
        self._ghosts.clear()
