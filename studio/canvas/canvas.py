"""The canvas: it shows one network of the document and turns hands into edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView

from engine.spec import Catalogue, Graph, Link, Node, Project
from studio.canvas.camera import Camera
from studio.canvas.editing import Editing
from studio.canvas.face import Face, face_of
from studio.canvas.finding import entries
from studio.canvas.grid import paint_grid
from studio.canvas.hands import Hands
from studio.canvas.hint import Hint
from studio.canvas.joining import End
from studio.canvas.look import Detail, Look
from studio.canvas.popup import AddPopup
from studio.canvas.scene import NetworkScene
from studio.canvas.selection import Selection
from studio.canvas.tools import Place, Tool

if TYPE_CHECKING:
    from studio.document import Document
    from studio.theme import Theme

WHOLE_SHAPES_ZOOM = 1.6
READABLE = 0.62
"""What is opened is not shown smaller than this, even if its end is out of sight then."""
FAR_EDGE = 1_000_000


class Canvas(QGraphicsView):
    """A network as boxes and wires.

    Args:
        document: what is shown and edited.
        catalogue: the kinds of layer there are.
        theme: its colors.
        network: which of the project's networks.
    """

    mend_asked = Signal(str)
    """The button on the card of this node was pressed."""
    node_opened = Signal(str)
    """A node was double-clicked."""
    menu_asked = Signal(QPoint)
    """A context menu is wanted at this place of the screen; what it is about is selected."""

    def __init__(self, document: Document, catalogue: Catalogue, theme: Theme, *, network: str = "model") -> None:
        super().__init__()
        self.document = document
        self.look = Look(theme.colors)
        self.network = NetworkScene(self.look)
        self.network.setParent(self)
        self.camera = Camera(self)
        self.selection = Selection(self.network, self)
        self.editing = Editing(document, catalogue, network)
        self.tool: Tool | None = None
        self._theme = theme
        self._hands = Hands(self)
        self._space = False
        self._set_up()
        self.hint = Hint(self.viewport())
        self.popup = AddPopup(entries(catalogue.layers), self)
        document.changed.connect(self._document_changed)
        document.opened.connect(self._document_opened)
        theme.changed.connect(self._restyle)
        self.camera.zoomed.connect(self._zoomed)
        self._show()

    def _set_up(self) -> None:
        self.setScene(self.network)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setSceneRect(-FAR_EDGE, -FAR_EDGE, 2 * FAR_EDGE, 2 * FAR_EDGE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Network")

    # The document

    @property
    def graph(self) -> Graph:
        return self.editing.graph

    def _document_changed(self, before: Project, after: Project) -> None:
        self.give_up()
        self._show()
        if before.networks is not after.networks:
            self.network.describe_again(self._describe)

    def _document_opened(self) -> None:
        self.selection.set()
        self.popup.hide()
        self.open_view()

    def open_view(self) -> None:
        """Show the whole of what was opened; a project made by code has no places yet and is laid out first."""
        if len(self.graph.nodes) > 1 and len({node.position for node in self.graph.nodes}) == 1:
            self._lay_out()
        self.camera.fit(self.network.bounds(), least=READABLE)

    def _lay_out(self) -> None:
        """Give every box a place; that is no edit, unless there are others that must not be forgotten."""
        graph = self.editing.arranged()
        if self.document.dirty:
            self.editing.commit("Arrange", graph)
        else:
            laid_out = self.document.project.with_network(self.editing.network, graph)
            self.document.replace(laid_out, path=self.document.path)

    def _show(self) -> None:
        self.network.show_graph(self.graph, self._describe)
        self.selection.keep_up()

    def _describe(self, node: Node) -> Face:
        return face_of(node, self.document.project, self.graph, self.editing.catalogue.layers)

    def _restyle(self) -> None:
        self.look.colors = self._theme.colors
        self.network.restyle()
        self.viewport().update()

    # What is in sight

    def fit(self) -> None:
        """Show the whole network, or what is chosen of it."""
        chosen = self.selection.nodes if len(self.selection.nodes) > 1 else None
        self.camera.fit(self.network.bounds(chosen))

    def show_node(self, node: str) -> None:
        """Choose a node and bring it into the middle."""
        self.selection.set([node])
        self.camera.center(self.network.bounds([node]).center())

    def reach(self, pixels: float) -> float:
        """A distance of the screen in canvas units."""
        return pixels / self.camera.zoom

    def _zoomed(self, zoom: float) -> None:
        detail, whole = Detail.at(zoom), zoom >= WHOLE_SHAPES_ZOOM
        self.look.zoom, self.look.ratio = zoom, zoom * self.devicePixelRatioF()
        if (detail, whole) != (self.look.detail, self.look.whole_shapes):
            self.look.detail, self.look.whole_shapes = detail, whole
            self.network.restyle()

    def wire_below(self, node: str) -> Link | None:
        """The wire that a box lies on with its middle."""
        return self.network.link_at(self.network.nodes[node].rect.center(), 12)

    # Adding

    def ask_what_to_add(self, at: QPoint | None = None, *, wire: End | None = None) -> None:
        """Open the search at a point of the view; what is chosen is put there, on the wire if there is one."""
        place = self.viewport().rect().center() if at is None else at
        spot = self.mapToScene(place)

        def add(kind: str) -> None:
            if wire is not None:
                made = self.editing.add_at(kind, spot, wire)
            elif at is None:
                made = self._added(kind)
            else:
                made = self.editing.add(kind, spot)
            self.selection.set([made])

        self.popup.ask(place, add, wire=wire)

    def add(self, kind: str) -> None:
        """Add a layer after the chosen one, or in the middle of what is in sight."""
        self.selection.set([self._added(kind)])
        self.camera.reveal(self.network.bounds(self.selection.nodes))

    def _added(self, kind: str) -> str:
        if len(self.selection.nodes) == 1:
            return self.editing.add_after(kind, self.selection.nodes[0])
        return self.editing.add(kind, self.camera.sight().center())

    # Gestures

    def begin(self, tool: Tool) -> None:
        """Start a gesture; one that is going on is given up."""
        self.give_up()
        self.tool = tool
        self.viewport().setCursor(tool.cursor)

    def begin_place(self, kind: str, at: QPoint) -> None:
        """Let the ghost of a new layer follow the pointer; `at` is a point of the view."""
        self.begin(Place(self, QPointF(at), kind=kind))

    def finish(self) -> None:
        """The gesture is done."""
        tool, self.tool = self.tool, None
        self.viewport().unsetCursor()
        if tool is not None:
            tool.finish()

    def give_up(self) -> None:
        """Take the gesture back as if it had never begun."""
        tool, self.tool = self.tool, None
        self.viewport().unsetCursor()
        if tool is not None:
            tool.cancel()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.popup.hide()
        spot = self.mapToScene(event.position().toPoint())
        left = event.button() is Qt.MouseButton.LeftButton
        bubble = self.network.mend_at(spot) if left else None
        if bubble is not None:
            self.mend_asked.emit(bubble.node)
        elif left and self.network.covered(spot) and not self._space:
            return
        elif left or event.button() is Qt.MouseButton.MiddleButton:
            tool = self._hands.gesture(event, panning=self._space)
            if tool is not None:
                self.begin(tool)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.tool is not None:
            self.tool.move_to(event.position())
        else:
            self._hands.hover(self.mapToScene(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.tool is not None:
            self.tool.place = event.position()
            self.finish()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        spot = self.mapToScene(event.position().toPoint())
        node = self.network.node_at(spot)
        if node is not None:
            self.node_opened.emit(node.id)
        elif not self.network.covered(spot):
            self.ask_what_to_add(event.position().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        node = self.network.node_at(self.mapToScene(event.pos()))
        if node is not None and node.id not in self.selection:
            self.selection.set([node.id])
        self.menu_asked.emit(event.globalPos())

    # Wheel and keys

    def wheelEvent(self, event: QWheelEvent) -> None:
        keys = event.modifiers()
        if not event.pixelDelta().isNull() and not keys & Qt.KeyboardModifier.ControlModifier:
            self.camera.move_by(-QPointF(event.pixelDelta()))  # two fingers on a touchpad move the paper
        elif keys & Qt.KeyboardModifier.ShiftModifier:
            self.camera.move_by(QPointF(-event.angleDelta().y() or -event.angleDelta().x(), 0))
        else:
            self.camera.zoom_by(1.0015 ** event.angleDelta().y(), at=event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.tool is not None:
                self.give_up()
            else:
                self.selection.set()
        elif event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space = True
                self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            event.ignore()  # the page's shortcuts have it; the view must not scroll by itself

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self.viewport().unsetCursor()
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space = False
        super().focusOutEvent(event)

    # Painting

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        paint_grid(painter, QRectF(rect), self.look.colors, self.camera.zoom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.popup.hide()
        self.camera.resized()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._zoomed(self.camera.zoom)
