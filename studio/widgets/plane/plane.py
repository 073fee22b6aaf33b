"""The widget: layers over two axes, drawn a little in each frame, zoomed, read and chosen from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from studio.theme import colors_of
from studio.widgets.card import Card, Told
from studio.widgets.plane.frame import Frame, paint_frame
from studio.widgets.plane.hand import PlaneHand
from studio.widgets.plane.layer import NOTHING, Layer, Mask, Places
from studio.widgets.plane.levels import LEVELS, SOME, THINGS, Levels
from studio.widgets.plane.sheets import Easel
from studio.widgets.plane.sight import Sight

PALE = 0.22
"""How opaque things are that are not chosen, while others are."""


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
        self._tell = tell
        self._window: tuple[float, float, float, float] | None = None
        self.levels = Levels(self, easel or Easel(self))
        self._veil: QRectF | None = None
        self._card = card or Card(self)
        self._hand = PlaneHand(self)
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
            self._window = None
            self.levels.forget()
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
        self._draw(SOME)
        self.update()

    def point(self, thing: int, *, card: bool = True) -> None:
        """Let one thing stand out, as if it were pointed at; tells nobody."""
        self.hover = thing
        spot = next((spot for layer in self._layers() if (spot := layer.spot(self.sight(), thing))), None)
        if card and spot is not None:
            self.say(thing, QPoint(*(round(one) for one in spot)))
        else:
            self._card.hide()
        self.update()

    def say(self, thing: int, at: QPoint | None = None) -> None:
        """Let the card say what it is, at a place on the widget; -1 for nothing."""
        if thing < 0 or at is None or self._tell is None:
            self._card.hide()
            return
        over = self._card.parentWidget()
        assert over is not None
        self._card.tell(self._tell(thing), at if over is self else self.mapTo(over, at))

    @property
    def card(self) -> Told | None:
        """What the card says, while it is there."""
        return self._card.told if self._card.isVisible() else None

    @property
    def settled(self) -> bool:
        """Whether all is drawn."""
        return self.levels.done

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

    def near(self, at: QPointF) -> int:
        """The thing at a pixel; -1 for none."""
        if self.scene is None:
            return -1
        sight = self.sight()
        found = (layer.near(sight, at.x(), at.y()) for layer in reversed(self._layers()))
        return next((thing for thing in found if thing >= 0), -1)

    def veil(self, box: QRectF | None) -> None:
        """Show the frame that is being drawn."""
        self._veil = box
        self.update()

    def _layers(self) -> Sequence[Layer]:
        return () if self.scene is None else self.scene.layers

    # drawing

    def _redraw(self) -> None:
        for level in LEVELS:
            self._draw(level)
        self.update()

    def _draw(self, level: str) -> None:
        """Draw a level anew; the things that stand out are a level of their own."""
        chosen: Mask | None = None
        layers = [one for one in self._layers() if one.level == (THINGS if level == SOME else level)]
        if not layers or self.scene is None or (level == SOME and not len(self.marked)):
            self.levels.clear(level)
            return
        if level == SOME:
            chosen = np.zeros(self.scene.count, bool)
            chosen[self.marked] = True
        sight, colors = self.sight(), colors_of(self)
        self.levels.draw(level, sight, (step for one in layers for step in one.steps(sight, colors, chosen)))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.scene is None:
            return
        painter, sight, colors = QPainter(self), self.sight(), colors_of(self)
        version = (self.scene.frame, sight, colors, self.size().toTuple(), self.hasFocus())
        painter.drawImage(0, 0, self.levels.ground(version, self.size(), sight.ratio, self._paint_ground))
        for level in LEVELS:
            painter.setOpacity(PALE if level == THINGS and len(self.marked) else 1.0)
            self.levels.paint(painter, level, sight)
        painter.setOpacity(1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hover >= 0:
            for layer in self._layers():
                layer.light(painter, sight, colors, self.hover)
        if self._veil is not None:
            veil = QColor(colors.accent)
            painter.setPen(QPen(veil, 1))
            veil.setAlpha(36)
            painter.setBrush(veil)
            painter.drawRect(self._veil)

    def _paint_ground(self, painter: QPainter) -> None:
        """The axes, and a rim while keys come here."""
        assert self.scene is not None
        paint_frame(painter, self.scene.frame, self.sight(), colors_of(self))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colors_of(self).focus), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.scene is not None:
            self._redraw()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.levels.easel.wake()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self.scene is not None:
            self.levels.forget()
            self._redraw()


def _meaning(frame: Frame) -> tuple[object, ...]:
    return tuple((one.title, one.log, one.words) for one in (frame.x, frame.y))
