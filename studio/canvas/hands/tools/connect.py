"""Drawing a wire from port to port."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from engine.spec import Link
from studio.canvas.editing.joining import End, Fits, Joining
from studio.canvas.hands.tools.tool import Tool
from studio.canvas.layout.geometry import link_path

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class Connect(Tool):
    """Drag a wire from a port. Pressing an input that has its one wire takes that wire off, to be put elsewhere.

    While it is drawn, ports that it may end at glow, and others say why not: one that the rules refuse takes no wire,
    one that the data does not fit takes it and can be mended. Dropped on a box it takes the first port that fits;
    dropped in the empty it asks which layer to add, or, if it was taken off, is removed.

    Args:
        canvas: where it happens.
        press: where it began.
        end: the port that was pressed.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: Canvas, press: QPointF, *, end: End) -> None:
        super().__init__(canvas, press)
        self._lifted = self._wire_at(end)
        link = self._lifted
        self._start = End(link.source, link.output, output=True) if link else end
        graph = canvas.network.graph.disconnect(link) if link else canvas.network.graph
        self._joining = Joining(graph, self._start)
        self._target: End | None = None
        self._glowing = False
        self._item = QGraphicsPathItem()
        self._item.setZValue(9)
        self._item.hide()
        canvas.network.addItem(self._item)
        canvas.fits(self._start, self._know)

    def _know(self, fits: Fits) -> None:
        """The answer to which ports what flows here would fit; the ports glow anew."""
        if self.canvas.hands.tool is self:
            self._joining.misfits, self._glowing = fits.misfits, False
            if self.dragged:
                self.drag()

    def _wire_at(self, end: End) -> Link | None:
        if end.output or end.many:
            return None
        return next((link for link in self.canvas.network.graph.incoming[end.node] if link.input == end.port), None)

    def drag(self) -> None:
        scene = self.canvas.network
        if self._lifted in scene.links:
            scene.links[self._lifted].lift(True)
        scene.hush(True)
        before, self._target = self._target, self._aimed()
        self._glow({end.node for end in (before, self._target) if end is not None})
        start = scene.place_of(self._start)
        end = scene.place_of(self._target) if self._target else self.spot
        self._item.setPath(link_path(start, end) if self._start.output else link_path(end, start))
        self._say()
        self._item.show()

    def _aimed(self) -> End | None:
        """The port below the pointer; on a box, its first port that fits, or one that says why none does."""
        scene = self.canvas.network
        near = scene.end_at(self.spot, self.canvas.reach(16))
        if near is not None:
            return None if near == self._start else near
        box = scene.node_at(self.spot)
        if box is None or box.id == self._start.node:
            return None
        ends = [end for end in box.ends() if end.output != self._start.output] or box.ends()
        ranked = sorted(ends, key=lambda end: (bool(self._joining.refusal(end)), bool(self._joining.misfit(end))))
        return next(iter(ranked), None)

    def _glow(self, changed: set[str]) -> None:
        """Let the ports that fit glow: all once, then those of the boxes that the pointer came to or left."""
        nodes = self.canvas.network.nodes
        for name in changed if self._glowing else nodes:
            ends = nodes[name].ends()
            fitting = frozenset((end.port, end.output) for end in ends if self._joining.welcome(end))
            nodes[name].show_fitting(fitting, self._target)
        self._glowing = True

    def _say(self) -> None:
        colors = self.canvas.look.colors
        refusal = self._joining.refusal(self._target) if self._target else ""
        misfit = self._joining.misfit(self._target) if self._target else ""
        pen = QPen(QColor(colors.error if refusal else colors.warning if misfit else colors.accent), 2)
        pen.setStyle(Qt.PenStyle.SolidLine if self._target and not refusal else Qt.PenStyle.DashLine)
        self._item.setPen(pen)
        words = refusal or misfit or self._promise()
        self.canvas.hint.say(words, self.place.toPoint(), refused=bool(refusal or misfit))

    def _promise(self) -> str:
        if self._target is None:
            return "Drop to remove the wire" if self._lifted else "Drop to add a layer here"
        gone = self._joining.replaced(self._target)
        return f"Takes the place of the wire from {gone.source}" if gone and gone != self._lifted else ""

    def finish(self) -> None:
        self._clear()
        if not self.dragged:
            return
        if self._target is not None:
            if not self._joining.refusal(self._target):
                self.canvas.editing.connect(self._start, self._target, instead=self._lifted)
        elif self._lifted is not None:
            self.canvas.editing.disconnect(self._lifted)
        else:
            self.canvas.adding.ask(self.place.toPoint(), wire=self._start)

    def cancel(self) -> None:
        self._clear()

    def _clear(self) -> None:
        scene = self.canvas.network
        scene.removeItem(self._item)
        if self._lifted in scene.links:
            scene.links[self._lifted].lift(False)
        scene.hush(False)
        for item in scene.nodes.values():
            item.show_fitting(None)
        self.canvas.hint.say("", self.place.toPoint())
