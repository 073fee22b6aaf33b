"""The drawing area of a chart: traces, axes, zooming, and the pointer's readings."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import pyqtgraph
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QResizeEvent, QShowEvent

import studio.widgets.chart.span as spans
from studio.curves import Along, View
from studio.theme import colors_of
from studio.widgets.chart.axes import AlongAxis, ValueAxis, dress
from studio.widgets.chart.readout import Crosshair, Reading, Readout
from studio.widgets.chart.trace import Curve, Layer, Trace
from studio.widgets.chart.words import clock, number

FRAME = 25
"""Milliseconds from news to the frame that shows them: at most 40 frames a second, and none while nothing is new."""
SLICE = 20_000
"""Points smoothed at a time, until a frame's share of time is used up."""
SHARE = 0.006
HAZE = 0.34
"""How much of its color a curve keeps behind its smoothed self; half of it where there are more than a few."""
FEW = 3


class Plot(pyqtgraph.PlotWidget):
    """Shows curves; drag zooms into a part, the wheel zooms along, a double-click shows all again."""

    zoomed = Signal(bool)

    def __init__(self) -> None:
        self._along_axis, self._value_axis = AlongAxis(), ValueAxis()
        super().__init__(axisItems={"bottom": self._along_axis, "left": self._value_axis}, enableMenu=False)
        self.getPlotItem().ctrlMenu.setParent(self, Qt.WindowType.Popup)  # else nobody would ever delete it
        self.traces: dict[str, Trace] = {}
        self.along: Along = "step"
        self.log = False
        self.span = 1
        self._free = False  # whether a person chose what is seen
        self._hover: QPointF | None = None
        self._box = self.getPlotItem().getViewBox()
        self._box.setMouseMode(pyqtgraph.ViewBox.RectMode)
        self._box.disableAutoRange()
        self.hideButtons()
        self.getPlotItem().setContentsMargins(0, 8, 16, 0)
        self._layer = Layer(self.traces, self._look)
        self._layer.setParentItem(self._box)
        self.crosshair = Crosshair()
        self.crosshair.setParentItem(self._box)
        self.readout = Readout(self.viewport())
        self._timer = QTimer(self, singleShot=True, interval=FRAME)
        self._timer.timeout.connect(self.draw)
        self._box.sigRangeChangedManually.connect(self._chosen)
        self._box.sigRangeChanged.connect(lambda *_: self._read())
        self.scene().sigMouseMoved.connect(self._moved)
        self._dress()

    # curves

    def add(self, curve: Curve) -> None:
        trace = self.traces[curve.key] = Trace(curve)
        trace.smooth(self.span)
        self._color()
        self.touch()

    def remove(self, key: str) -> None:
        del self.traces[key]
        self._color()
        self.touch()

    def set_shown(self, key: str, *, shown: bool) -> None:
        """Show a curve or hide it."""
        self.traces[key].shown = shown
        self.touch()

    def touch(self) -> None:
        """Points were added: show them in the next frame. Costs nothing while the plot is hidden."""
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    # what is seen

    def set_along(self, along: Along) -> None:
        """Lay the curves along steps, epochs or time."""
        self.along = self._along_axis.along = along
        self._along_axis.picture = None
        self.reset()

    def set_log(self, *, on: bool) -> None:
        self.log = on
        self._value_axis.setLogMode(x=False, y=on)
        self.reset()

    def set_span(self, span: int) -> None:
        """Smooth over so many points; 1 for not at all."""
        self.span = span
        for trace in self.traces.values():
            trace.smooth(span)
        self.touch()

    def reset(self) -> None:
        """Show everything, also what is still to come."""
        self._free = False
        self.zoomed.emit(False)
        self.touch()

    @property
    def free(self) -> bool:
        """Whether a person zoomed, so that new points no longer move the view."""
        return self._free

    def seen(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The range along and the range of values (powers of ten on a log chart)."""
        (left, right), (bottom, top) = self._box.viewRange()
        return (left, right), (bottom, top)

    def draw(self) -> None:
        """Bring smoothing, ranges and traces up to date, within a frame's time."""
        self._timer.stop()
        behind = self._catch_up()
        if not self._free:
            self._fit()
        self._layer.update()
        self._read()
        if behind:
            self.touch()

    def _catch_up(self) -> bool:
        end = perf_counter() + SHARE
        smoothed = [trace.smoothed for trace in self.traces.values() if trace.smoothed and trace.shown]
        for one in smoothed:
            while perf_counter() < end and one.catch_up(SLICE):
                pass
        return any(one.behind for one in smoothed)

    def _fit(self) -> None:
        shown = [trace.curve for trace in self.traces.values() if trace.shown and len(trace.curve.series)]
        ranges = spans.everything(shown, self.along, log=self.log)
        if ranges is not None and ranges != self.seen():
            self._box.setRange(xRange=ranges[0], yRange=ranges[1], padding=0, disableAutoRange=True)

    def _look(self) -> tuple[View, Along, float] | None:
        rect, ratio = self._box.rect(), self.devicePixelRatioF()
        (left, right), (bottom, top) = self._box.viewRange()
        width, height = round(rect.width() * ratio), round(rect.height() * ratio)
        if width < 2 or height < 2 or right <= left or top <= bottom:
            return None
        view = View(left=left, right=right, bottom=bottom, top=top, width=width, height=height, log=self.log)
        return view, self.along, ratio

    def _chosen(self, *_: Any) -> None:
        self._free = True
        self.zoomed.emit(True)

    # the pointer

    def _moved(self, place: QPointF) -> None:
        inside = self._box.sceneBoundingRect().contains(place)
        self._hover = self._box.mapFromScene(place) if inside else None
        self._read()

    def _read(self) -> None:
        found = self._readings()
        if self._hover is None or not found:
            self.crosshair.show_readings(())
            self.readout.hide()
            return
        readings = tuple(reading for _, reading in found)
        self.crosshair.show_readings(readings)
        corner = self.mapFromScene(self._box.mapToScene(QPointF(readings[0].x, self._hover.y())))
        self.readout.show_readings(self._title(found[0][0]), readings, QPoint(corner.x(), corner.y()))

    def _readings(self) -> list[tuple[float, Reading]]:
        """Where the points next to the pointer lie along, and what they say, the nearest first."""
        look = self._look()
        if self._hover is None or look is None:
            return []
        view, along, ratio = look
        place = view.left + self._hover.x() * ratio / view.width * (view.right - view.left)
        found = [spans.reading(trace, place, view, along, ratio) for trace in self.traces.values() if trace.shown]
        kept = [(at, reading) for at, reading in found if reading is not None]
        return sorted(kept, key=lambda one: abs(one[0] - place))

    def _title(self, place: float) -> str:
        match self.along:
            case "time":
                return f"{clock(place)} trained"
            case "epoch":
                return f"Epoch {number(place) if place % 1 else int(place)}"
            case _:
                return f"Step {round(place):,}"

    # the look

    def _color(self) -> None:
        colors = colors_of(self)
        for trace in self.traces.values():
            trace.ink = colors.series[trace.curve.color % len(colors.series)]
            trace.haze = _mixed(trace.ink, colors.raised, HAZE if len(self.traces) <= FEW else HAZE / 2)

    def _dress(self) -> None:
        colors = colors_of(self)
        self.setBackground(colors.raised)
        for axis in (self._along_axis, self._value_axis):
            dress(axis, colors)
        self._box.rbScaleBox.setPen(QColor(colors.accent))
        veil = QColor(colors.accent)
        veil.setAlpha(40)
        self._box.rbScaleBox.setBrush(veil)
        self.crosshair.set_colors(colors.faint, colors.raised)
        self._color()

    # Qt's own

    def mouseDoubleClickEvent(self, event: Any) -> None:
        super().mouseDoubleClickEvent(event)
        self.reset()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover = None
        self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_timer"):  # the base class resizes before it is made
            self.touch()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "crosshair"):
            self._dress()
            self.touch()


def _mixed(front: str, back: str, share: float) -> str:
    """So much of one color before another, without transparency, which paints several times slower."""
    one, other = QColor(front), QColor(back)
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(share * a + (1 - share) * b) for a, b in pairs)).name()
