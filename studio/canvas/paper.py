"""The paper that networks are drawn on: what is in sight of it, how it is zoomed, moved and painted in time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QNativeGestureEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView

from studio.canvas.camera import Camera
from studio.canvas.items.grid import paint_grid
from studio.canvas.look import Detail, Look
from studio.canvas.scene import NetworkScene
from studio.theme import MOTION, Theme

WHOLE_SHAPES_ZOOM = 1.6
READABLE = 0.62
"""What is opened is not shown smaller than this, even if its end is out of sight then."""
FAR_EDGE = 1_000_000
IN_MOTION, AT_REST = 0.004, 0.012
"""Seconds of a frame that may go into painting pictures."""


class Paper(QGraphicsView):
    """Shows a scene; what hands do with what stands there is for who derives from it.

    Args:
        theme: its colors.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.look = Look(theme.colors)
        self.network = NetworkScene(self.look)
        self.network.setParent(self)
        self.camera = Camera(self)
        self._rest = QTimer(self, singleShot=True, interval=MOTION.quick)
        self._rest.timeout.connect(self._rested)
        self._set_up()
        theme.changed.connect(self._restyle)
        self.camera.zoomed.connect(self._zoomed)

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

    def _restyle(self) -> None:
        self.look.colors = self.theme.colors
        self.network.restyle()
        self.viewport().update()

    def turn_to(self, scene: NetworkScene) -> None:
        """Show another scene, drawn with this paper's look; the one that was shown gives its pictures back."""
        self.network.pictures.clear()
        self.network = scene
        self.look.restyled = scene.overview.forget
        scene.show_detail()
        self.setScene(scene)

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
        self.camera.resized()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._zoomed(self.camera.zoom)
