"""What the mouse and the bare keys do: the gesture of a press, and what the pointer is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent

from engine.spec import Link
from studio.canvas.look import Detail
from studio.canvas.tools import Band, Connect, Move, Pan, Tool

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

ADDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class Hands:
    """Holds the gesture that goes on, and lights up what the pointer is over.

    Args:
        canvas: where the pointer moves.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.tool: Tool | None = None
        self._panning = False
        self._panned = False
        self._link: Link | None = None
        self._node: str | None = None

    # The gesture

    def begin(self, tool: Tool) -> None:
        """Start a gesture; one that is going on is given up."""
        self.give_up()
        self.tool = tool
        self._canvas.viewport().setCursor(tool.cursor)

    def finish(self) -> None:
        """The gesture is done."""
        tool, self.tool = self.tool, None
        self._canvas.viewport().unsetCursor()
        if tool is not None:
            tool.finish()

    def give_up(self) -> None:
        """Take the gesture back as if it had never begun."""
        tool, self.tool = self.tool, None
        self._canvas.viewport().unsetCursor()
        if tool is not None:
            tool.cancel()

    # The mouse

    def press(self, event: QMouseEvent) -> None:
        canvas = self._canvas
        spot = canvas.mapToScene(event.position().toPoint())
        left = event.button() is Qt.MouseButton.LeftButton
        bubble = canvas.network.mend_at(spot) if left else None
        if bubble is not None:
            canvas.mend_asked.emit(bubble.node)
        elif left and canvas.network.covered(spot) and not self._panning:
            return
        elif left or event.button() is Qt.MouseButton.MiddleButton:
            self._panned = True
            tool = self._gesture(event, spot)
            if tool is not None:
                self.begin(tool)

    def move(self, event: QMouseEvent) -> None:
        if self.tool is not None:
            self.tool.move_to(event.position())
        else:
            self._hover(self._canvas.mapToScene(event.position().toPoint()))

    def release(self, event: QMouseEvent) -> None:
        if self.tool is not None:
            self.tool.place = event.position()
            self.finish()

    def double(self, event: QMouseEvent) -> None:
        """Open what lies below, or ask what to add in the empty."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        canvas, place = self._canvas, event.position().toPoint()
        spot = canvas.mapToScene(place)
        node = canvas.network.node_at(spot)
        if node is not None:
            canvas.node_opened.emit(node.id)
        elif not canvas.network.covered(spot):
            canvas.adding.ask(place)

    def menu(self, event: QContextMenuEvent) -> None:
        """Choose what lies below, so that the menu is about it."""
        canvas = self._canvas
        node = canvas.network.node_at(canvas.mapToScene(event.pos()))
        if node is not None and node.id not in canvas.selection:
            canvas.selection.set([node.id])
        canvas.menu_asked.emit(event.globalPos())

    def _gesture(self, event: QMouseEvent, spot: QPointF) -> Tool | None:
        """The gesture that a press begins, by what lies below it; a press on a wire only chooses the wire."""
        canvas, place = self._canvas, event.position()
        adding = bool(event.modifiers() & ADDING)
        if event.button() is Qt.MouseButton.MiddleButton or self._panning:
            return Pan(canvas, place)
        end = canvas.network.end_at(spot, canvas.reach(9))
        if end is not None and canvas.look.detail is not Detail.FAR:
            return Connect(canvas, place, end=end)
        node = canvas.network.node_at(spot)
        if node is not None:
            return Move(canvas, place, node=node.id, adding=adding)
        link = canvas.network.link_at(spot, canvas.reach(6))
        if link is not None:
            canvas.selection.set(canvas.selection.nodes if adding else (), [link])
            return None
        return Band(canvas, place, adding=adding)

    def _hover(self, spot: QPointF) -> None:
        """Show what the pointer is over."""
        canvas = self._canvas
        end = canvas.network.end_at(spot, canvas.reach(9))
        node = canvas.network.node_at(spot)
        name = node.id if node else end.node if end else None
        link = None if name else canvas.network.link_at(spot, canvas.reach(6))
        if name != self._node:
            for one, on in ((self._node, False), (name, True)):
                if one in canvas.network.nodes:
                    canvas.network.nodes[one].set_hovered(on)
        if link != self._link:
            for wire, on in ((self._link, False), (link, True)):
                if wire in canvas.network.links:
                    canvas.network.links[wire].set_hovered(on)
        self._node, self._link = name, link
        canvas.viewport().setCursor(Qt.CursorShape.CrossCursor if end else Qt.CursorShape.ArrowCursor)

    # Bare keys

    def key(self, event: QKeyEvent) -> bool:
        """Take a key that is no shortcut: Esc gives up, Space holds the paper; tell whether it was one of these."""
        if event.key() == Qt.Key.Key_Escape:
            if self.tool is not None:
                self.give_up()
            else:
                self._canvas.selection.set()
        elif event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._panning, self._panned = True, False
                self._canvas.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            return False
        return True

    def key_up(self, event: QKeyEvent) -> bool:
        """Space was let go: without a drag in between it asks what to add, where the pointer is."""
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            return False
        asks = self._panning and not self._panned and self.tool is None
        self.let_go()
        if asks:
            self._canvas.adding.ask_here()
        return True

    def let_go(self) -> None:
        """The keyboard is elsewhere, or Space is up again."""
        if self._panning:
            self._panning = False
            self._canvas.viewport().unsetCursor()
