"""The widget of parallel coordinates. It knows nothing of what its lines are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from studio.theme import colors_of
from studio.widgets.card import Card, Told
from studio.widgets.parallel.brushes import Brushes, moved
from studio.widgets.parallel.frame import Frame
from studio.widgets.parallel.gestures import Change, Draw, Gesture, Reorder
from studio.widgets.parallel.ink import Ink
from studio.widgets.parallel.painting import Look, paint_axis, paint_brushes, paint_nowhere, tip
from studio.widgets.parallel.raster import Raster, ramped, table_of
from studio.widgets.scale import Dimension

NEAR = 6
"""Pixels within which a line is named."""
MOST_MARKED = 24
"""Lines that are drawn thick over all others at most."""
SMOOTH = 1500
"""Lines up to which their edges are drawn smooth; among more of them nobody sees it."""
GLIMPSE = 0.1
"""Seconds between two looks at all lines while they are still being drawn."""
NUDGE = 0.05


class Parallel(QWidget):
    """An axis for each dimension, a line for each thing.

    Drag along an axis to choose a range (several on one axis are either, over axes both), drag a title to move its
    axis, double-click it to flip it. Arrow keys walk along the axes and move brushes; Ctrl+arrows move the axis.

    Args:
        tell: what the card beside the pointer says of a thing; without it a tip names the thing and its values.
    """

    brushed = Signal(object)
    """Places (int array) of the things chosen by the brushes; None when there are no brushes."""
    arranged = Signal()
    """Axes have another order or scale."""
    pointed = Signal(int)
    """The thing whose line was clicked."""
    colored = Signal(str)
    """The key of the dimension that a person wants lines colored by."""

    hovered = Signal(int)
    """The thing whose line is under the pointer; -1 for none."""

    def __init__(self, *, tell: Callable[[int], Told] | None = None) -> None:
        super().__init__()
        self.nowhere = "no value"
        """What is written at the line of those that have no place on an axis."""
        self._tell, self._card = tell, Card(self)
        self.dimensions: tuple[Dimension, ...] = ()
        self.brushes = Brushes()
        self._names: Sequence[str] = ()
        self._color: Dimension | None = None
        self._marked: tuple[int, ...] = ()
        self._ink: Ink | None = None
        self._down: NDArray[np.float64] = np.empty((0, 0))
        self._pictures: dict[str, tuple[object, QImage]] = {}
        self._gesture: Gesture | None = None
        self._dragged: tuple[int, float] | None = None
        self._focus, self._hover, self._next = 0, -1, 0.0
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._work)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        self.setAccessibleName("Parallel coordinates")

    def sizeHint(self) -> QSize:
        return QSize(900, 340)

    # what is shown

    def show_things(self, dimensions: Sequence[Dimension], *, color: Dimension | None, names: Sequence[str]) -> None:
        """Show things by these dimensions, one axis each; brushes stay on axes that stay."""
        self.dimensions, self._color, self._names = tuple(dimensions), color, names
        self.brushes = self.brushes.only([one.key for one in dimensions])
        self._focus = min(self._focus, max(len(self.dimensions) - 1, 0))
        self._restart()

    def mark(self, places: Sequence[int]) -> None:
        """Draw a few lines thick over all others."""
        self._marked = tuple(places)[:MOST_MARKED]
        self.update()

    def set_brushes(self, brushes: Brushes) -> None:
        """Choose by these brushes."""
        if brushes.ranges == self.brushes.ranges:
            return
        self.brushes = brushes
        self._choose()
        self.brushed.emit(np.flatnonzero(self.chosen()) if brushes else None)

    def chosen(self) -> NDArray[np.bool_]:
        """Which things the brushes choose; all without brushes."""
        count = len(self.dimensions[0].values) if self.dimensions else 0
        places = {one.key: one.places() for one in self.dimensions if self.brushes.of(one.key)}
        return self.brushes.chosen(places, count)

    def frame(self) -> Frame:
        """Where things stand now."""
        return Frame(width=self.width(), height=self.height(), axes=max(len(self.dimensions), 1))

    @property
    def settled(self) -> bool:
        """Whether every line is drawn."""
        return self._ink is None or not self._ink.behind

    def drag_axis(self, at: int, x: float) -> None:
        self._dragged = (at, x)
        self.update()

    def drop_axis(self, at: int, to: int) -> None:
        """Put an axis at another place."""
        self._dragged = None
        axes = list(self.dimensions)
        axes.insert(to, axes.pop(at))
        self._arrange(axes)
        self._focus = to

    def change_axis(self, at: int, *, log: bool | None = None, flipped: bool | None = None) -> None:
        """Give an axis another scale; what was brushed on it is let go, for it lay elsewhere."""
        axes = list(self.dimensions)
        axes[at] = axes[at].set(log=log, flipped=flipped)
        self.set_brushes(self.brushes.put(axes[at].key))
        self._arrange(axes)

    def _arrange(self, axes: Sequence[Dimension]) -> None:
        self.dimensions = tuple(axes)
        self._restart()
        self.arranged.emit()

    # drawing, a little in each frame

    def _restart(self) -> None:
        frame = self.frame()
        self._ink, self._hover, self._pictures = None, -1, {}
        if self.dimensions and len(self.dimensions[0].values):
            self._down = frame.lines(np.stack([one.places() for one in self.dimensions], axis=1))
            across = [frame.across(at) for at in range(len(self.dimensions))]
            raster = Raster(frame.width, frame.height, across, smooth=len(self._down) <= SMOOTH)
            tones = np.ones(len(self._down)) if self._color is None else self._color.places()
            self._ink = Ink(raster, self._down, np.nan_to_num(tones, nan=0.0))
        self._choose()

    def _choose(self) -> None:
        if self._ink is not None:
            self._ink.choose(self.chosen() if self.brushes else None)
        self._timer.start()  # drawn in the next turn of the loop, once however many moves the mouse has made by then

    def _work(self) -> None:
        if self._ink is not None and self._ink.behind and self.isVisible():
            self._ink.advance()
            self._timer.start()
        else:
            self._timer.stop()
        self.update()

    def _picture(self, name: str, *, opacity: float) -> QImage:
        """A picture of lines: "every" in color, "faint" all in gray, "some" the chosen ones; made when it is old."""
        assert self._ink is not None
        version: object = (self._ink.version if name == "some" else self._ink.share, opacity)
        kept = self._pictures.get(name)
        if kept is None or (kept[0] != version and self._due(name)):
            colors = colors_of(self)
            plain = QColor(colors.faint) if name == "faint" else QColor(colors.accent) if self._color is None else None
            table = ramped(colors, opacity=opacity) if plain is None else table_of([plain] * 64, opacity)
            drawn = self._ink.some(table) if name == "some" else self._ink.every(table)
            kept = self._pictures[name] = (version, drawn)
        return kept[1]

    def _due(self, name: str) -> bool:
        """While all lines are drawn for the first time, a picture of them in every frame would take the time of it."""
        if name == "some" or self._ink is None or not self._ink.behind:
            return True
        due = perf_counter() > self._next
        self._next = perf_counter() + GLIMPSE if due else self._next
        return due

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colors, frame = QPainter(self), colors_of(self), self.frame()
        if self._ink is not None:
            if self.brushes:
                painter.drawImage(0, 0, self._picture("faint", opacity=_opacity(len(self._down)) / 4))
                chosen = int(self.chosen().sum())
                painter.drawImage(0, 0, self._picture("some", opacity=_opacity(chosen)))
            else:
                painter.drawImage(0, 0, self._picture("every", opacity=_opacity(len(self._down))))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, width in (*((at, 2.5) for at in self._marked), (self._hover, 3.0)):
            if 0 <= at < len(self._down):
                painter.setPen(QPen(QColor(colors.text), width))
                painter.drawPolyline(self._polyline(at))
        looks = self._looks()
        painter.drawImage(0, 0, self._axes(looks))
        for look in looks:
            paint_brushes(painter, frame, look, self.brushes, colors)

    def _looks(self) -> tuple[Look, ...]:
        """The axes as they stand now; one of them may be on its way."""
        frame, found = self.frame(), []
        for at, one in enumerate(self.dimensions):
            held = self._dragged is not None and self._dragged[0] == at
            across = self._dragged[1] if self._dragged is not None and held else frame.across(at)
            colored = self._color is not None and self._color.key == one.key
            focused = self.hasFocus() and at == self._focus
            found.append(Look(dimension=one, across=across, colored=colored, focused=focused, held=held))
        return tuple(found)

    def _axes(self, looks: tuple[Look, ...]) -> QImage:
        """A picture of all axes: words take longer to draw than ten thousand lines take to be laid over each other."""
        kept = self._pictures.get("axes")
        if kept is None or kept[0] != looks:
            frame, colors, ratio = self.frame(), colors_of(self), self.devicePixelRatioF()
            image = QImage(self.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
            image.setDevicePixelRatio(ratio)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if any(np.isnan(one.values).any() for one in self.dimensions):
                paint_nowhere(painter, frame, colors, self.nowhere)
            for look in looks:
                paint_axis(painter, frame, look, colors)
            painter.end()
            kept = self._pictures["axes"] = (looks, image)
        return kept[1]

    def _polyline(self, at: int) -> QPolygonF:
        frame = self.frame()
        return QPolygonF([QPointF(frame.across(place), down) for place, down in enumerate(self._down[at].tolist())])

    # the pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or not self.dimensions:
            return
        x, y, frame = event.position().x(), event.position().y(), self.frame()
        part, at = frame.over(x, y)
        key = self.dimensions[at].key
        if part != "lines":
            self._focus = at
        if part == "title":
            self._gesture = Reorder(self, at, x)
        elif part == "axis":
            held = frame.held(self.brushes.of(key), y)
            self._gesture = Change(self, key, self.brushes, held, y) if held else Draw(self, key, self.brushes, y)
        elif self._hover >= 0:
            self.pointed.emit(self._hover)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x, y = event.position().x(), event.position().y()
        if self._gesture is not None:
            self._gesture.move(x, y)
            return
        part, at = self.frame().over(x, y)
        shapes = {"title": Qt.CursorShape.OpenHandCursor, "axis": Qt.CursorShape.CrossCursor}
        self.setCursor(shapes.get(part, Qt.CursorShape.ArrowCursor))
        self._point(x, y) if part == "lines" else self._let_go()
        if part != "lines" and self.dimensions:
            QToolTip.showText(event.globalPosition().toPoint(), tip(self.dimensions[at], self.brushes), self)
        elif self._hover >= 0 and self._tell is not None:
            self._card.tell(self._tell(self._hover), event.position().toPoint())
        elif self._hover >= 0 and len(self._names) > self._hover:
            QToolTip.showText(event.globalPosition().toPoint(), self._said(self._hover), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.release()
            self._dragged = None
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        part, at = self.frame().over(event.position().x(), event.position().y())
        if part == "title" and self.dimensions:
            self._gesture = None
            self.change_axis(at, flipped=not self.dimensions[at].flipped)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.dimensions:
            return
        _, at = self.frame().over(event.pos().x(), event.pos().y())
        one, menu = self.dimensions[at], QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        log = menu.addAction("Logarithmic", lambda: self.change_axis(at, log=not one.log))
        log.setCheckable(True)
        log.setChecked(one.log)
        log.setEnabled(one.can_log)
        menu.addAction("Flip", lambda: self.change_axis(at, flipped=not one.flipped))
        menu.addAction("Color the lines by it", lambda: self.colored.emit(one.key))
        menu.addSeparator()
        clear = menu.addAction("Clear its brushes", lambda: self.set_brushes(self.brushes.put(one.key)))
        clear.setEnabled(bool(self.brushes.of(one.key)))
        menu.addAction("Clear all brushes", lambda: self.set_brushes(Brushes())).setEnabled(bool(self.brushes))
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), len(self.dimensions) - 1
        if last < 0:
            super().keyPressEvent(event)
            return
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(key), 0)
        match key:
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                to = min(max(self._focus + step, 0), last)
                if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self.drop_axis(self._focus, to)
                self._focus = to
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._nudge(step * NUDGE)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.set_brushes(self.brushes.put(self.dimensions[self._focus].key))
            case Qt.Key.Key_Escape if self.brushes:
                self.set_brushes(Brushes())
            case _:
                super().keyPressEvent(event)
        self.update()

    def _nudge(self, by: float) -> None:
        """Move the brushes of the axis that has the focus; without one, begin at its upper or lower end."""
        key = self.dimensions[self._focus].key
        ranges = self.brushes.of(key) or (((1.0 - 4 * NUDGE, 1.0) if by > 0 else (0.0, 4 * NUDGE)),)
        if self.brushes.of(key):
            for at in range(len(ranges)):
                ranges = moved(ranges, at, by)
        self.set_brushes(self.brushes.put(key, *ranges))

    def _point(self, x: float, y: float) -> None:
        """Find the line under the pointer, among the chosen ones."""
        before, self._hover, frame = self._hover, -1, self.frame()
        left = int((x - frame.across(0)) // frame.step) if frame.axes > 1 else -1
        if 0 <= left < frame.axes - 1 and len(self._down):
            share = (x - frame.across(left)) / frame.step
            at = self._down[:, left] * (1 - share) + self._down[:, left + 1] * share
            far = np.where(self.chosen(), np.abs(at - y), np.inf)
            nearest = int(far.argmin())
            self._hover = nearest if far[nearest] <= NEAR else -1
        if self._hover != before:
            self._turned()

    def _let_go(self) -> None:
        if self._hover >= 0:
            self._hover = -1
            self._turned()

    def _turned(self) -> None:
        """The pointer is over another line, or over none."""
        if self._hover < 0:
            QToolTip.hideText()
            self._card.hide()
        self.hovered.emit(self._hover)
        self.update()

    def _said(self, at: int) -> str:
        return "\n".join([str(self._names[at]), *(f"{one.title}: {one.value(at)}" for one in self.dimensions)])

    # Qt's own

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._let_go()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._restart()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._work()

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._pictures = {}
            self.update()


def _opacity(lines: int) -> float:
    """How opaque a line is among so many: a few are strong, ten thousand show where they are dense."""
    return float(min(0.95, max(0.05, 4.0 / max(lines, 1) ** 0.5)))
