"""The line above the plots: which kind, and what is laid along axes, colors and sizes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QMenu, QToolButton, QWidget

from studio.pages.runs.plots.properties import KINDS, title
from studio.theme import SPACE
from studio.widgets import Button, Label, Surface, column, row
from studio.widgets.flow import Flow
from studio.widgets.ramp_key import HIGH, RampKey
from studio.widgets.segments import Segments

PARALLEL, SCATTER = "parallel", "scatter"
NOTHING = "–"


class Head(Surface):
    """Chooses what is plotted; its choices are read from `axes` and `choice`."""

    changed = Signal()
    cleared = Signal()
    """Nothing is to be chosen any more."""

    def __init__(self) -> None:
        super().__init__("panel")
        self.kind = Segments({PARALLEL: "Parallel coordinates", SCATTER: "Scatter"}, name="Kind of plot")
        self.axes: list[str] = []
        self._keys: tuple[str, ...] = ()
        self.menu = QMenu(self)
        self.pick = QToolButton()
        self.pick.setText("Axes…")
        self.pick.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.pick.setMenu(self.menu)
        self.boxes = {name: _box(name) for name in ("x", "y", "color", "size")}
        self.parts = {name: _named(name, box) for name, box in self.boxes.items()}
        self.logs = {name: _toggle("log", f"Logarithmic {name} axis") for name in ("x", "y")}
        self.legend = RampKey()
        self.count, self.clear = Label("", "muted"), Button("Clear", kind="quiet")
        self._lay_out()
        self.kind.chosen.connect(lambda _: self._turn())
        for box in self.boxes.values():
            box.activated.connect(lambda *_: self.changed.emit())
        for log in self.logs.values():
            log.clicked.connect(lambda *_: self.changed.emit())
        self.clear.clicked.connect(self.cleared)
        self.set_count(0, 0, every=0)
        self._turn()

    def choice(self, name: str) -> str:
        """The key chosen for x, y, color or size; empty for none."""
        return str(self.boxes[name].currentData() or "")

    def offer(self, keys: Sequence[str]) -> None:
        """What can be chosen; choices that are still offered stay."""
        if tuple(keys) == self._keys:
            return
        self._keys = tuple(keys)
        for name, box in self.boxes.items():
            before = self.choice(name)
            with QSignalBlocker(box):
                box.clear()
                if name in {"color", "size"}:
                    box.addItem(NOTHING, "")
                for key in keys:
                    box.addItem(title(key), key)
                    box.setItemData(box.count() - 1, key, Qt.ItemDataRole.ToolTipRole)
                box.setCurrentIndex(max(box.findData(before), 0))
        self._fill_menu()

    def choose(self, choices: Mapping[str, str]) -> None:
        """Choose keys for x, y, color and size, where they are offered, without telling anyone."""
        for name, key in choices.items():
            if (place := self.boxes[name].findData(key)) >= 0:
                self.boxes[name].setCurrentIndex(place)

    def set_axes(self, keys: Sequence[str]) -> None:
        """The axes of parallel coordinates, in order."""
        self.axes = list(keys)
        self._fill_menu()

    def set_count(self, chosen: int, plotted: int, *, every: int) -> None:
        """Say how many runs are chosen, how many are plotted and how many there are, as the table does."""
        noun = "run" if every == 1 else "runs"
        words = f"{plotted:,} {noun}" if plotted == every else f"{plotted:,} of {every:,} {noun}"
        self.count.setText(f"{words}, {chosen:,} selected" if chosen else words)
        self.clear.setVisible(chosen > 0)

    def kept(self) -> dict[str, Any]:
        """What is remembered between sessions."""
        logs = [name for name, log in self.logs.items() if log.isChecked()]
        boxes = {name: self.choice(name) for name in self.boxes}
        return {"kind": self.kind.value, "axes": self.axes, "logs": logs, **boxes}

    def _turn(self) -> None:
        scatter = self.kind.value == SCATTER
        self.pick.setVisible(not scatter)
        for name in ("x", "y", "size"):
            self.parts[name].setVisible(scatter)
        self.changed.emit()

    def _fill_menu(self) -> None:
        """A submenu for each kind of property, those on an axis with a mark."""
        self.menu.clear()
        for kind, words in KINDS.items():
            keys = [key for key in self._keys if key.startswith(f"{kind}/")]
            if not keys:
                continue
            submenu = self.menu.addMenu(words)
            for key in keys:
                entry = submenu.addAction(key.partition("/")[2])
                entry.setCheckable(True)
                entry.setChecked(key in self.axes)
                entry.triggered.connect(lambda on, key=key: self._put(key, on=on))

    def _put(self, key: str, *, on: bool) -> None:
        self.axes = [*self.axes, key] if on else [one for one in self.axes if one != key]
        self.changed.emit()

    def _lay_out(self) -> None:
        inside = QWidget()
        line = Flow(inside, gap=SPACE.s)
        outside = column(self)
        outside.setContentsMargins(SPACE.m, SPACE.s, SPACE.m, SPACE.s)
        outside.addWidget(inside)
        for name in ("x", "y"):
            box = self.parts[name].layout()
            assert box is not None
            box.addWidget(self.logs[name])
        for widget in (self.kind, self.pick, *self.parts.values(), self.legend, self.count, self.clear):
            widget.setMinimumHeight(HIGH)  # all stand on one line
            line.addWidget(widget)


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(f"Property for {name}")
    box.setMinimumContentsLength(12)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMaxVisibleItems(24)
    box.view().setTextElideMode(Qt.TextElideMode.ElideMiddle)
    box.view().setMinimumWidth(260)
    return box


def _named(name: str, box: QComboBox) -> QWidget:
    part = QWidget()
    line = row(part, gap=SPACE.xs)
    line.addWidget(Label(name, "label"))
    line.addWidget(box)
    return part


def _toggle(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setCheckable(True)
    button.setToolTip(tip)
    return button
