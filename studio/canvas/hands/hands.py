"""What the mouse and the bare keys do: the gesture of a press, and what the pointer is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent

from engine.spec import Link
from studio.canvas.hands.below import Below, below
from studio.canvas.hands.gestures import gesture
from studio.canvas.hands.hovering import Hovering
from studio.canvas.hands.tools import Tool, add_point

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


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
        self._hovering = Hovering(canvas)

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

    def let_be(self) -> None:
        """Another network comes: give up the gesture, and light nothing of the one that goes."""
        self.give_up()
        self._hovering.over(Below())

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
        else:
            self._panned = True
            tool = gesture(canvas, event, panning=self._panning)
            if tool is not None:
                self.begin(tool)

    def move(self, event: QMouseEvent) -> None:
        if self.tool is not None:
            self.tool.keys, self.tool.moment = event.modifiers(), event.timestamp() / 1000
            self.tool.move_to(event.position())
        else:
            self._hovering.over(below(self._canvas, self._canvas.mapToScene(event.position().toPoint())))

    def release(self, event: QMouseEvent) -> None:
        if self.tool is not None:
            if event.position() != self.tool.place:
                self.tool.move_to(event.position())
            self.finish()

    def double(self, event: QMouseEvent) -> None:
        """Open what lies below, put a point on a wire or take it off, or ask what to add in the empty."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        canvas, place = self._canvas, event.position().toPoint()
        spot = canvas.mapToScene(place)
        what = below(canvas, spot)
        if canvas.network.covered(spot):
            return
        if what.node:
            canvas.node_opened.emit(what.node)
        elif what.frame is not None:
            canvas.frame_opened.emit(what.frame.frame.id)
        elif what.link is not None:
            self._bend(what.link, what.point, spot)
        elif what.end is None:
            canvas.adding.ask(place)

    def _bend(self, link: Link, point: int | None, spot: QPointF) -> None:
        """Take a point off a wire, or lead the wire through a new one."""
        canvas = self._canvas
        if point is not None:
            canvas.editing.lead(link, link.via[:point] + link.via[point + 1 :], "Remove a point")
            return
        add_point(canvas, link, spot)

    def menu(self, event: QContextMenuEvent) -> None:
        """Choose what lies below, so that the menu is about it; a gesture of the right button wants none."""
        canvas = self._canvas
        if self.tool is not None:
            return
        what = below(canvas, canvas.mapToScene(event.pos()))
        if what.node and what.node not in canvas.selection:
            canvas.selection.set([what.node])
        elif what.link is not None and what.link not in canvas.selection.links:
            canvas.selection.set((), [what.link])
        elif what.frame is not None and what.frame.frame.id not in canvas.selection.frames:
            canvas.selection.set((), (), [what.frame.frame.id])
        elif what == Below():
            canvas.selection.set()
        canvas.menu_asked.emit(event.globalPos())

    # Bare keys

    def key(self, event: QKeyEvent) -> bool:
        """Take a key that is no shortcut, and tell whether it was one: Esc gives up or goes out, Space holds the paper.

        Backspace goes out as well, where nothing is chosen that it would delete.
        """
        if event.key() == Qt.Key.Key_Escape:
            if self.tool is not None:
                self.give_up()
            elif self._canvas.selection:
                self._canvas.selection.set()
            else:
                self._canvas.showing.leave()
        elif event.key() == Qt.Key.Key_Backspace:
            self._canvas.showing.leave()
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
