"""The widget of parallel coordinates. It knows nothing of what its lines are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.theme import colors_of
from studio.widgets.card import Told
from studio.widgets.parallel.brushes import Brushes
from studio.widgets.parallel.frame import Frame
from studio.widgets.parallel.hand import ParallelHand
from studio.widgets.parallel.painting import Look, paint_brushes
from studio.widgets.parallel.sheet import Sheet
from studio.widgets.scale import Dimension

MOST_MARKED = 24
"""Lines that are drawn thick over all others at most."""


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
        self.dimensions: tuple[Dimension, ...] = ()
        self.brushes = Brushes()
        self.focused = 0
        """The axis that keys act on."""
        self.under = -1
        """The thing whose line is under the pointer, -1 for none."""
        self._names: Sequence[str] = ()
        self._color: Dimension | None = None
        self._marked: tuple[int, ...] = ()
        self._dragged = (-1, 0.0)
        self.sheet = Sheet()
        self._hand = ParallelHand(self, tell)
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
        self.focused = min(self.focused, max(len(self.dimensions) - 1, 0))
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
        return not self.sheet.behind

    def nearest(self, x: float, y: float) -> int:
        """The thing whose line is at a point, among the chosen ones; -1 for none."""
        return self.sheet.nearest(x, y, self.chosen())

    def said(self, at: int) -> str:
        """A thing and its values, a line each."""
        name = [str(self._names[at])] if at < len(self._names) else []
        return "\n".join([*name, *(f"{one.title}: {one.value(at)}" for one in self.dimensions)])

    def point(self, at: int) -> None:
        """Let the line of a thing stand out as long as the pointer is over it; -1 for none."""
        self.under = at
        self.hovered.emit(at)
        self.update()

    def drag_axis(self, at: int, x: float) -> None:
        """Show an axis where it is carried; none with -1."""
        self._dragged = (at, x)
        self.update()

    def drop_axis(self, at: int, to: int) -> None:
        """Put an axis at another place."""
        self._dragged = (-1, 0.0)
        axes = list(self.dimensions)
        axes.insert(to, axes.pop(at))
        self._arrange(axes)
        self.focused = to

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
        self.under = -1
        self.sheet.lay_out(self.frame(), self.dimensions, self._color)
        self._choose()

    def _choose(self) -> None:
        self.sheet.choose(self.chosen() if self.brushes else None)
        self._timer.start()  # drawn in the next turn of the loop, once however many moves the mouse has made by then

    def _work(self) -> None:
        if self.sheet.ink is not None and self.sheet.behind and self.isVisible():
            self.sheet.ink.advance()
            self._timer.start()
        else:
            self._timer.stop()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colors, frame, looks = QPainter(self), colors_of(self), self.frame(), self._looks()
        self.sheet.paint_lines(painter, self.chosen() if self.brushes else None, colors)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, width in (*((at, 2.5) for at in self._marked), (self.under, 3.0)):
            if (line := self.sheet.polyline(at)) is not None:
                painter.setPen(QPen(QColor(colors.text), width))
                painter.drawPolyline(line)
        painter.drawImage(0, 0, self.sheet.axes(looks, self.size(), self.devicePixelRatioF(), colors, self.nowhere))
        for look in looks:
            paint_brushes(painter, frame, look, self.brushes, colors)

    def _looks(self) -> tuple[Look, ...]:
        """The axes as they stand now; one of them may be on its way."""
        frame, found, (carried, x) = self.frame(), [], self._dragged
        for at, one in enumerate(self.dimensions):
            across = x if at == carried else frame.across(at)
            colored = self._color is not None and self._color.key == one.key
            focused = self.hasFocus() and at == self.focused
            found.append(Look(dimension=one, across=across, colored=colored, focused=focused, held=at == carried))
        return tuple(found)

    # Qt's own

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
            self.sheet.forget()
            self.update()
