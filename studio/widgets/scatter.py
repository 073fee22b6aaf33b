"""Points over two axes, with color and size for two more; a frame drawn with the mouse chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studio.theme import SPACE, TYPE, Colors, colors_of, font
from studio.widgets.ramp import STEPS, ramp
from studio.widgets.scale import Dimension

LEFT, BOTTOM, TOP, RIGHT = 68, 40, 12, 16
SMALL, LARGE, USUAL = 5.0, 18.0, 7.0
"""Diameters of points, in pixels."""
REACH = 14
"""Pixels from the pointer within which a point is named."""
PALE = 0.16
"""How opaque points are that are not chosen, while others are."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Cloud:
    """What is shown: the same things in every dimension."""

    x: Dimension
    y: Dimension
    names: Sequence[str] = ()
    """What a point is called when the pointer is over it."""
    color: Dimension | None = None
    size: Dimension | None = None
    series: NDArray[np.int64] | None = None
    """In place of a color by value: each thing's place in the theme's cycle."""
    diagonal: bool = False
    """Whether both axes span the same, with a line where they are equal."""


class Scatter(QWidget):
    """Shows a cloud; hovering names a point, dragging chooses, a click on nothing chooses none."""

    chosen = Signal(object)
    """Places (int array) of the points that a person chose."""

    def __init__(self) -> None:
        super().__init__()
        self._cloud: Cloud | None = None
        self._marked: NDArray[np.int64] = np.empty(0, int)
        self._picture: QImage | None = None
        self._at: NDArray[np.float64] = np.empty((0, 2))
        self._press: QPoint | None = None
        self._drag: QRect | None = None
        self._hover = -1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 150)
        self.setAccessibleName("Scatter plot")

    def sizeHint(self) -> QSize:
        return QSize(420, 320)

    def show_cloud(self, cloud: Cloud | None, *, marked: Sequence[int] = ()) -> None:
        """Show these things; `marked` are those that stand out, or none."""
        self._cloud, self._marked = cloud, np.asarray(marked, int)
        self._hover = -1
        self._redraw()

    def mark(self, places: Sequence[int]) -> None:
        """Let these stand out; with none of them all look alike."""
        self._marked = np.asarray(places, int)
        self._redraw()

    def position(self, at: int) -> QPointF:
        """Where a thing stands on the widget."""
        return QPointF(*self._at[at])

    def area(self) -> QRectF:
        """Where points can stand."""
        return QRectF(self.rect().adjusted(LEFT, TOP, -RIGHT, -BOTTOM))

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colors = QPainter(self), colors_of(self)
        if self._cloud is None:
            return
        if self._picture is None:
            self._picture = self._draw(self._cloud, colors)
        painter.drawImage(QPointF(0, 0), self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._hover >= 0:
            painter.setPen(QPen(QColor(colors.text), 1.5))
            painter.drawEllipse(self.position(self._hover), 6, 6)
        if self._drag is not None:
            veil = QColor(colors.accent)
            painter.setPen(QPen(veil, 1))
            veil.setAlpha(36)
            painter.setBrush(veil)
            painter.drawRect(self._drag)

    def _draw(self, cloud: Cloud, colors: Colors) -> QImage:
        ratio = self.devicePixelRatioF()
        picture = QImage(self.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._place(cloud)
        paint_axes(painter, self.area(), cloud, colors)
        self._paint_points(painter, cloud, colors)
        painter.end()
        return picture

    def _place(self, cloud: Cloud) -> None:
        area, (x, y) = self.area(), (cloud.x.places(), cloud.y.places())
        if cloud.diagonal:
            x, y = common(cloud.x, cloud.y)
        self._at = np.stack([area.left() + x * area.width(), area.bottom() - y * area.height()], axis=1)

    def _paint_points(self, painter: QPainter, cloud: Cloud, colors: Colors) -> None:
        inks, wide = inks_of(cloud, colors), diameters(cloud)
        apart = np.isin(np.arange(len(self._at)), self._marked) if len(self._marked) else None
        faint = [_faded(ink, PALE) for ink in inks[0]]
        strong = [_faded(ink, 0.85) for ink in inks[0]]
        painter.setPen(Qt.PenStyle.NoPen)
        known = np.flatnonzero(np.isfinite(self._at).all(axis=1))
        for front in (False, True):
            some = known if apart is None else known[apart[known] == front]
            if apart is None and not front:
                continue
            brushes = strong if front else faint
            for at in some.tolist():
                painter.setBrush(brushes[inks[1][at]])
                painter.drawEllipse(self.position(at), wide[at] / 2, wide[at] / 2)

    def _redraw(self) -> None:
        self._picture = None
        self.update()

    # the pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._press = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._press is not None and (place - self._press).manhattanLength() > 4:
            self._drag = QRect(self._press, place).normalized()
            self.update()
        elif self._press is None:
            self._point(place, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            return
        drag, self._press, self._drag = self._drag, None, None
        if drag is not None:
            x, y = self._at.T
            inside = (x >= drag.left()) & (x <= drag.right()) & (y >= drag.top()) & (y <= drag.bottom())
            self.chosen.emit(np.flatnonzero(inside))
        else:
            near = self._near(event.position())
            self.chosen.emit(np.array([near] if near >= 0 else [], int))
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover = -1
        self.update()

    def _point(self, place: QPoint, where: QPoint) -> None:
        near = self._near(QPointF(place))
        if near == self._hover:
            return
        self._hover = near
        QToolTip.showText(where, self._said(near), self) if near >= 0 else QToolTip.hideText()
        self.update()

    def _near(self, place: QPointF) -> int:
        if not len(self._at):
            return -1
        far = np.hypot(self._at[:, 0] - place.x(), self._at[:, 1] - place.y())
        far = np.where(np.isfinite(far), far, np.inf)
        at = int(far.argmin())
        return at if far[at] <= REACH else -1

    def _said(self, at: int) -> str:
        cloud = self._cloud
        assert cloud is not None
        shown = [one for one in (cloud.x, cloud.y, cloud.color, cloud.size) if one is not None]
        lines = [f"{one.title}: {one.value(at)}" for one in dict.fromkeys(shown)]
        return "\n".join([*([cloud.names[at]] if len(cloud.names) > at else []), *lines])

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture = None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._redraw()


def common(x: Dimension, y: Dimension) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places on two axes that span the same: what either spans."""
    low, high = min(x.span[0], y.span[0]), max(x.span[1], y.span[1])
    return tuple((one.units(one.values) - low) / (high - low) for one in (x, y))  # type: ignore[return-value]


def inks_of(cloud: Cloud, colors: Colors) -> tuple[list[QColor], list[int]]:
    """Colors, and which of them each thing has; what has no value is gray."""
    count = len(cloud.x.values)
    if cloud.color is None and cloud.series is not None:
        return [QColor(one) for one in colors.series], (cloud.series % len(colors.series)).tolist()
    if cloud.color is None:
        return [QColor(colors.accent)], [0] * count
    if cloud.color.words and len(cloud.color.words) <= len(colors.series):
        codes = np.nan_to_num(cloud.color.values, nan=len(colors.series)).astype(int)
        return [*(QColor(one) for one in colors.series), QColor(colors.disabled)], codes.tolist()
    steps = np.nan_to_num(np.clip(cloud.color.places(), 0, 1) * (STEPS - 1), nan=STEPS).round().astype(int)
    return [*ramp(colors), QColor(colors.disabled)], steps.tolist()


def diameters(cloud: Cloud) -> list[float]:
    """Pixels across each point: the area follows the value."""
    if cloud.size is None:
        return [USUAL if len(cloud.x.values) < 2000 else SMALL] * len(cloud.x.values)
    places = np.nan_to_num(np.clip(cloud.size.places(), 0, 1))
    found: list[float] = np.sqrt(SMALL**2 + places * (LARGE**2 - SMALL**2)).tolist()
    return found


def paint_axes(painter: QPainter, area: QRectF, cloud: Cloud, colors: Colors) -> None:
    """The grid, what stands along it, and the names of both axes."""
    x, y = cloud.x, cloud.y
    if cloud.diagonal:
        whole = np.concatenate([x.values, y.values])
        x, y = (Dimension(key=one.key, title=one.title, values=whole) for one in (x, y))
    painter.setFont(font(TYPE.caption))
    grid, ink = QPen(QColor(colors.grid), 1), QColor(colors.faint)
    for place, words in y.ticks(max(2, int(area.height() // 44))):
        at = area.bottom() - place * area.height()
        painter.setPen(grid)
        painter.drawLine(QPointF(area.left(), at), QPointF(area.right(), at))
        painter.setPen(ink)
        room = QRectF(20, at - 8, area.left() - 20 - SPACE.s, 16)
        fitted = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, fitted)
    stride = 72 if not x.words else 96
    for place, words in x.ticks(max(2, int(area.width() // stride))):
        at = area.left() + place * area.width()
        painter.setPen(grid)
        painter.drawLine(QPointF(at, area.top()), QPointF(at, area.bottom()))
        painter.setPen(ink)
        fitted = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, stride)
        painter.drawText(QRectF(at - 48, area.bottom() + 4, 96, 16), Qt.AlignmentFlag.AlignCenter, fitted)
    if cloud.diagonal:
        painter.setPen(QPen(QColor(colors.border_strong), 1, Qt.PenStyle.DashLine))
        painter.drawLine(area.bottomLeft(), area.topRight())
    painter.setPen(QColor(colors.muted))
    painter.drawText(QRectF(area.left(), area.bottom() + 20, area.width(), 18), Qt.AlignmentFlag.AlignCenter, x.title)
    painter.save()
    painter.translate(10, area.center().y())
    painter.rotate(-90)
    painter.drawText(QRectF(-area.height() / 2, -9, area.height(), 18), Qt.AlignmentFlag.AlignCenter, y.title)
    painter.restore()


def _faded(color: QColor, share: float) -> QColor:
    made = QColor(color)
    made.setAlphaF(share)
    return made
