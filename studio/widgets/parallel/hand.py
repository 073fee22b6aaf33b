"""What mouse and keys do to parallel coordinates."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolTip

from studio.widgets.card import Card, Told
from studio.widgets.hand import Does, Hand
from studio.widgets.parallel.brushes import Brushes, moved
from studio.widgets.parallel.gestures import Change, Draw, Gesture, Reorder
from studio.widgets.parallel.painting import tip

if TYPE_CHECKING:
    from studio.widgets.parallel.parallel import Parallel

NUDGE = 0.05
"""Of an axis: how far an arrow key moves a brush."""
SHAPES = {"title": Qt.CursorShape.OpenHandCursor, "axis": Qt.CursorShape.CrossCursor}


class ParallelHand(Hand):
    """Turns what mouse and keys do into what the plot can do.

    Args:
        plot: what it lies on.
        tell: what the card beside the pointer says of a thing; without it a tip names the thing and its values.
    """

    def __init__(self, plot: Parallel, tell: Callable[[int], Told] | None) -> None:
        kinds = QEvent.Type
        does: Does = {
            kinds.MouseButtonPress: self._press,
            kinds.MouseMove: self._move,
            kinds.MouseButtonRelease: self._release,
            kinds.MouseButtonDblClick: self._flip,
            kinds.ContextMenu: self._offer,
            kinds.KeyPress: self._key,
            kinds.Leave: self._leave,
        }
        super().__init__(plot, does)
        self._plot, self._tell, self._card = plot, tell, Card(plot)
        self._gesture: Gesture | None = None

    def _press(self, event: QMouseEvent) -> bool:
        plot = self._plot
        if event.button() is not Qt.MouseButton.LeftButton or not plot.dimensions:
            return True
        x, y, frame = event.position().x(), event.position().y(), plot.frame()
        part, at = frame.over(x, y)
        key = plot.dimensions[at].key
        if part != "lines":
            plot.focused = at
        if part == "title":
            self._gesture = Reorder(plot, at, x)
        elif part == "axis":
            held = frame.held(plot.brushes.of(key), y)
            self._gesture = Change(plot, key, plot.brushes, held, y) if held else Draw(plot, key, plot.brushes, y)
        elif plot.under >= 0:
            plot.pointed.emit(plot.under)
        plot.update()
        return True

    def _move(self, event: QMouseEvent) -> bool:
        plot, x, y = self._plot, event.position().x(), event.position().y()
        if self._gesture is not None:
            self._gesture.move(x, y)
            return True
        part, at = plot.frame().over(x, y)
        plot.setCursor(SHAPES.get(part, Qt.CursorShape.ArrowCursor))
        self._point(plot.nearest(x, y) if part == "lines" else -1)
        if part != "lines" and plot.dimensions:
            QToolTip.showText(event.globalPosition().toPoint(), tip(plot.dimensions[at], plot.brushes), plot)
        elif plot.under >= 0 and self._tell is not None:
            self._card.tell(self._tell(plot.under), event.position().toPoint())
        elif plot.under >= 0:
            QToolTip.showText(event.globalPosition().toPoint(), plot.said(plot.under), plot)
        return True

    def _release(self, event: QMouseEvent) -> bool:
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.release()
            self._plot.drag_axis(-1, 0.0)
        return True

    def _flip(self, event: QMouseEvent) -> bool:
        plot = self._plot
        part, at = plot.frame().over(event.position().x(), event.position().y())
        if part == "title" and plot.dimensions:
            self._gesture = None
            plot.change_axis(at, flipped=not plot.dimensions[at].flipped)
        return True

    def _offer(self, event: QContextMenuEvent) -> bool:
        """What can be done with the axis."""
        plot = self._plot
        if not plot.dimensions:
            return True
        _, at = plot.frame().over(event.pos().x(), event.pos().y())
        one, menu = plot.dimensions[at], QMenu(plot)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        log = menu.addAction("Logarithmic", lambda: plot.change_axis(at, log=not one.log))
        log.setCheckable(True)
        log.setChecked(one.log)
        log.setEnabled(one.can_log)
        menu.addAction("Flip", lambda: plot.change_axis(at, flipped=not one.flipped))
        menu.addAction("Color the lines by it", lambda: plot.colored.emit(one.key))
        menu.addSeparator()
        clear = menu.addAction("Clear its brushes", lambda: plot.set_brushes(plot.brushes.put(one.key)))
        clear.setEnabled(bool(plot.brushes.of(one.key)))
        menu.addAction("Clear all brushes", lambda: plot.set_brushes(Brushes())).setEnabled(bool(plot.brushes))
        menu.popup(event.globalPos())
        return True

    def _key(self, event: QKeyEvent) -> bool:
        plot, last = self._plot, len(self._plot.dimensions) - 1
        if last < 0:
            return False
        match Qt.Key(event.key()):
            case Qt.Key.Key_Left | Qt.Key.Key_Right as key:
                to = min(max(plot.focused + (1 if key is Qt.Key.Key_Right else -1), 0), last)
                if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    plot.drop_axis(plot.focused, to)
                plot.focused = to
            case Qt.Key.Key_Up:
                self._nudge(NUDGE)
            case Qt.Key.Key_Down:
                self._nudge(-NUDGE)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                plot.set_brushes(plot.brushes.put(plot.dimensions[plot.focused].key))
            case Qt.Key.Key_Escape if plot.brushes:
                plot.set_brushes(Brushes())
            case _:
                return False
        plot.update()
        return True

    def _leave(self, event: QEvent) -> bool:
        self._point(-1)
        return False

    def _nudge(self, by: float) -> None:
        """Move the brushes of the axis that has the focus; without one, begin at its upper or lower end."""
        plot = self._plot
        key = plot.dimensions[plot.focused].key
        ranges = plot.brushes.of(key) or (((1.0 - 4 * NUDGE, 1.0) if by > 0 else (0.0, 4 * NUDGE)),)
        if plot.brushes.of(key):
            for at in range(len(ranges)):
                ranges = moved(ranges, at, by)
        plot.set_brushes(plot.brushes.put(key, *ranges))

    def _point(self, at: int) -> None:
        """The pointer is over this line, or over none."""
        if at == self._plot.under:
            return
        if at < 0:
            QToolTip.hideText()
            self._card.hide()
        self._plot.point(at)
