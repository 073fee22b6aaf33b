"""A network to be looked at: the same boxes and wires as on the canvas, moved and zoomed like there, edited nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from engine.spec import Graph, Link
from studio.canvas.facts.face import Marks
from studio.canvas.paper import READABLE, Paper
from studio.canvas.scene import Describe
from studio.canvas.selection import Selection
from studio.theme import Theme

SOME = 16
"""Nodes that are made at a time: so many take less than a frame."""
NEAR = 0.8
"""What one goes to is not shown smaller than this."""
STEP = 80.0
"""Pixels that an arrow key moves the paper."""
ARROWS = {
    Qt.Key.Key_Left: QPointF(-STEP, 0),
    Qt.Key.Key_Right: QPointF(STEP, 0),
    Qt.Key.Key_Up: QPointF(0, -STEP),
    Qt.Key.Key_Down: QPointF(0, STEP),
}


class Drawing(Paper):
    """Shows one graph with marks on its nodes and links.

    Args:
        theme: its colors.
    """

    picked = Signal(str)
    """A node was clicked; empty for none."""
    opened = Signal(str)
    """A node was double-clicked, or Return was pressed on it."""
    left = Signal()
    """Escape or Backspace: one wants out of what was opened."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.selection = Selection(self.network, self)
        self._grip: QPointF | None = None
        self._dragged = False
        self._hovered = ""

    def show_graph(self, graph: Graph, describe: Describe) -> None:
        """Show another graph, nothing of it chosen."""
        for _ in self.unfold(graph, describe):
            pass

    def unfold(self, graph: Graph, describe: Describe) -> Iterator[None]:
        """Show another graph, nothing of it chosen, some more of its nodes at each step."""
        self.selection.set()
        self.network.show_graph(Graph(), describe)  # nodes of two graphs may share their ids
        for count in range(SOME, len(graph.nodes), SOME):
            yield
            shown = {node.id for node in graph.nodes[:count]}
            links = tuple(link for link in graph.links if link.source in shown and link.target in shown)
            self.network.show_graph(Graph(nodes=graph.nodes[:count], links=links), describe)
        yield
        self.network.show_graph(graph, describe)

    def show_marks(self, marks: Mapping[str, Marks], links: Mapping[Link, str]) -> None:
        """Mark nodes, and give links a tone; all others have none."""
        self.network.show_marks(marks, lambda _: {})
        for link, wire in self.network.links.items():
            wire.show_tensor({}, links.get(link, ""))

    def fit(self) -> None:
        """Show the whole of it as far as it can be read, from its upper end."""
        self.camera.fit(self.network.bounds(), least=READABLE)

    def fit_whole(self) -> None:
        """Show the whole of it, however small."""
        self.camera.fit(self.network.bounds())

    def go_to(self, *nodes: str) -> None:
        """Choose nodes and bring them into the middle, near enough to be read."""
        self.selection.set(nodes)
        box = self.network.bounds(nodes)
        if not box.isEmpty():
            if self.camera.zoom < NEAR:
                self.camera.zoom_to(NEAR)
            self.camera.center(box.center())

    # Hands: a click picks, a drag moves the paper

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            self._hover(event.position())
            return
        way = event.position() - self._grip
        if self._dragged or way.manhattanLength() >= QApplication.startDragDistance():
            self._dragged = True
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.camera.move_by(-way)
            self._grip = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None and not self._dragged:
            self.picked.emit(self._node_at(event.position()))
        self._grip = None
        self.viewport().unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if node := self._node_at(event.position()):
            self.opened.emit(node)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ARROWS:
            self.camera.move_by(ARROWS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selection.nodes:
            self.opened.emit(self.selection.nodes[0])
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.left.emit()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.camera.zoom_by(0.8 if key == Qt.Key.Key_Minus else 1.25)
        else:
            event.ignore()

    def _node_at(self, place: QPointF) -> str:
        found = self.network.node_at(self.mapToScene(place.toPoint()))
        return found.id if found is not None else ""

    def _hover(self, place: QPointF) -> None:
        before, self._hovered = self._hovered, self._node_at(place)
        if before == self._hovered:
            return
        for name in (before, self._hovered):
            if name in self.network.nodes:
                self.network.nodes[name].set_hovered(name == self._hovered)
