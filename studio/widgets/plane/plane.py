"""The widget: layers over two axes, drawn a little in each frame, zoomed, read and chosen from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from studio.theme import colors_of
from studio.widgets.card import Card, Told
from studio.widgets.plane.frame import Frame, paint_frame
from studio.widgets.plane.gestures import Choose, Gesture, Pan
from studio.widgets.plane.keys import press
from studio.widgets.plane.layer import NOTHING, Layer, Mask, Places
from studio.widgets.plane.sheets import Easel, Sheet
from studio.widgets.plane.sight import Sight

PALE = 0.22
"""How opaque things are that are not chosen, while others are."""
UNDER, THINGS, SOME, OVER = "under", "things", "some", "over"
NOTCH = 1.25
"""How much closer a notch of the wheel goes."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Scene:
    """What a plane shows.

    Args:
        frame: its axes.
        layers: from the lowest to the highest.
        count: how many things there are.
    """

    frame: Frame
    layers: Sequence[Layer] = ()
    count: int = 0


class Plane(QWidget):
    """Shows a scene. Hovering reads a thing; a click or a drawn frame chooses; Ctrl+wheel zooms, Shift+drag moves.

    Args:
        easel: who draws; planes that are seen together share one, and with it the time of a frame.
        tell: what the card says of a thing; none shows no card.
        card: where it says that, when it lies over more than this widget.
        name: what it shows, for those who cannot see it.
    """

    pointed = Signal(int)
    """The thing that a person points at; -1 for none."""
    chosen = Signal(object)
    """Places (int array) of the things that a person chose."""
    opened = Signal(int)
    """The thing that was double-clicked."""

    def __init__(
        self,
        *,
        easel: Easel | None = None,
        tell: Callable[[int], Told] | None = None,
        card: Card | None = None,
        name: str = "Plot",
    ) -> None:
        super().__init__()
        self.scene: Scene | None = None
        self.menu: QMenu | None = None
        self.hover = -1
        self.marked: Places = NOTHING
        self._easel = easel or Easel(self)
        self._tell = tell
        self._window: tuple[float, float, float, float] | None = None
        self._sheets: dict[str, Sheet] = {}
        self._old: dict[str, Sheet] = {}
        self._framed: tuple[object, QImage] | None = None
        self._gesture: Gesture | None = None
        self._veil: QRectF | None = None
        self._card = card or Card(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(640, 360)

    # what is shown

    def show_scene(self, scene: Scene | None) -> None:
        """Show this; what was zoomed into stays in sight while the axes mean the same."""
        before, self.scene = self.scene, scene
        if scene is None or before is None or _meaning(before.frame) != _meaning(scene.frame):
            self._window, self._old, self._sheets = None, {}, {}
        self.hover = self.hover if scene is not None and self.hover < scene.count else -1
        self.marked = NOTHING if scene is None else self.marked[self.marked < scene.count]
        self._redraw()

    def mark(self, places: Sequence[int] | Places) -> None:
        """Let these stand out; with none of them all look alike."""
        count = self.scene.count if self.scene else 0
        found = np.asarray(places, np.int64)
        found = found[found < count]
        if np.array_equal(found, self.marked):
            return
        self.marked = found
        self._start(SOME)
        self.update()

    def point(self, thing: int, *, card: bool = True) -> None:
        """Let one thing stand out, as if it were pointed at; tells nobody."""
        self.hover = thing
        spot = next((spot for layer in self._layers() if (spot := layer.spot(self.sight(), thing))), None)
        if card and spot is not None and self._tell is not None and thing >= 0:
            self._say(thing, QPoint(*(round(one) for one in spot)))
        else:
            self._card.hide()
        self.update()

    @property
    def card(self) -> Told | None:
        """What the card says, while it is there."""
        return self._card.told if self._card.isVisible() else None

    @property
    def settled(self) -> bool:
        """Whether all is drawn."""
        return all(one.done for one in self._sheets.values())

    def sight(self) -> Sight:
        """What is seen now."""
        assert self.scene is not None
        sight = self.scene.frame.sight(QSizeF(self.size()), ratio=self.devicePixelRatioF())
        if self._window is None:
            return sight
        left, right, bottom, top = self._window
        return Sight(
            area=sight.area, left=left, right=right, bottom=bottom, top=top, lane=sight.lane, ratio=sight.ratio
        )

    def look(self, sight: Sight | None) -> None:
        """See this part, or all."""
        self._window = None if sight is None else (sight.left, sight.right, sight.bottom, sight.top)
        self._card.hide()
        self._redraw()

    @property
    def zoomed(self) -> bool:
        """Whether only a part is seen."""
        return self._window is not None

    def order(self) -> Places:
        """The things in the order in which arrow keys walk over them."""
        return next((found for layer in reversed(self._layers()) if len(found := layer.order())), NOTHING)

    def inside(self, box: QRectF) -> Places:
        """The things within a frame on the widget."""
        found = [layer.inside(self.sight(), box) for layer in self._layers()]
        return np.unique(np.concatenate(found)) if found else NOTHING

    def veil(self, box: QRectF | None) -> None:
        """Show the frame that is being drawn."""
        self._veil = box
        self.update()

    def _layers(self) -> Sequence[Layer]:
        return () if self.scene is None else self.scene.layers

    # drawing

    def _redraw(self) -> None:
        self._old.update({name: one for name, one in self._sheets.items() if one.done})
        for level in (UNDER, THINGS, SOME, OVER):
            self._start(level)
        self.update()

    def _start(self, level: str) -> None:
        """Draw a level anew."""
        kept = self._sheets.pop(level, None)
        if kept is not None and kept.done:
            self._old[level] = kept
        chosen: Mask | None = None
        if level == SOME:
            if not len(self.marked) or self.scene is None:
                self._old.pop(SOME, None)
                self._easel.draw(self, list(self._sheets.values()))
                return
            chosen = np.zeros(self.scene.count, bool)
            chosen[self.marked] = True
        wanted = THINGS if level == SOME else level
        layers = [one for one in self._layers() if one.level == wanted]
        if not layers:
            self._old.pop(level, None)
            return
        sight, colors = self.sight(), colors_of(self)
        steps = (step for one in layers for step in one.steps(sight, colors, chosen))
        self._sheets[level] = Sheet(self.size(), sight, steps)
        self._easel.draw(self, list(self._sheets.values()))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.scene is None:
            return
        painter, sight = QPainter(self), self.sight()
        painter.drawImage(0, 0, self._frame_picture(sight))
        for level in (UNDER, THINGS, SOME, OVER):
            painter.setOpacity(PALE if level == THINGS and len(self.marked) else 1.0)
            self._paint_level(painter, level, sight)
        painter.setOpacity(1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hover >= 0:
            for layer in self._layers():
                layer.light(painter, sight, colors_of(self), self.hover)
        self._paint_veil(painter)

    def _paint_level(self, painter: QPainter, level: str, sight: Sight) -> None:
        """The newest picture; while it is not whole, the one before, stretched to where its things stand now."""
        new, old = self._sheets.get(level), self._old.get(level)
        if new is not None and (new.done or old is None):
            painter.drawImage(0, 0, new.image)
        elif old is not None and new is not None:
            source, ratio = old.sight.area, old.sight.ratio
            painter.save()
            painter.setClipRect(sight.area)
            pixels = QRectF(source.topLeft() * ratio, source.size() * ratio)
            painter.drawImage(sight.box(old.sight), old.image, pixels)
            painter.restore()

    def _frame_picture(self, sight: Sight) -> QImage:
        """A picture of the axes: words take longer to draw than to be copied."""
        assert self.scene is not None
        key = (self.scene.frame, sight, colors_of(self), self.size().toTuple(), self.hasFocus())
        if self._framed is None or self._framed[0] != key:
            image = QImage(self.size() * sight.ratio, QImage.Format.Format_ARGB32_Premultiplied)
            image.setDevicePixelRatio(sight.ratio)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_frame(painter, self.scene.frame, sight, colors_of(self))
            if self.hasFocus():
                painter.setPen(QPen(QColor(colors_of(self).focus), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.end()
            self._framed = (key, image)
        return self._framed[1]

    def _paint_veil(self, painter: QPainter) -> None:
        if self._veil is not None:
            veil = QColor(colors_of(self).accent)
            painter.setPen(QPen(veil, 1))
            veil.setAlpha(36)
            painter.setBrush(veil)
            painter.drawRect(self._veil)

    # the pointer and the keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.scene is None:
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.button() is Qt.MouseButton.MiddleButton or (event.button() is Qt.MouseButton.LeftButton and shift):
            self._gesture = Pan(self, event.position())
        elif event.button() is Qt.MouseButton.LeftButton:
            more = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._gesture = Choose(self, event.position(), more=more)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._gesture is not None:
            self._gesture.move(event.position())
        elif self.scene is not None:
            self._read(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.release(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.scene is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        thing = self.near(event.position())
        if thing >= 0:
            self.opened.emit(thing)
        else:
            self.look(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.scene is None or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        turned = event.angleDelta().y() or event.angleDelta().x()
        share, sight, at = NOTCH ** (-turned / 120), self.sight(), event.position()
        below, beside = at.y() > sight.area.bottom(), at.x() < sight.area.left()
        x = 1.0 if (beside and not below) or self.scene.frame.x.words else share
        y = 1.0 if (below and not beside) or self.scene.frame.y.words else share
        self.look(sight.zoomed(x, y, sight.place(at.x(), at.y())))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.scene is None or not press(self, event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.menu is not None:
            self.menu.popup(event.globalPos())

    def near(self, at: QPointF) -> int:
        """The thing at a pixel; -1 for none."""
        if self.scene is None:
            return -1
        sight = self.sight()
        found = (layer.near(sight, at.x(), at.y()) for layer in reversed(self._layers()))
        return next((thing for thing in found if thing >= 0), -1)

    def _read(self, at: QPointF) -> None:
        thing = self.near(at)
        if thing >= 0 and self._tell is not None:
            self._say(thing, at.toPoint())
        else:
            self._card.hide()
        if thing != self.hover:
            self.hover = thing
            self.pointed.emit(thing)
            self.update()

    def _say(self, thing: int, at: QPoint) -> None:
        over = self._card.parentWidget()
        assert over is not None
        assert self._tell is not None
        self._card.tell(self._tell(thing), at if over is self else self.mapTo(over, at))

    # Qt's own

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._card.hide()
        if self.hover >= 0:
            self.hover = -1
            self.pointed.emit(-1)
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.scene is not None:
            self._redraw()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._easel.wake()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self.scene is not None:
            self._old = {}
            self._sheets = {}
            self._redraw()


def _meaning(frame: Frame) -> tuple[object, ...]:
    return tuple((one.title, one.log, one.words) for one in (frame.x, frame.y))
