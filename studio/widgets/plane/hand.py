"""What mouse and keys do to a plane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent

from studio.widgets.hand import Does, Hand
from studio.widgets.plane.gestures import Choose, Gesture, Pan
from studio.widgets.plane.keys import press

if TYPE_CHECKING:
    from studio.widgets.plane.plane import Plane

NOTCH = 1.25
"""How much closer a notch of the wheel goes."""


class PlaneHand(Hand):
    """Reads, chooses, opens, zooms and moves.

    Args:
        plane: what it lies on.
    """

    def __init__(self, plane: Plane) -> None:
        kinds = QEvent.Type
        does: Does = {
            kinds.MouseButtonPress: self._press,
            kinds.MouseMove: self._move,
            kinds.MouseButtonRelease: self._release,
            kinds.MouseButtonDblClick: self._open,
            kinds.Wheel: self._zoom,
            kinds.KeyPress: self._key,
            kinds.ContextMenu: self._offer,
            kinds.Leave: self._leave,
        }
        super().__init__(plane, does)
        self._plane = plane
        self._gesture: Gesture | None = None

    def _press(self, event: QMouseEvent) -> bool:
        if self._plane.scene is None:
            return True
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.button() is Qt.MouseButton.MiddleButton or (event.button() is Qt.MouseButton.LeftButton and shift):
            self._gesture = Pan(self._plane, event.position())
        elif event.button() is Qt.MouseButton.LeftButton:
            more = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._gesture = Choose(self._plane, event.position(), more=more)
        return True

    def _move(self, event: QMouseEvent) -> bool:
        if self._gesture is not None:
            self._gesture.move(event.position())
        elif self._plane.scene is not None:
            self._read(event.position())
        return True

    def _release(self, event: QMouseEvent) -> bool:
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.release(event.position())
        return True

    def _open(self, event: QMouseEvent) -> bool:
        plane = self._plane
        if plane.scene is None or event.button() is not Qt.MouseButton.LeftButton:
            return True
        thing = plane.near(event.position())
        if thing >= 0:
            plane.opened.emit(thing)
        else:
            plane.look(None)
        return True

    def _zoom(self, event: QWheelEvent) -> bool:
        """About what the pointer is over; beside or below the plane along that axis alone."""
        plane = self._plane
        if plane.scene is None or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        turned = event.angleDelta().y() or event.angleDelta().x()
        share, sight, at = NOTCH ** (-turned / 120), plane.sight(), event.position()
        below, beside = at.y() > sight.area.bottom(), at.x() < sight.area.left()
        x = 1.0 if (beside and not below) or plane.scene.frame.x.words else share
        y = 1.0 if (below and not beside) or plane.scene.frame.y.words else share
        plane.look(sight.zoomed(x, y, sight.place(at.x(), at.y())))
        event.accept()
        return True

    def _key(self, event: QKeyEvent) -> bool:
        return self._plane.scene is not None and press(self._plane, event)

    def _offer(self, event: QContextMenuEvent) -> bool:
        if self._plane.menu is not None:
            self._plane.menu.popup(event.globalPos())
        return True

    def _leave(self, event: QEvent) -> bool:
        self._plane.say(-1)
        self._turn(-1)
        return False

    def _read(self, at: QPointF) -> None:
        """Say what is under the pointer."""
        thing = self._plane.near(at)
        self._plane.say(thing, at.toPoint())
        self._turn(thing)

    def _turn(self, thing: int) -> None:
        """The pointer is over another thing, or over none."""
        plane = self._plane
        if thing != plane.hover:
            plane.hover = thing
            plane.pointed.emit(thing)
            plane.update()
