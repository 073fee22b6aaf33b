"""What part of the canvas is in sight: zooming, panning, fitting."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsView

SMALLEST, LARGEST = 0.04, 4.0
MARGIN = 48
STEP = 1.25


class Camera(QObject):
    """Moves a view over its scene.

    Args:
        view: what to move.
    """

    zoomed = Signal(float)

    def __init__(self, view: QGraphicsView) -> None:
        super().__init__(view)
        self._view = view
        self._fitted: tuple[QRectF, float] | None = None

    @property
    def zoom(self) -> float:
        """Pixels per canvas unit."""
        return self._view.transform().m11()

    def zoom_by(self, factor: float, *, at: QPointF | None = None) -> None:
        """Zoom, keeping the point of the canvas below a point of the view (its middle if none) where it is."""
        self.zoom_to(self.zoom * factor, at=at)

    def zoom_to(self, zoom: float, *, at: QPointF | None = None) -> None:
        """Zoom to so many pixels per canvas unit, held within what can be worked with."""
        self._fitted = None
        view = self._view
        zoom = min(max(zoom, SMALLEST), LARGEST)
        anchor = QPointF(view.viewport().rect().center()) if at is None else at
        before = view.viewportTransform().inverted()[0].map(anchor)  # to the fraction of a pixel: wheels turn finely
        view.setTransform(view.transform().fromScale(zoom, zoom))
        self.move_by(view.viewportTransform().map(before) - anchor)
        self.zoomed.emit(zoom)

    def move_by(self, pixels: QPointF) -> None:
        """Move the view over the canvas."""
        self._fitted = None
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() + round(pixels.x()))
        down.setValue(down.value() + round(pixels.y()))

    def fit(self, box: QRectF, *, least: float = 0.0) -> None:
        """Show all of a rectangle, never larger than life, and its upper end where it would be smaller than `least`."""
        if box.isEmpty():
            self.zoom_to(1.0)
            self._view.centerOn(0, 0)
            return
        area = self._view.viewport().size()
        wide, high = max(area.width() - 2 * MARGIN, 50), max(area.height() - 2 * MARGIN, 50)
        self.zoom_to(max(min(wide / box.width(), high / box.height(), 1.0), least))
        top = box.top() + (area.height() / 2 - MARGIN) / self.zoom
        self._view.centerOn(box.center().x(), min(top, box.center().y()))
        self._fitted = QRectF(box), least

    def resized(self) -> None:
        """The view has another size: what was fitted into it, and not moved since, is fitted again."""
        if self._fitted is not None:
            self.fit(self._fitted[0], least=self._fitted[1])

    def reveal(self, box: QRectF) -> None:
        """Bring a rectangle into sight if it is not, without zooming in."""
        if not self.sight().contains(box):
            self.center(box.center())

    def center(self, place: QPointF) -> None:
        """Bring a point of the canvas into the middle."""
        self._fitted = None
        self._view.centerOn(place)

    def sight(self) -> QRectF:
        """The part of the canvas that is in sight."""
        return self._view.mapToScene(self._view.viewport().rect()).boundingRect()
