"""The network seen from afar: every box and wire in a few strokes, whatever their number."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from studio.canvas.face_item import FaceItem
from studio.canvas.look import Detail, Look, mixed

if TYPE_CHECKING:
    from studio.canvas.scene import NetworkScene

EVERYWHERE = QRectF(-1e6, -1e6, 2e6, 2e6)


class Overview(QGraphicsItem):
    """Draws what no picture is there for: all when far away, else boxes that just came into sight.

    Args:
        scene: what it shows.
        look: shared by all items of the scene.
    """

    def __init__(self, scene: NetworkScene, look: Look) -> None:
        super().__init__()
        self._scene = scene
        self._look = look
        self._boxes: dict[str, list[QRectF]] = {}
        self._wires: dict[str, QPainterPath] | None = None
        self.setZValue(-1)

    def forget(self) -> None:
        """Something is elsewhere or looks otherwise."""
        if self._wires is not None:
            self._wires = None
            self.update()

    def boundingRect(self) -> QRectF:
        return EVERYWHERE

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._look.detail is not Detail.FAR:
            self._paint_bare(painter)
            return
        self.paint_all(painter, smooth=not self._look.moving)

    def paint_all(self, painter: QPainter, *, smooth: bool) -> None:
        """Draw the whole network; curves are only made smooth while nothing moves."""
        if self._wires is None:
            self._gather()
        assert self._wires is not None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, path in self._wires.items():
            pen = QPen(QColor(color), 1.0)
            pen.setCosmetic(True)  # a hair thinner than a pixel would fade away
            painter.setPen(pen)
            painter.drawPath(path)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        painter.setPen(Qt.PenStyle.NoPen)
        for color, boxes in self._boxes.items():
            painter.setBrush(QColor(color))
            painter.drawRects(boxes)

    def _gather(self) -> None:
        """Sort boxes and wires by their color; what is chosen comes last and so lies uppermost."""
        colors, scene = self._look.colors, self._scene
        self._boxes, self._wires = {}, {}
        chosen: list[QRectF] = []
        block = cache(self._look.block)
        for node in scene.nodes.values():
            color = block(node.face.category, node.marks.tone, muted=node.face.muted)
            if node.opacity() < 1:  # others are sought
                color = mixed(QColor(color), QColor(colors.canvas), node.opacity()).name()
            self._boxes.setdefault(color, []).append(node.rect)
            if node.selected or node.hovered:
                chosen.append(node.rect)
        if chosen:
            self._boxes[colors.accent] = chosen
        for link in sorted(scene.links.values(), key=lambda one: one.zValue()):
            if not link.lifted:
                self._wires.setdefault(link.pen().color().name(), QPainterPath()).addPath(link.path())

    def _paint_bare(self, painter: QPainter) -> None:
        bare = [sprite.node.rect for sprite in self._scene.pictures.bare if isinstance(sprite, FaceItem)]
        if bare:
            colors = self._look.colors
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mixed(QColor(colors.raised), QColor(colors.border_strong), 0.8))
            painter.drawRects(bare)
