"""The whole network in a corner of the canvas, and which part of it is in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import QWidget

from studio.canvas.look import faded
from studio.theme import MOTION, RADIUS, SPACE

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas
    from studio.theme import Theme

LARGEST = QSize(208, 208)
PART = 5
"""It takes no more than this part of the canvas in either direction."""
SMALLEST = 48
"""Pixels that even a very long or wide network has across."""


class Minimap(QWidget):
    """Draws the network once, as it is seen from afar, and over it the rectangle that is in sight.

    A press or a drag brings a place into the middle, the wheel zooms. It shows itself only while there is something
    out of sight. The keyboard has it all without: fitting, zooming, walking along the wires, bookmarks.

    Args:
        canvas: what it is a map of.
        theme: its colors.
    """

    def __init__(self, canvas: Canvas, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._board = parent
        self._canvas = canvas
        self._theme = theme
        self._wanted = True
        self._picture: QPixmap | None = None
        self._whole = QRectF()
        self._calm = QTimer(self, singleShot=True, interval=MOTION.slow)
        self._calm.timeout.connect(self._redraw)
        self.setAccessibleName("Minimap")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        for signal in (canvas.document.changed, theme.changed):
            signal.connect(self.forget)
        for signal in (canvas.document.opened, canvas.showing.changed):
            signal.connect(self._redraw)
        for bar in (canvas.horizontalScrollBar(), canvas.verticalScrollBar()):
            bar.valueChanged.connect(self.follow)
        canvas.camera.zoomed.connect(self.follow)
        self.hide()

    @property
    def wanted(self) -> bool:
        """Whether it is to show itself at all."""
        return self._wanted

    def want(self, on: bool) -> None:
        """Show it while something is out of sight, or never."""
        self._wanted = on
        self._redraw()

    def forget(self) -> None:
        """The network is another: draw it anew when the hands rest, so that no edit waits for it."""
        if self._picture is None:
            self._redraw()
        else:
            self._calm.start()

    def _redraw(self) -> None:
        self._picture = None
        self._whole = self._canvas.network.bounds()
        self.follow()

    def follow(self) -> None:
        """Another part of the network is in sight."""
        outside = not self._whole.isEmpty() and not self._canvas.camera.sight().contains(self._whole)
        shown = self._wanted and outside
        if shown and self.size() != self._room():
            self.resize(self._room())
            self._picture = None
        self.setVisible(shown)
        self.stand()
        self.update()

    def stand(self) -> None:
        """Stand in the lower right corner."""
        area = self._board.rect()
        self.move(area.right() - self.width() - SPACE.m, area.bottom() - self.height() - SPACE.m)
        self.raise_()

    def _room(self) -> QSize:
        """A size in the proportions of the network, as far as it can be read."""
        room = LARGEST.boundedTo(self._board.size() / PART)
        size = self._whole.size().toSize().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        return QSize(max(size.width(), SMALLEST), max(size.height(), SMALLEST)) + QSize(2 * SPACE.s, 2 * SPACE.s)

    def _scale(self) -> float:
        inside = self.rect().adjusted(SPACE.s, SPACE.s, -SPACE.s, -SPACE.s)
        return float(min(inside.width() / self._whole.width(), inside.height() / self._whole.height()))

    def place_of(self, spot: QPointF) -> QPointF:
        """The point of the canvas that a point of the map stands for."""
        return self._whole.center() + (spot - QRectF(self.rect()).center()) / self._scale()

    def sight(self) -> QRectF:
        """What is in sight of the canvas, on the map."""
        sight, scale = self._canvas.camera.sight(), self._scale()
        middle = QRectF(self.rect()).center() + (sight.center() - self._whole.center()) * scale
        box = QRectF(0, 0, sight.width() * scale, sight.height() * scale)
        box.moveCenter(middle)
        return box

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self._theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.border), 1))
        painter.setBrush(faded(QColor(colors.surface), 0.94))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS.m, RADIUS.m)
        if self._picture is None:
            self._picture = self._drawn()
        painter.drawPixmap(0, 0, self._picture)
        painter.setPen(QPen(QColor(colors.accent), 1.5))
        painter.setBrush(faded(QColor(colors.accent), 0.12))
        inside = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.drawRoundedRect(self.sight() & inside, RADIUS.s, RADIUS.s)
        painter.end()

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.translate(QRectF(self.rect()).center())
        painter.scale(self._scale(), self._scale())
        painter.translate(-self._whole.center())
        self._canvas.network.overview.paint_all(painter, smooth=True)
        painter.end()
        return picture

    # Hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._canvas.camera.center(self.place_of(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._canvas.camera.center(self.place_of(event.position()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._canvas.camera.zoom_by(1.0015 ** event.angleDelta().y())
        event.accept()
