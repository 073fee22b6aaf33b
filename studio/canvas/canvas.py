"""The canvas: it shows one network of the document and turns hands into edits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView

from engine.spec import Catalogue, Graph, Node, Project
from studio.blocks import MAIN
from studio.canvas.arranging import Arranging
from studio.canvas.camera import Camera
from studio.canvas.editing.editing import Editing
from studio.canvas.editing.joining import AskFits, End, Fits
from studio.canvas.editing.making import Making
from studio.canvas.facts.face import Face, face_of
from studio.canvas.hands.adding import Adding
from studio.canvas.hands.hands import Hands
from studio.canvas.items.grid import paint_grid
from studio.canvas.look import Detail, Look
from studio.canvas.overlays.hint import Hint
from studio.canvas.scene import NetworkScene
from studio.canvas.search.finding import entries
from studio.canvas.search.popup import AddPopup
from studio.canvas.selection import Selection
from studio.canvas.showing import Level, Showing
from studio.theme import MOTION

if TYPE_CHECKING:
    from studio.document import Document
    from studio.theme import Theme

WHOLE_SHAPES_ZOOM = 1.6
READABLE = 0.62
"""What is opened is not shown smaller than this, even if its end is out of sight then."""
FAR_EDGE = 1_000_000
IN_MOTION, AT_REST = 0.004, 0.012
"""Seconds of a frame that may go into painting pictures."""


@dataclass(frozen=True, slots=True)
class View:
    """What was in sight of a network: its middle, in canvas units, and pixels per unit."""

    center: QPointF
    zoom: float


def _nobody_knows(end: End, then: Callable[[Fits], object]) -> None:
    """Where nobody can be asked, nothing is known to misfit."""


class Canvas(QGraphicsView):
    """A network as boxes and wires.

    Args:
        document: what is shown and edited.
        catalogue: the kinds of layer there are.
        theme: its colors.
        network: which of the project's networks it starts with.
    """

    mend_asked = Signal(str)
    """The button on the card of this node was pressed."""
    node_opened = Signal(str)
    """A node was double-clicked."""
    frame_opened = Signal(str)
    """A frame's title was double-clicked."""
    menu_asked = Signal(QPoint)
    """A context menu is wanted at this place of the screen; what it is about is selected."""

    def __init__(self, document: Document, catalogue: Catalogue, theme: Theme, *, network: str = MAIN) -> None:
        super().__init__()
        self.document = document
        self.look = Look(theme.colors)
        self.network = NetworkScene(self.look)
        self.network.setParent(self)
        self.camera = Camera(self)
        self.selection = Selection(self.network, self)
        self.showing = Showing(document, network, self)
        self.editing = Editing(document, catalogue, self.showing)
        self.making = Making(self.editing)
        self.snapping = True
        """Whether what is dragged is drawn to what stands beside it."""
        self.theme = theme
        self._rest = QTimer(self, singleShot=True, interval=MOTION.quick)
        self._rest.timeout.connect(self._rested)
        self._views: dict[Level, View] = {}
        self._set_up()
        self.hint = Hint(self.viewport())
        self.popup = AddPopup(entries(catalogue.layers), self)
        self.adding = Adding(self)
        self.hands = Hands(self)
        self.arranging = Arranging(self)
        self.fits: AskFits = _nobody_knows
        """Asks what would take what flows at an end; whoever knows of shapes answers it later."""
        document.changed.connect(self._document_changed)
        document.opened.connect(self._document_opened)
        theme.changed.connect(self._restyle)
        self.showing.changed.connect(self._level_changed)
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
        self.hands.give_up()
        self.showing.keep_up(before, after)
        self._show()
        if before.networks is not after.networks:
            self.network.describe_again(self._describe)

    def _document_opened(self) -> None:
        self.selection.set()
        self.popup.hide()
        self._views.clear()
        self.showing.reset()
        self.open_view()

    def open_view(self) -> None:
        """Show the whole of what was opened; a project made by code has no places yet and is laid out first."""
        self._lay_out()
        self.camera.fit(self.network.bounds(), least=READABLE)

    def _lay_out(self) -> None:
        """Give every box a place; that is no edit, unless there are others that must not be forgotten."""
        project = self.editing.unpiled(self.document.project)
        if project == self.document.project:
            return
        if self.document.dirty:
            self.document.edit("Arrange", project)
        else:
            self.document.replace(project, path=self.document.path)

    def _level_changed(self, before: Level, after: Level) -> None:
        """Another network is shown: as it was seen last, or whole when it is seen for the first time."""
        self.hands.give_up()
        self.popup.hide()
        self.selection.set()
        self._views[before] = View(self.camera.sight().center(), self.camera.zoom)
        self.network.show_graph(Graph(), self._describe)  # nodes of two networks may share their ids
        self._show()
        view = self._views.get(after)
        if view is None:
            self.camera.fit(self.network.bounds(), least=READABLE)
        else:
            self.camera.zoom_to(view.zoom)
            self.camera.center(view.center)
        if before.outside == after and before.path:
            self.selection.set([before.path[-1]])  # one comes out of the block that one went into

    def _show(self) -> None:
        self.network.show_graph(self.graph, self._describe)
        self.selection.keep_up()

    def _describe(self, node: Node) -> Face:
        return face_of(node, self.document.project, self.network.graph, self.editing.catalogue.layers)

    def _restyle(self) -> None:
        self.look.colors = self.theme.colors
        self.network.restyle()
        self.viewport().update()

    # What is in sight

    def fit(self) -> None:
        """Show the whole network, or what is chosen of it."""
        chosen = self.selection.nodes if len(self.selection.nodes) > 1 else None
        self.camera.fit(self.network.bounds(chosen))

    def fit_chosen(self) -> None:
        """Show all that is chosen, as large as it can be read."""
        self.camera.fit(self.network.bounds(self.selection.nodes))

    def show_node(self, node: str) -> None:
        """Choose a node and bring it into the middle."""
        self.selection.set([node])
        self.camera.center(self.network.bounds([node]).center())

    def reach(self, pixels: float) -> float:
        """A distance of the screen in canvas units."""
        return pixels / self.camera.zoom

    def _zoomed(self, zoom: float) -> None:
        detail, whole = Detail.at(zoom), zoom >= WHOLE_SHAPES_ZOOM
        look = self.look
        look.zoom, look.ratio = zoom, zoom * self.devicePixelRatioF()
        look.moving = True
        self._rest.start()
        if (detail, whole) != (look.detail, look.whole_shapes):
            look.detail, look.whole_shapes, look.painted_ratio = detail, whole, look.ratio
            self.network.show_detail()

    def _rested(self) -> None:
        """The zoom stays as it is: paint everything as sharp as the screen."""
        self.look.moving, self.look.painted_ratio = False, self.look.ratio
        self.viewport().update()

    # Mouse, wheel and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.popup.hide()
        if self.arranging.gliding:
            self.arranging.rest()
        self.hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hands.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.hands.double(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.hands.menu(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        keys = event.modifiers()
        if not event.pixelDelta().isNull() and not keys & Qt.KeyboardModifier.ControlModifier:
            self.camera.move_by(-QPointF(event.pixelDelta()))  # two fingers on a touchpad move the paper
        elif keys & Qt.KeyboardModifier.ShiftModifier:
            self.camera.move_by(QPointF(-event.angleDelta().y() or -event.angleDelta().x(), 0))
        else:
            self.camera.zoom_by(1.0015 ** event.angleDelta().y(), at=event.position())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.camera.zoom_by(1 + event.value(), at=event.position())  # two fingers drawn apart
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.hands.key(event):
            event.ignore()  # the page's shortcuts have it; the view must not scroll by itself

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.hands.key_up(event):
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.hands.let_go()
        super().focusOutEvent(event)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        hurry = self.look.moving or self.network.pictures.bare
        if not self.network.pictures.freshen(self.camera.sight(), IN_MOTION if hurry else AT_REST):
            self.viewport().update()
        super().paintEvent(event)

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
