"""A chart: a plot with its title, legend and the switches that say how it is looked at."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSlider, QToolButton, QWidget

from studio.curves import Along
from studio.theme import SPACE, colors_of
from studio.widgets.buttons import ToolButton
from studio.widgets.chart.legend import Legend
from studio.widgets.chart.look import Look
from studio.widgets.chart.plot import Plot
from studio.widgets.chart.trace import Curve
from studio.widgets.labels import Label, SectionHeader
from studio.widgets.style import column
from studio.widgets.surfaces import Memory, Surface

ALONG: tuple[tuple[str, Along], ...] = (("Step", "step"), ("Epoch", "epoch"), ("Time", "time"))
NOTCHES = 40
ROOMY = 460
"""Pixels of width from which on every switch has a place."""
LONGEST_SPAN = 10_000


class Chart(Surface):
    """Curves over steps, epochs or time, as a card.

    Args:
        title: what it shows.
        key: how it is looked at (smoothing, axes) is remembered under this name.
        memory: where; none remembers nothing.
        smoothing: the position of the smoothing slider at first, 0 to 40; None leaves the slider out.
        along: the axis at first.
    """

    def __init__(
        self,
        title: str,
        *,
        key: str,
        memory: Memory | None = None,
        smoothing: int | None = 10,
        along: Along = "step",
    ) -> None:
        super().__init__("card")
        self._key, self._memory = f"chart/{key}", memory
        self.plot = Plot()
        self.legend = Legend()
        self.header = SectionHeader(title)
        self.slider = _slider()
        self.smoothing_label = Label("", "caption")
        self.box = QComboBox()
        self.log_button = _log_button()
        self.fit_button = ToolButton("fit", "Show everything (double-click in the chart)")
        self._smooths = smoothing is not None
        self._fill_header()
        body = column(self, margin=SPACE.m, gap=SPACE.xs)
        for widget in (self.header, self.legend):
            body.addWidget(widget)
        body.addWidget(self.plot, 1)
        self._recall(smoothing or 0, along)
        self._connect()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the curves shown."""
        return tuple(self.plot.traces)

    def add(self, curve: Curve) -> None:
        """Show a curve, in place of one with the same key."""
        if curve.key in self.plot.traces:
            self.remove(curve.key)
        self.plot.add(curve)
        self.legend.add(curve.key, curve.name)
        self._color(curve.key)

    def remove(self, key: str) -> None:
        self.plot.remove(key)
        self.legend.remove(key)

    def show_curves(self, curves: Iterable[Curve]) -> None:
        """Show exactly these; what is shown already stays as it is."""
        wanted = {curve.key: curve for curve in curves}
        for key in self.keys:
            if key not in wanted or wanted[key] != self.plot.traces[key].curve:
                self.remove(key)
        for key, curve in wanted.items():
            if key not in self.plot.traces:
                self.add(curve)
        self._fit_switches()

    def lead(self, widget: QWidget) -> None:
        """Put a widget where the title is, for a chart that shows what is chosen there."""
        place = self.header.layout()
        assert isinstance(place, QHBoxLayout)
        place.insertWidget(0, widget)

    def touch(self) -> None:
        """Points were added: they are shown in the next frame."""
        self.plot.touch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_switches()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "legend"):
            for key in self.legend.chips:
                self._color(key)

    def _fill_header(self) -> None:
        for text, along in ALONG:
            self.box.addItem(text, along)
        self.box.setToolTip("What the curves are laid along")
        self.box.setAccessibleName("Axis")
        self.fit_button.hide()
        for one in (self.fit_button, self.smoothing_label, self.slider, self.log_button, self.box):
            self.header.add(one)

    def _fit_switches(self) -> None:
        """Smoothing is offered where there is something to smooth, and room to offer it."""
        curves = [trace.curve for trace in self.plot.traces.values()]
        smooths = self._smooths and (not curves or any(curve.smooths for curve in curves))
        self.smoothing_label.setVisible(smooths and self.width() > ROOMY)
        self.slider.setVisible(smooths and self.width() > ROOMY * 3 // 4)

    def _recall(self, smoothing: int, along: Along) -> None:
        kept = self._memory.get(self._key, {}) if self._memory else {}
        kept = kept if isinstance(kept, dict) else {}
        found = self.box.findData(kept.get("along", along))
        self.box.setCurrentIndex(max(found, 0))
        self.slider.setValue(int(kept.get("smoothing", smoothing)))
        self.log_button.setChecked(bool(kept.get("log", False)))
        self._look()

    def _connect(self) -> None:
        for signal in (self.slider.valueChanged, self.box.activated, self.log_button.toggled):
            signal.connect(self._look)
            signal.connect(self._remember)
        self.fit_button.clicked.connect(self.plot.reset)
        self.plot.zoomed.connect(self.fit_button.setVisible)
        self.legend.toggled.connect(self._toggle)

    def _look(self) -> None:
        span = span_of(self.slider.value())
        self.plot.set_look(Look(along=self.box.currentData(), log=self.log_button.isChecked(), span=span))
        self.smoothing_label.setText(f"Smooth over {span:,}" if span > 1 else "Not smoothed")

    def _remember(self) -> None:
        if self._memory:
            self._memory.set(
                self._key,
                {
                    "along": self.box.currentData(),
                    "smoothing": self.slider.value(),
                    "log": self.log_button.isChecked(),
                },
            )

    def _toggle(self, key: str, shown: bool) -> None:  # Qt calls it
        self.plot.set_shown(key, shown=shown)

    def _color(self, key: str) -> None:
        colors = colors_of(self)
        self.legend.chips[key].set_color(colors.series[self.plot.traces[key].curve.color % len(colors.series)])


def span_of(notch: int) -> int:
    """Points averaged over at a position of the slider: 1 at 0, ten times as many every ten positions."""
    return max(round(math.pow(LONGEST_SPAN, notch / NOTCHES)), 1)


def _log_button() -> QToolButton:
    button = QToolButton()
    button.setText("log")
    button.setCheckable(True)
    button.setToolTip("Logarithmic values")
    button.setAccessibleName("Logarithmic values")
    return button


def _slider() -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, NOTCHES)
    slider.setFixedWidth(96)
    slider.setAccessibleName("Smoothing")
    slider.setToolTip("Steps that the smoothed line averages over; every point stays visible behind it")
    return slider
