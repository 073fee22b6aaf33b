"""One chart among others: a plot under its name, with what is done to it alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget

from studio.pages.runs.curves.layout import Panel
from studio.pages.runs.curves.metrics import title
from studio.theme import SPACE
from studio.widgets import Elided, Surface, ToolButton, column, row
from studio.widgets.chart import Plot


class Tile(Surface):
    """A chart of a metric.

    Args:
        metric: what it shows.
        menu: what can be done to it, opened by its last button and by a right click.
    """

    changed = Signal(str, str, object)
    """The metric, which field of its `Panel`, and the value that a person wants."""
    dragged = Signal(str, QPoint)
    """The metric, and where its head is dragged to, in pixels of the screen."""
    entered = Signal(str)
    """The chart that is meant from now on."""

    def __init__(self, metric: str, menu: QMenu) -> None:
        super().__init__("card")
        self.shown = metric
        self.plot = Plot()
        self.plot.scrolls = True
        self.head = Head(title(metric))
        self.head.dragged.connect(lambda place: self.dragged.emit(metric, place))
        self.plot.setAccessibleName(f"Chart of {title(metric)}")
        self._menu = menu
        self.pin_button = ToolButton("pin", "Keep this chart before the others", checkable=True)
        self.log_button = QToolButton()
        self.log_button.setText("log")
        self.log_button.setCheckable(True)
        self.log_button.setToolTip("Logarithmic values")
        self.log_button.setAccessibleName("Logarithmic values")
        self.size_button = ToolButton("focus", "Show it large", checkable=True)
        self.fit_button = ToolButton("fit", "Show everything (double-click in the chart)")
        self.fit_button.hide()
        self.more_button = ToolButton("more", "Copy, save, move or remove this chart")
        for button in (self.fit_button, self.log_button, self.pin_button, self.size_button, self.more_button):
            self.head.line.addWidget(button)
        box = column(self, gap=0)
        box.setContentsMargins(SPACE.m, SPACE.xs, SPACE.xs, SPACE.xs)
        box.addWidget(self.head)
        box.addWidget(self.plot, 1)
        self._connect()

    def show_panel(self, panel: Panel) -> None:
        """Stand as the layout says."""
        for button, on in (
            (self.log_button, panel.log),
            (self.pin_button, panel.pinned),
            (self.size_button, panel.size == "large"),
        ):
            button.blockSignals(True)
            button.setChecked(on)
            button.blockSignals(False)

    def touch(self) -> None:
        """Points were added."""
        self.plot.touch()

    def open_menu(self, place: QPoint) -> None:
        """Offer what can be done to this chart."""
        self.entered.emit(self.shown)
        self._menu.popup(place)

    def _connect(self) -> None:
        tell = self.changed.emit
        self.log_button.toggled.connect(lambda on: tell(self.shown, "log", on))
        self.pin_button.toggled.connect(lambda on: tell(self.shown, "pinned", on))
        self.size_button.toggled.connect(lambda on: tell(self.shown, "size", "large" if on else "small"))
        self.fit_button.clicked.connect(self._show_all)
        self.plot.zoomed.connect(self.fit_button.setVisible)
        self.more_button.clicked.connect(
            lambda: self.open_menu(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda place: self.open_menu(self.mapToGlobal(place)))

    def _show_all(self) -> None:
        self.plot.reset()
        self.plot.stretched.emit(None)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.entered.emit(self.shown)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit(self.shown)


class Head(QWidget):
    """The name of a chart; dragging it moves the chart."""

    dragged = Signal(QPoint)

    def __init__(self, text: str) -> None:
        super().__init__()
        self.line = row(self, gap=SPACE.xxs)
        self.title = Elided(text, "section")
        self.line.addWidget(self.title, 1)
        self._from: QPoint | None = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = event.globalPosition().toPoint() if event.button() is Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.globalPosition().toPoint()
        if self._from is None or (place - self._from).manhattanLength() < QApplication.startDragDistance():
            return
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.dragged.emit(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonDblClick:
            return True  # it is no double click into the chart
        return super().event(event)
