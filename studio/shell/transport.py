"""The transport bar: device, Train, Pause, Stop, and how far the run is; always in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from studio import icons
from studio.pace import fraction, spoken
from studio.shell.menus import compact_menu
from studio.shell.queue import QueueButton
from studio.theme import SPACE
from studio.widgets import Button, Elided, Label, Line, Progress, Surface, ToolButton, column, row, run_tone, tag

if TYPE_CHECKING:
    from studio.context import Studio

HEIGHT = 48
NARROW = 1180
"""Pixels below which the menus fold into one button."""


class RunStatus(QWidget):
    """Name and state of the shown run, its epoch and time left, and a thin bar; a click asks to see the run."""

    clicked = Signal()

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = studio.live
        self.setMinimumWidth(250)
        self.setMaximumWidth(440)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Show this run")
        self._name = Elided("", "strong")
        self._name.setMinimumWidth(56)
        self._state = Label("", "muted")
        self._facts = Label("", "label")
        self._bar = Progress()
        words = row(gap=SPACE.s)
        words.addWidget(self._name, 1)
        words.addWidget(self._state)
        words.addWidget(self._facts)
        box = column(self, gap=SPACE.xs + 1)
        box.addStretch(1)
        box.addLayout(words)
        box.addWidget(self._bar)
        box.addStretch(1)
        self._order: tuple[str, str] | None = None
        live = studio.live
        studio.launcher.ordered.connect(self._ordered)
        live.state_changed.connect(self._obeyed)
        for signal in (live.summary_changed, live.state_changed, live.current_changed, live.runs_changed):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the run as it is now."""
        run = self._live.current
        self.setVisible(run is not None)
        if run is None:
            return
        summary, state = self._live.summary(run), self._live.state(run)
        tone = run_tone(state)
        self._name.setText(summary.name or run)
        asked = self._order is not None and self._order[0] == run
        self._state.setText(f"{self._order[1]}…" if asked and self._order else state)
        tag(self._state, state=tone)
        self._facts.setText(" · ".join(self._numbers(run, state)))
        if state == "starting":
            self._bar.set_busy()
        else:
            self._bar.set_fraction(fraction(summary))
        self._bar.set_tone("accent" if tone in {"neutral", "info"} else tone)

    def _ordered(self, run: str, word: str) -> None:
        self._order = (run, word)
        self.refresh()

    def _obeyed(self, run: str) -> None:
        if self._order is not None and self._order[0] == run:
            self._order = None
            self.refresh()

    def _numbers(self, run: str, state: str) -> list[str]:
        summary = self._live.summary(run)
        found = []
        if summary.epochs and summary.steps_per_epoch:
            epoch = min(summary.step // summary.steps_per_epoch + (state in {"running", "paused"}), summary.epochs)
            found.append(f"epoch {epoch}/{summary.epochs}")
        left = self._live.seconds_left(run)
        if state == "running" and left is not None:
            found.append(f"{spoken(left)} left")
        elif state == "finished" and summary.seconds:
            found.append(spoken(summary.seconds))
        return found

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()
        super().mousePressEvent(event)


class DocumentName(QWidget):
    """What is open, and whether there are edits that no file has; tabs say it where there are several."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = studio.document
        self._name = Label("", "strong")
        self._mark = Label("", "caption")
        line = row(self, gap=SPACE.s)
        line.addWidget(self._name)
        line.addWidget(self._mark)
        studio.document.path_changed.connect(self.refresh)
        studio.document.changed.connect(self.refresh)
        studio.document.dirty_changed.connect(self.refresh)
        studio.document.sheets.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show name and mark as they are now."""
        self.setVisible(len(self._document.sheets) == 1)
        self._name.setText(self._document.name)
        self._mark.setText("edited" if self._document.dirty else "" if self._document.path else "not saved yet")
        self.setToolTip(str(self._document.path or ""))


class DevicePicker(QComboBox):
    """Where the next run is trained; the list comes from the service."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setToolTip("Where the next run is trained")
        self.setAccessibleName("Device")
        self.setMinimumWidth(150)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaximumWidth(240)
        self.show_devices([])
        self.activated.connect(self._choose)
        studio.service.state_changed.connect(self._ask)

    def show_devices(self, devices: list[dict[str, Any]]) -> None:
        """List the best one first, as a choice of its own, then these."""
        self.clear()
        label = "Best device"
        if devices:
            self._studio.launcher.best = str(devices[0]["name"])
            label = f"Best: {devices[0].get('label') or devices[0]['name']}"
        for device in ({"name": "auto", "label": label}, *devices):
            self.addItem(icons.icon("device"), str(device.get("label") or device["name"]), str(device["name"]))
        wanted = self.findData(str(self._studio.settings.get("device", "auto")))
        self.setCurrentIndex(max(wanted, 0))
        self._studio.launcher.set_device(self.currentData())

    def _ask(self, state: str) -> None:
        if state == "ready":
            self._studio.service.ask("devices", {}, then=self.show_devices)

    def _choose(self) -> None:
        self._studio.settings.set("device", self.currentData())
        self._studio.launcher.set_device(self.currentData())


class Transport(Surface):
    """The bar at the top of the window.

    Args:
        studio: the window's parts; its actions `run.train`, `run.pause`, `run.stop` and `run.resume` are shown.
        left: what stands at the left end, such as the menu bar.
    """

    def __init__(self, studio: Studio, left: QWidget, parent: QWidget | None = None) -> None:
        super().__init__("bar", parent=parent)
        self._studio = studio
        self.setFixedHeight(HEIGHT)
        self.status = RunStatus(studio)
        self.status.clicked.connect(lambda: studio.actions.trigger("page.train"))
        self.devices = DevicePicker(studio)
        self.train = _bound(studio.actions["run.train"], kind="primary")
        self.resume = _bound(studio.actions["run.resume"], text="Resume")
        self._pause = ToolButton.of(studio.actions["run.pause"])
        self._menus = left
        self._compact = ToolButton("menu", "Menu")
        self._compact.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._compact.setMenu(compact_menu(studio.actions, self))
        line: QHBoxLayout = row(self, gap=SPACE.s)
        line.setContentsMargins(SPACE.s, 0, SPACE.m, 0)
        left.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        line.addWidget(left, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._compact)
        edge = Line(vertical=True)
        edge.setFixedHeight(20)
        line.addWidget(edge)
        line.addSpacing(SPACE.xs)
        line.addWidget(DocumentName(studio))
        line.addStretch(1)
        line.addWidget(self.status, 4)
        self.queue = QueueButton(studio)
        line.addWidget(self.queue)
        line.addSpacing(SPACE.m)
        stop = ToolButton.of(studio.actions["run.stop"])
        for widget in (self.devices, self.resume, self._pause, stop, self.train, self._more()):
            line.addWidget(widget)
        studio.live.state_changed.connect(self._refresh)
        studio.live.current_changed.connect(self._refresh)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self._menus.setVisible(not narrow)
        self._compact.setVisible(narrow)

    def _more(self) -> ToolButton:
        """Other ways to train, beside the one."""
        button = ToolButton("chevron-down", "More ways to train")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for name in ("run.train", "run.seeds", "run.search"):
            menu.addAction(self._studio.actions[name])
        button.setMenu(menu)
        return button

    def _refresh(self) -> None:
        live = self._studio.live
        paused = live.current is not None and live.state(live.current) == "paused"
        action = self._studio.actions["run.pause"]
        action.setText("Continue" if paused else "Pause")
        action.setToolTip(f"{action.text()}  F6")
        action.setIcon(icons.icon("continue" if paused else "pause"))
        self.resume.setVisible(self._studio.actions["run.resume"].isEnabled())


def _bound(action: QAction, *, kind: str = "default", text: str = "") -> Button:
    """A button that does an action and is enabled with it."""
    button = Button(text or action.text(), kind=kind, icon="play" if kind == "primary" else "refresh")
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    button.setEnabled(action.isEnabled())
    return button
