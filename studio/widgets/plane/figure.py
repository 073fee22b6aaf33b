"""A plane as a picture to take away: title, axes, legend and layers, at any size, as pixels or as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from studio.theme import SPACE, TYPE, Colors, font
from studio.widgets.pictured import SHARP, SIZE, as_image, as_svg, save_picture
from studio.widgets.plane.frame import paint_frame
from studio.widgets.plane.key import Entry
from studio.widgets.plane.plane import Plane
from studio.widgets.plane.shapes import paint_shape
from studio.widgets.plane.sight import Sight

HEAD = 40


@dataclass(frozen=True)
class Figure:
    """What is painted.

    Args:
        planes: one, or several under each other in columns, each as it is looked at now.
        title: stands above.
        colors: those of a theme; the light ones are for print.
        entries: the legend.
        names: what stands above each of several planes.
    """

    planes: Sequence[Plane]
    title: str
    colors: Colors
    entries: Sequence[Entry] = ()
    names: Sequence[str] = ()

    def image(self, size: QSize = SIZE) -> QImage:
        """As pixels."""
        return as_image(self._paint, size, ground=self.colors.raised)

    def svg(self, size: QSize = SIZE) -> bytes:
        """As an SVG file's bytes."""
        return as_svg(self._paint, size, ground=self.colors.raised, title=self.title)

    def save(self, path: Path) -> None:
        """Write a file, by its ending `.svg` or pixels; raise OSError where that is not possible."""
        save_picture(path, self.image, self.svg)

    def _paint(self, painter: QPainter, size: QSize) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(TYPE.title, weight=QFont.Weight.DemiBold))
        painter.setPen(QColor(self.colors.text))
        painter.drawText(QRectF(SPACE.l, SPACE.s, size.width(), SPACE.xxl), Qt.AlignmentFlag.AlignVCenter, self.title)
        self._paint_entries(painter, size)
        columns = 1 if len(self.planes) == 1 else 3
        rows = -(-len(self.planes) // columns)
        part = QSizeF(size.width() / columns, (size.height() - HEAD) / max(rows, 1))
        for at, plane in enumerate(self.planes):
            painter.save()
            painter.translate(at % columns * part.width(), HEAD + at // columns * part.height())
            self._paint_plane(painter, plane, part, self.names[at] if self.names else "")
            painter.restore()

    def _paint_plane(self, painter: QPainter, plane: Plane, size: QSizeF, name: str) -> None:
        if plane.scene is None:
            return
        if name:
            painter.setFont(font(TYPE.small, weight=QFont.Weight.DemiBold))
            painter.setPen(QColor(self.colors.text))
            painter.drawText(QRectF(SPACE.l, 0, size.width(), 18), Qt.AlignmentFlag.AlignVCenter, name)
            painter.translate(0, 18)
            size = QSizeF(size.width(), size.height() - 18)
        sight = self._sight(plane, size)
        paint_frame(painter, plane.scene.frame, sight, self.colors)
        clip = sight.area.adjusted(-4, -4, 4, 4)
        clip.setBottom(max(clip.bottom(), sight.lane + 10) if sight.lane == sight.lane else clip.bottom())
        painter.setClipRect(clip)
        for level in ("under", "things", "over"):
            for layer in plane.scene.layers:
                if layer.level == level:
                    for step in layer.steps(sight, self.colors):
                        step(painter)
        painter.setClipping(False)

    def _sight(self, plane: Plane, size: QSizeF) -> Sight:
        assert plane.scene is not None
        seen, whole = plane.sight(), plane.scene.frame.sight(size, ratio=SHARP, vector=True)
        return replace(whole, left=seen.left, right=seen.right, bottom=seen.bottom, top=seen.top)

    def _paint_entries(self, painter: QPainter, size: QSize) -> None:
        painter.setFont(font(TYPE.small))
        right = float(size.width() - SPACE.l)
        for entry in reversed(self.entries):
            right -= painter.fontMetrics().horizontalAdvance(entry.words)
            painter.setPen(QColor(self.colors.muted))
            painter.drawText(QRectF(right, SPACE.s, 400, SPACE.xxl), Qt.AlignmentFlag.AlignVCenter, entry.words)
            ink = QColor(entry.ink(self.colors))
            paint_shape(painter, entry.shape, QPointF(right - 10, SPACE.s + SPACE.l), 4, ink)
            right -= 32
