"""Putting a new layer down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from engine.spec import Graph, Link
from studio.canvas.facts.face import face_of
from studio.canvas.hands.tools.tool import Tool
from studio.canvas.items.node import NodeItem
from studio.canvas.layout.geometry import snapped

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Place(Tool):
    """A ghost of the layer follows the pointer along the grid; over a wire it shows that it would go into it.

    Args:
        canvas: where it happens.
        press: where the pointer is.
        kind: which layer.
    """

    cursor = Qt.CursorShape.DragCopyCursor

    def __init__(self, canvas: Canvas, press: QPointF, *, kind: str) -> None:
        super().__init__(canvas, press)
        self.dragged = True
        self._kind = kind
        self._wire: Link | None = None
        editing = canvas.editing
        node = canvas.making.fresh(kind)
        face = face_of(node, editing.document.project, Graph(nodes=(node,)), editing.catalogue.layers)
        self._ghost = NodeItem(node, face, canvas.look)
        self._ghost.setOpacity(0.7)
        self._ghost.setZValue(15)
        self._ghost.hide()
        self._inserts = bool(face.inputs and face.outputs)
        canvas.network.add_guest(self._ghost)

    def _inside(self) -> bool:
        return self.canvas.viewport().rect().contains(self.place.toPoint())

    def drag(self) -> None:
        size = self._ghost.rect.size()
        self._ghost.setVisible(self._inside())
        self._ghost.place(snapped(self.spot - QPointF(size.width() / 2, size.height() / 2)))
        wire = self.canvas.network.link_at(self.spot, self.canvas.reach(14)) if self._inside() else None
        self._aim(wire if self._inserts else None)

    def _aim(self, wire: Link | None) -> None:
        links = self.canvas.network.links
        if self._wire in links and self._wire != wire:
            links[self._wire].set_hovered(False)
        if wire is not None and self._wire != wire:
            links[wire].set_hovered(True)
        self._wire = wire
        self.canvas.hint.say("Drop to insert here" if wire else "", self.place.toPoint())

    def finish(self) -> None:
        wire = self._wire
        self.cancel()
        if self._inside():
            self.canvas.selection.set([self.canvas.making.add(self._kind, self.spot, into=wire)])
            self.canvas.setFocus()

    def cancel(self) -> None:
        self._aim(None)
        if self._ghost.scene() is not None:
            self.canvas.network.remove_guest(self._ghost)
