"""The network seen from afar: every box and wire in a few strokes, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.spec import Link
from studio.canvas.items.face import FaceItem
from studio.canvas.look import Detail, Look, mixed

if TYPE_CHECKING:
    from studio.canvas.scene import NetworkScene

Boxes = dict[str, list[QRectF]]
Wires = dict[str, QPainterPath]
EVERYWHERE = QRectF(-1e6, -1e6, 2e6, 2e6)
DICE = 14.0
"""How much of a box seen from afar says that a search tries something there, in canvas units."""


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
        self._boxes: Boxes = {}
        self._wires: Wires | None = None
        self._carried: tuple[frozenset[str], frozenset[Link]] = (frozenset(), frozenset())
        self.setZValue(-1)

    def forget(self, link: Link | None = None) -> None:
        """A wire, or anything, is elsewhere or looks otherwise."""
        if self._wires is not None and link not in self._carried[1]:
            self._wires = None
        if self._look.detail is Detail.FAR:
            self.update()

    def carry(self, nodes: Iterable[str], links: Iterable[Link]) -> None:
        """These are on their way: they are drawn apart from the rest, which is then not gathered anew at each step."""
        carried = frozenset(nodes), frozenset(links)
        if carried != self._carried:
            self._carried, self._wires = carried, None
        self.forget(next(iter(carried[1]), None))

    def put_down(self) -> None:
        """Nothing is on its way any longer."""
        if any(self._carried):
            self._carried, self._wires = (frozenset(), frozenset()), None

    def boundingRect(self) -> QRectF:
        return EVERYWHERE

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._look.detail is not Detail.FAR:
            self._paint_bare(painter)
            return
        self.paint_all(painter, smooth=not self._look.moving and not any(self._carried))

    def paint_all(self, painter: QPainter, *, smooth: bool) -> None:
        """Draw the whole network; curves are only made smooth while nothing moves."""
        if self._wires is None:
            scene, (nodes, links) = self._scene, self._carried
            self._boxes = self._boxes_of(scene.nodes.keys() - nodes if nodes else scene.nodes)
            self._wires = self._wires_of(scene.links.keys() - links if links else scene.links)
        self._draw(painter, self._boxes, self._wires, smooth=smooth)
        if any(self._carried):
            self._draw(painter, self._boxes_of(self._carried[0]), self._wires_of(self._carried[1]), smooth=smooth)

    def _draw(self, painter: QPainter, boxes: Boxes, wires: Wires, *, smooth: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, path in wires.items():
            pen = QPen(QColor(color), 1.0)
            pen.setCosmetic(True)  # a hair thinner than a pixel would fade away
            painter.setPen(pen)
            painter.drawPath(path)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        painter.setPen(Qt.PenStyle.NoPen)
        for color, rectangles in boxes.items():
            painter.setBrush(QColor(color))
            painter.drawRects(rectangles)

    def _boxes_of(self, nodes: Iterable[str]) -> Boxes:
        """Boxes by their color; what is chosen, and the ends of those that are searched, lie uppermost."""
        found: Boxes = {}
        chosen: list[QRectF] = []
        block = cache(self._look.block)
        for name in nodes:
            node = self._scene.nodes[name]
            box, face = node.rect, node.face
            color = block(face.category, node.marks.tone, muted=face.muted)
            if node.opacity() < 1:  # others are sought
                color = mixed(QColor(color), QColor(self._look.colors.canvas), node.opacity()).name()
            found.setdefault(color, []).append(box)
            if node.selected or node.hovered:
                chosen.append(box)
            elif face.searched:
                chosen.append(QRectF(box.right() - DICE, box.top(), DICE, box.height()))
        if chosen:
            found[self._look.colors.accent] = chosen
        return found

    def _wires_of(self, links: Iterable[Link]) -> Wires:
        """Wires by their color, those that are chosen last."""
        found: Wires = {}
        for link in links:
            wire = self._scene.links[link]
            if not wire.lifted:
                found.setdefault(wire.color, QPainterPath()).addPath(wire.path())
        accent = found.pop(self._look.colors.accent, None)
        return found if accent is None else {**found, self._look.colors.accent: accent}

    def _paint_bare(self, painter: QPainter) -> None:
        bare = [sprite.node.rect for sprite in self._scene.pictures.bare if isinstance(sprite, FaceItem)]
        if bare:
            colors = self._look.colors
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mixed(QColor(colors.raised), QColor(colors.border_strong), 0.8))
            painter.drawRects(bare)
