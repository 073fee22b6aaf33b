"""The drawing area of a chart: curves, axes, zooming, and the pointer's readings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from time import perf_counter
from typing import Any

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent, QWheelEvent

import studio.widgets.chart.span as spans
from studio.curves import View
from studio.theme import SPACE, colors_of
from studio.widgets.chart.bundle import Group
from studio.widgets.chart.cast import Cast
from studio.widgets.chart.frame import Frame
from studio.widgets.chart.layer import Layer
from studio.widgets.chart.look import Look
from studio.widgets.chart.picture import MANY, Sight
from studio.widgets.chart.pointer import Pointer
from studio.widgets.chart.readout import Readout
from studio.widgets.chart.trace import Curve
from studio.widgets.labels import Label

FRAME = 25
"""Milliseconds from news to the frame that shows them: at most 40 frames a second, and none while nothing is new."""
SHARE = 0.004
"""Seconds of work at a time: there are several charts beside each other."""
PATIENCE = 0.4
"""Seconds between two pictures of many curves while they are still being smoothed."""


class Plot(Frame):
    """Shows curves; drag zooms into a part, the wheel zooms along, a double-click shows all again."""

    zoomed = Signal(bool)
    stretched = Signal(object)
    """The stretch along that a person zoomed into (left and right end, as on the axis); None for everything."""

    def __init__(self) -> None:
        super().__init__()
        self._cast = Cast()
        self.traces, self.bundles = self._cast.traces, self._cast.bundles
        self.look = Look()
        self.scrolls = False
        """Whether the wheel is for what the plot lies in, and zooms only with Ctrl."""
        self.lit = ""
        """Key of the curve before which the others stand back."""
        self._free = False  # whether a person chose what is seen
        self._stretch: spans.Range | None = None
        self._fitted: tuple[Any, ...] = ()  # what the range was found for
        self._painted = 0.0
        self._layer = Layer(self.traces, self.bundles, sight=self.sight, wanted=self.touch)
        self._layer.setParentItem(self.box)
        self.pointer = Pointer(self.box, self.traces, self.bundles, self.sight)
        self.readout = self.pointer.readout = Readout(self.viewport())
        self.crosshair = self.pointer.crosshair
        self.said = Label("", "caption", parent=self.viewport())
        self.said.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.said.hide()
        self._timer = QTimer(self, singleShot=True, interval=FRAME)
        self._timer.timeout.connect(self.draw)
        self.box.sigRangeChangedManually.connect(self._chosen)
        self.box.sigRangeChanged.connect(lambda *_: self.pointer.read())
        self.scene().sigMouseMoved.connect(self._moved)
        self.scene().sigMouseClicked.connect(self._clicked)
        self._dress()

    # curves

    def add(self, curve: Curve) -> None:
        self._cast.put(curve, self.look)
        self._color()
        self.touch()

    def remove(self, key: str) -> None:
        del self.traces[key]
        self._color()
        self.touch()

    def set_curves(self, curves: Iterable[Curve], groups: Iterable[Group] = ()) -> None:
        """Show exactly these, in this order; what is shown already stays as it is."""
        self._cast.set(curves, groups, self.look)
        self._color()
        self.touch()

    def set_shown(self, key: str, *, shown: bool) -> None:
        """Show a curve or hide it."""
        self.traces[key].shown = shown
        self.touch()

    def set_lit(self, key: str) -> None:
        """Let the others stand back behind a curve; no key lets none."""
        if key != self.lit:
            self.lit = key
            self._color()
            self.touch()

    def touch(self) -> None:
        """Points were added: show them in the next frame. Costs nothing while the plot is hidden or scrolled away."""
        if self._in_sight() and not self._timer.isActive():
            self._timer.start(FRAME)

    @property
    def settled(self) -> bool:
        """Whether what is seen is all that there is to see."""
        return not self._timer.isActive()

    def _in_sight(self) -> bool:
        return self.isVisible() and not self.viewport().visibleRegion().isEmpty()

    # what is seen

    def set_look(self, look: Look) -> None:
        """Look at the curves like this from now on; another axis shows everything again."""
        before, self.look = self.look, look
        if (before.span, before.kind) != (look.span, look.kind):
            self._cast.smooth(look)
        if replace(before, span=look.span, kind=look.kind, spread=look.spread) != look:
            self.along_axis.along = look.along
            self.along_axis.picture = None
            self.set_logarithmic(across=look.across, up=look.log)
            self.reset()
        self.touch()

    def reset(self) -> None:
        """Show everything, also what is still to come."""
        self._free, self._stretch, self._fitted = False, None, ()
        self.zoomed.emit(False)
        self.touch()

    def show_stretch(self, stretch: spans.Range | None) -> None:
        """Show a stretch along, with all values in it; None shows everything."""
        if stretch is None:
            self.reset()
            return
        self._free, self._stretch, self._fitted = False, stretch, ()
        self.zoomed.emit(True)
        self.touch()

    @property
    def free(self) -> bool:
        """Whether a person zoomed, so that new points no longer move the view."""
        return self._free

    def seen(self) -> tuple[spans.Range, spans.Range]:
        """The range along and the range of values (powers of ten on logarithmic axes)."""
        (left, right), (bottom, top) = self.box.viewRange()
        return (left, right), (bottom, top)

    def sight(self) -> Sight | None:
        """What is seen, in the screen's pixels; None while there is no room."""
        rect, ratio = self.box.rect(), self.devicePixelRatioF()
        (left, right), (bottom, top) = self.seen()
        width, height = round(rect.width() * ratio), round(rect.height() * ratio)
        if width < 2 or height < 2 or right <= left or top <= bottom:
            return None
        ends = {"left": left, "right": right, "bottom": bottom, "top": top}
        view = View(**ends, width=width, height=height, log=self.look.log, log_across=self.look.across)
        return Sight(view, self.look, ratio)

    def draw(self) -> None:
        """Bring smoothing, ranges and traces up to date, within a frame's time."""
        self._timer.stop()
        end = perf_counter() + SHARE
        if not self._cast.take_in(end):
            if self._in_sight():
                self._timer.start(0)
            return
        behind = self._cast.catch_up(end)
        for bundle in self.bundles.values():
            bundle.sum_up(self.look.along, self.look.spread)
        if not self._free:
            self._fit()
        whole = False
        if not behind or len(self.traces) <= MANY or perf_counter() - self._painted > PATIENCE:
            whole = self._layer.prepare(end)
        if whole:
            self._painted = perf_counter()
            self._layer.update()
            self.pointer.read()
        if (behind or not whole) and self._in_sight():
            self._timer.start(FRAME if whole else 0)

    def _fit(self) -> None:
        shown = self._cast.shown()
        stamp = (self.look, self._stretch, [(one.series, one.placed, one.series.version) for one in shown])
        if stamp == self._fitted and not self.bundles:
            return
        self._fitted = stamp
        self._show_range(shown)
        self._say_left_out()

    def _show_range(self, shown: list[Curve]) -> None:
        if self._stretch is not None:
            along, values = self._stretch, spans.within(shown, self.look, *self._stretch)
            ranges = (along, values or self.seen()[1])
        elif (found := spans.everything(shown, self.look, [one.band for one in self.bundles.values()])) is not None:
            ranges = found
        else:
            return
        if ranges != self.seen():
            self.box.setRange(xRange=ranges[0], yRange=ranges[1], padding=0, disableAutoRange=True)

    def _say_left_out(self) -> None:
        whole = self.look.robust and not self._free and self._stretch is None
        series = [curve.series for curve in self._cast.shown()]
        words = spans.left_out(series, self.look, self.seen()[1]) if whole and series else ""
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self._place_said()

    def _place_said(self) -> None:
        self.said.adjustSize()
        self.said.move(max(self.viewport().width() - self.said.width() - SPACE.xl, 0), SPACE.xs)

    def _chosen(self, *_: Any) -> None:
        self._free, self._stretch = True, None
        self.zoomed.emit(True)
        self.stretched.emit(self.seen()[0])
        self._say_left_out()

    # the pointer

    def _moved(self, place: QPointF) -> None:
        inside = self.box.sceneBoundingRect().contains(place)
        self.pointer.over(self.box.mapFromScene(place) if inside else None)

    def _clicked(self, event: Any) -> None:
        if event.button() is Qt.MouseButton.LeftButton and not event.double():
            self._moved(event.scenePos())
            self.pointer.click()

    # the look

    def _color(self) -> None:
        self._cast.color(colors_of(self), lit=self.lit)

    def _dress(self) -> None:
        colors = colors_of(self)
        self.dress(colors)
        self.crosshair.set_colors(colors.faint, colors.raised)
        self.said.setStyleSheet(f"background: {colors.raised}; padding: 0 {SPACE.xs}px;")
        self._color()

    # Qt's own

    def mouseDoubleClickEvent(self, event: Any) -> None:
        super().mouseDoubleClickEvent(event)
        self.reset()
        self.stretched.emit(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.scrolls and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.pointer.press(event):
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointer.over(None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_timer"):  # the base class resizes before it is made
            self._place_said()
            self.touch()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_timer"):
            self._dress()
            self.touch()
