"""Moving boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from engine.spec import Link
from studio.canvas.hands.tools.load import loaded
from studio.canvas.hands.tools.shake import Shake
from studio.canvas.hands.tools.tool import Tool

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Move(Tool):
    """Drag all chosen boxes along the grid; a lone box without wires that is dropped on a wire goes into it.

    Boxes that are shaken, or dragged with Alt, come out of their wires. Alt during the drag lets neighbors be.

    Args:
        canvas: where it happens.
        press: where it began.
        node: the box that was pressed.
        keys: what was held: Shift adds the box to what is chosen, Alt takes the boxes out of their wires.
    """

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, canvas: Canvas, press: QPointF, *, node: str, keys: Qt.KeyboardModifier) -> None:
        super().__init__(canvas, press)
        self._node = node
        selection = canvas.selection
        self._before = (selection.nodes, selection.links, selection.frames)
        adding = bool(keys & Qt.KeyboardModifier.ShiftModifier)
        self._only = node in selection and not adding
        if adding:
            selection.add(node)
        elif node not in selection:
            selection.set([node])
        self._load = loaded(canvas)
        self._wire: Link | None = None
        self._shift = QPointF()
        self._shake = Shake(press.x())
        self._pressed_alt = bool(keys & Qt.KeyboardModifier.AltModifier)
        self._out = self._pressed_alt

    def drag(self) -> None:
        if self._shake.moved_to(self.place.x(), self.moment) and self._wired():
            self._out = True
        freely = bool(self.keys & Qt.KeyboardModifier.AltModifier) and not self._pressed_alt
        self._shift = self._load.carry(self.way, freely=freely)
        self._show_wires(not self._out)
        if self._out or not self._wired():
            self._aim(self._wire_below() if len(self._load.nodes) == 1 else None)
        self.canvas.hint.say(self._promise(), self.place.toPoint())

    def _promise(self) -> str:
        if self._wire is not None:
            return "Drop to insert here"
        return "Drop to take out of the wires" if self._out else ""

    def _wired(self) -> bool:
        graph = self.canvas.network.graph
        return any(graph.incoming[name] or graph.outgoing[name] for name in self._load.nodes)

    def _show_wires(self, shown: bool) -> None:
        """Hide the wires that what is carried comes out of."""
        scene, carried = self.canvas.network, set(self._load.nodes)
        for name in carried if self._out or not shown else ():
            for link in (*scene.graph.incoming[name], *scene.graph.outgoing[name]):
                scene.links[link].lift(not shown)

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
        wire, shift = self._wire, (self._shift.x(), self._shift.y())
        self._set_down()
        if not self.dragged:
            if self._only:
                self.canvas.selection.set([self._node])
        elif self._out:
            self.canvas.editing.detach(self._load.nodes, shift, into=wire)
        else:
            self.canvas.editing.move(self._load.nodes, shift, frames=self._load.frames, into=wire)

    def cancel(self) -> None:
        self._load.put(QPointF(0, 0))
        self._set_down()
        self.canvas.selection.set(*self._before)

    def _set_down(self) -> None:
        self._aim(None)
        self._show_wires(True)
        self._load.set_down()
        self.canvas.hint.say("", self.place.toPoint())
