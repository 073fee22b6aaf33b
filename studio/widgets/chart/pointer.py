"""The pointer over a plot: what it reads, which curve it is next to, and walking along a curve with the keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import hypot

import numpy as np
import pyqtgraph
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from studio.widgets.chart.bundle import Bundle
from studio.widgets.chart.layer import Spotlight
from studio.widgets.chart.picture import Sight
from studio.widgets.chart.reading import Reading, place_in_words, read_bundle, read_point, read_trace
from studio.widgets.chart.readout import MOST, Crosshair, Readout
from studio.widgets.chart.trace import Trace

NEAR = 24
"""Pixels from a point within which a click is meant for it."""
STRIDE = 10
Key = Qt.Key


class Pointer(QObject):
    """Marks and reads the points of all curves at one place along.

    Args:
        box: the plot's view box.
        traces: the curves.
        bundles: the groups, which are read in place of their members.
        sight: what is seen now.
    """

    picked = Signal(str, int)
    """A point of a curve, by key and place: a click beside it, or Return."""
    let_go = Signal()
    moved = Signal(object)
    """Where along it points; None for nowhere."""

    def __init__(
        self,
        box: pyqtgraph.ViewBox,
        traces: Mapping[str, Trace],
        bundles: Mapping[str, Bundle],
        sight: Callable[[], Sight | None],
    ) -> None:
        super().__init__()
        self._box, self._traces, self._bundles, self._sight = box, traces, bundles, sight
        self._hover: QPointF | None = None
        self._held: tuple[str, int] | None = None
        self._elsewhere: float | None = None
        self.crosshair = Crosshair()
        self.spotlight = Spotlight(sight)
        for item in (self.crosshair, self.spotlight):
            item.setParentItem(box)
        self.readout: Readout | None = None

    def over(self, place: QPointF | None) -> None:
        """It moved there, in pixels of the box; None when it left."""
        if place is not None or self._hover is not None:
            self._hover, self._held = place, None
            self.read()
        if place is None:
            self.moved.emit(None)

    def elsewhere(self, place: float | None) -> None:
        """It points at a place along another chart: that is marked and not read."""
        if place != self._elsewhere:
            self._elsewhere = place
            self.read()

    def read(self) -> None:
        """Say what is under it now."""
        sight, readout = self._sight(), self.readout
        readings = self._readings(sight) if sight is not None else []
        if sight is None or self._hover is None or not readings or readout is None:
            self._say_nothing(sight)
            return
        near = self._nearest(readings)
        shown = sorted(readings, key=self._away)[:MOST]
        shown.sort(key=lambda one: one.y)
        self.crosshair.show_readings(tuple(readings if len(readings) <= MOST else shown), near.x)
        alone = len(readings) == 1 or near.point < 0 or self._away(near) > NEAR
        self.spotlight.show_trace(None if alone else self._traces.get(near.key))
        corner = self._corner(QPointF(near.x, self._hover.y()))
        title = place_in_words(near.at, sight.look.along)
        readout.show_readings(title, tuple(shown), corner, more=len(readings) - len(shown), near=near.key)
        self.moved.emit(near.at)

    def click(self) -> None:
        """Pick the point next to it, or let go of what was picked."""
        sight = self._sight()
        found = self._of_traces(sight) if sight is not None and self._hover is not None else []
        near = min(found, key=self._away, default=None)
        if near is not None and self._away(near) <= NEAR:
            self.picked.emit(near.key, near.point)
        else:
            self.let_go.emit()

    def place_on_screen(self) -> QPoint:
        """Where on the screen it points."""
        view: QWidget = self._box.scene().views()[0]
        return view.mapToGlobal(self._corner(self._hover or QPointF()))

    def press(self, event: QKeyEvent) -> bool:
        """Walk along curves with the arrow keys, pick with Return, let go with Escape; whether the key meant that."""
        stride = STRIDE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        match event.key():
            case Key.Key_Left | Key.Key_Right:
                self._walk(stride if event.key() == Key.Key_Right else -stride)
            case Key.Key_Up | Key.Key_Down:
                self._switch(1 if event.key() == Key.Key_Down else -1)
            case Key.Key_Return | Key.Key_Enter if self._held is not None:
                self.picked.emit(*self._held)
            case Key.Key_Escape if self._hover is not None:
                self.over(None)
                self.let_go.emit()
            case _:
                return False
        return True

    def _walk(self, stride: int) -> None:
        key, point = self._held or self._start()
        if key in self._traces:
            self._hold(key, min(max(point + stride, 0), len(self._traces[key].curve.series) - 1))

    def _switch(self, by: int) -> None:
        """Hold the next curve at the same place, by their order on the screen."""
        sight = self._sight()
        key, point = self._held or self._start()
        if sight is None or key not in self._traces:
            return
        self._hold(key, point)
        found = sorted(self._of_traces(sight), key=lambda one: one.y)
        at = next((place for place, one in enumerate(found) if one.key == key), 0)
        if found:
            other = found[(at + by) % len(found)]
            self._hold(other.key, other.point)

    def _start(self) -> tuple[str, int]:
        """The point next to the mouse, else the first curve's last."""
        sight = self._sight()
        found = self._of_traces(sight) if sight is not None and self._hover is not None else []
        if found:
            near = min(found, key=self._away)
            return near.key, near.point
        first = next((key for key, one in self._traces.items() if one.shown and len(one.curve.series)), "")
        return first, len(self._traces[first].curve.series) if first else 0

    def _hold(self, key: str, point: int) -> None:
        sight = self._sight()
        if sight is not None:
            reading = read_point(self._traces[key], point, sight)
            self._hover, self._held = QPointF(reading.x, reading.y), (key, point)
            self.read()

    def _say_nothing(self, sight: Sight | None) -> None:
        across = None
        if self._elsewhere is not None and sight is not None and self._hover is None:
            across = _across(self._elsewhere, sight)
        self.crosshair.show_readings((), across)
        self.spotlight.show_trace(None)
        if self.readout is not None:
            self.readout.hide()

    def _readings(self, sight: Sight) -> list[Reading]:
        if self._hover is None:
            return []
        if not self._bundles:
            return self._of_traces(sight)
        place = self._place(sight)
        return [one for bundle in self._bundles.values() if (one := read_bundle(bundle, place, sight)) is not None]

    def _of_traces(self, sight: Sight) -> list[Reading]:
        place = self._place(sight)
        shown = [trace for trace in self._traces.values() if trace.shown]
        return [one for trace in shown if (one := read_trace(trace, place, sight)) is not None]

    def _place(self, sight: Sight) -> float:
        assert self._hover is not None
        return sight.view.place(self._hover.x() * sight.ratio)

    def _nearest(self, readings: list[Reading]) -> Reading:
        if self._held is not None:
            held = next((one for one in readings if one.key == self._held[0]), None)
            if held is not None:
                return held
        return min(readings, key=self._away)

    def _away(self, reading: Reading) -> float:
        assert self._hover is not None
        return hypot(reading.x - self._hover.x(), reading.y - self._hover.y())

    def _corner(self, place: QPointF) -> QPoint:
        scene = self._box.scene()
        view: QWidget = scene.views()[0]
        found = view.mapFromScene(self._box.mapToScene(place))  # type: ignore[attr-defined]
        return QPoint(found.x(), found.y())


def _across(place: float, sight: Sight) -> float | None:
    found = float(sight.view.across(np.array([place]))[0])
    return found / sight.ratio if 0 <= found <= sight.view.width else None
