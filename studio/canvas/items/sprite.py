"""Things that are painted in Python once, and from then on by Qt alone.

A paint method in Python costs some ten times what it draws, and again in every frame. So boxes and pills are painted
into pictures, as sharp as the zoom needs, and equal ones share theirs. While one zooms, the pictures that are there
are drawn larger or smaller; when the zoom rests, they are painted anew, as many in a frame as it has time for.
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPixmapItem

if TYPE_CHECKING:
    from studio.canvas.look import Look


class Sprite(QGraphicsPixmapItem):
    """A picture that stands on an item.

    Args:
        parent: what it stands on.
        look: shared by all items of the scene.
    """

    def __init__(self, parent: QGraphicsItem | None, look: Look) -> None:
        super().__init__(parent)
        self.look = look
        self.stamp: Hashable = None
        """The state of the look that the picture was painted in; None when it has to be painted anew."""
        self.area = QRectF()
        """What the picture covers, in canvas units of the parent."""
        self.setShapeMode(QGraphicsPixmapItem.ShapeMode.BoundingRectShape)
        self.setTransformationMode(Qt.TransformationMode.FastTransformation)  # of no effect once the zoom rests

    @property
    def bare(self) -> bool:
        """Whether there is no picture at all."""
        return self.pixmap().isNull()

    def prepare(self) -> None:
        """Take up the present state of the look, before it is asked for its appearance and area."""

    def appearance(self) -> Hashable:
        """Everything that decides how it looks: two that are equal share their picture."""
        raise NotImplementedError

    def paint_on(self, painter: QPainter) -> None:
        """Paint, in canvas units of the parent."""
        raise NotImplementedError

    def touch(self) -> None:
        """It looks otherwise now."""
        self.stamp = None
        self.update()

    def show_picture(self, picture: QPixmap, ratio: float, stamp: Hashable) -> None:
        """Take up a picture of so many pixels per canvas unit."""
        self.stamp = stamp
        self.setPixmap(picture)
        self.setScale(1 / ratio)
        self.setPos(self.area.topLeft())

    def drop(self) -> None:
        """Give the picture back, as when it is out of sight."""
        self.stamp = None
        self.setPixmap(QPixmap())


def painted(sprite: Sprite, ratio: float) -> QPixmap:
    """The picture of a sprite, of so many pixels per canvas unit."""
    area = sprite.area
    picture = QPixmap(max(math.ceil(area.width() * ratio), 1), max(math.ceil(area.height() * ratio), 1))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.scale(ratio, ratio)
    painter.translate(-area.topLeft())
    sprite.paint_on(painter)
    painter.end()
    return picture
