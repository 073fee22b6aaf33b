"""How all charts are looked at: the line of switches above them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSlider, QToolButton, QWidget

from studio.pages.runs.curves.layout import NOTCHES, Layout
from studio.theme import SPACE
from studio.widgets import Button, Label, ToolButton, row
from studio.widgets.chart import span_of
from studio.widgets.flow import Flow

ALONG = {"step": "Step", "epoch": "Epoch", "time": "Time trained", "clock": "Time of day"}
KINDS = {"average": "Moving average", "gaussian": "Gaussian"}
SPREADS = {"interval": "mean ± 95 % interval", "range": "mean, min–max"}
NO_GROUPS = {"": "No groups"}


class Bar(QWidget):
    """Shows a layout and tells what a person changes of it."""

    changed = Signal(object)
    """The layout that is wanted, as a function of the one that is."""

    def __init__(self) -> None:
        super().__init__()
        self._showing = False
        self.charts_button = Button("Charts", icon="chart", tip="Choose what is drawn")
        self.views_button = Button("Views", icon="layers", tip="Layouts that were kept under a name")
        self.along = _choice(ALONG, "What the curves are laid along")
        self.log_across = _switch("log x", "Logarithmic axis below")
        self.kind = _choice(KINDS, "How curves are made smooth")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, NOTCHES)
        self.slider.setFixedWidth(96)
        self.slider.setAccessibleName("Smoothing")
        self.slider.setToolTip("Steps that the smooth line averages over; every point stays visible behind it")
        self.over = Label("", "caption")
        self.robust = _switch(
            "Clip outliers", "Leave what lies far out of the range; each chart says what it leaves out"
        )
        self.group = _choice(NO_GROUPS, "What runs are summed up by")
        self.spread = _choice(SPREADS, "What a group's band shows")
        self.linked = ToolButton("link", "A zoom into one chart is one into all", checkable=True)
        self._flow = Flow(self, gap=SPACE.s)
        for part in (
            _together(self.charts_button, self.views_button),
            _together(self.along, self.log_across, self.linked),
            _together(self.kind, self.slider, self.over),
            _together(self.robust),
            _together(self.group, self.spread),
        ):
            self._flow.addWidget(part)
        self._connect()

    def show_layout(self, layout: Layout, groups: Mapping[str, str]) -> None:
        """Stand as the layout says; `groups` names by what the runs can be grouped."""
        self._showing = True
        _fill(self.group, {**NO_GROUPS, **{key: f"by {words}" for key, words in groups.items()}})
        for box, value in (
            (self.along, layout.along),
            (self.kind, layout.kind),
            (self.group, layout.group_by),
            (self.spread, layout.spread),
        ):
            box.setCurrentIndex(max(box.findData(value), 0))
        self.log_across.setChecked(layout.log_across)
        self.log_across.setEnabled(layout.along != "clock")
        self.robust.setChecked(layout.robust)
        self.linked.setChecked(layout.linked)
        self.slider.setValue(layout.smoothing)
        self.kind.setEnabled(layout.smoothing > 0)
        span = span_of(layout.smoothing)
        self.over.setText(f"over {span:,} steps" if span > 1 else "not smoothed")
        self.over.setMinimumWidth(self.over.fontMetrics().horizontalAdvance("over 100,000 steps"))
        self.spread.setVisible(bool(layout.group_by) and layout.group_by in groups)
        self._showing = False
        self._flow.invalidate()

    def _connect(self) -> None:
        for name, box in (
            ("along", self.along),
            ("kind", self.kind),
            ("group_by", self.group),
            ("spread", self.spread),
        ):
            box.activated.connect(lambda _, name=name, box=box: self._tell(name, box.currentData()))
        for name, button in (("log_across", self.log_across), ("robust", self.robust), ("linked", self.linked)):
            button.toggled.connect(lambda on, name=name: self._tell(name, on))
        self.slider.valueChanged.connect(lambda notch: self._tell("smoothing", notch))

    def _tell(self, name: str, value: object) -> None:
        if not self._showing:
            self.changed.emit(lambda layout: replace(layout, **{name: value}))


def _choice(words: Mapping[str, str], tip: str) -> QComboBox:
    box = QComboBox()
    box.setToolTip(tip)
    box.setAccessibleName(tip)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setMaximumWidth(220)
    _fill(box, words)
    return box


def _fill(box: QComboBox, words: Mapping[str, str]) -> None:
    if {box.itemData(at): box.itemText(at) for at in range(box.count())} != dict(words):
        box.clear()
        for key, text in words.items():
            box.addItem(text, key)


def _switch(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setCheckable(True)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    return button


def _together(*parts: Any) -> QWidget:
    """Things that stay side by side where the line breaks."""
    made = QWidget()
    line: QHBoxLayout = row(made, gap=SPACE.xs)
    for part in parts:
        line.addWidget(part)
    return made
