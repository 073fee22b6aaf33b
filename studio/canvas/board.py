"""The canvas with what lies over it: buttons in a corner, and what to do when it is empty."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from studio.actions import Action, Actions
from studio.canvas.canvas import Canvas
from studio.canvas.overlays.minimap import Minimap
from studio.canvas.overlays.trail import Trail
from studio.theme import SPACE
from studio.widgets import Button, EmptyState, Line, Memory, Surface, ToolButton, row

MAP = "canvas/minimap"


class Board(QWidget):
    """Holds the canvas and its overlays.

    Args:
        canvas: fills the board.
        actions: where the buttons' actions come from.
        memory: keeps whether the map is wanted; none keeps nothing.
    """

    def __init__(self, canvas: Canvas, actions: Actions, *, memory: Memory | None = None) -> None:
        super().__init__()
        self._canvas = canvas
        self._actions = actions
        canvas.setParent(self)
        self.empty = EmptyState(
            "design", "An empty network", "Drag a layer here from the left, or press Tab to search for one."
        )
        self.empty.setParent(self)
        self.empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.begin = Button("Start from a template", kind="primary", icon="template", parent=self)
        self.begin.clicked.connect(lambda: actions.trigger("file.new_template"))
        self._bar = Surface("overlay", parent=self)
        self.trail = Trail(canvas, parent=self)
        self.zoom = Button("100 %", kind="quiet", tip="Zoom to 100 %", parent=self)
        self.zoom.setFixedWidth(64)
        self.minimap = Minimap(canvas, canvas.theme, self)
        self._memory = memory
        if memory is not None:
            self.minimap.want(memory.get(MAP, True) is not False)
        actions.add(
            Action(
                id="view.minimap",
                text="Minimap",
                handler=self._toggle_map,
                group="View",
                checked=lambda: self.minimap.wanted,
                section="canvas",
            )
        )
        canvas.camera.zoomed.connect(self._show_zoom)
        canvas.document.changed.connect(self._show_empty)
        canvas.showing.changed.connect(self._show_empty)
        self._show_empty()

    def show_buttons(self) -> None:
        """Make the buttons, once their actions are declared."""
        line = row(self._bar, margin=3, gap=2)
        for name in ("view.zoom_out", "", "view.zoom_in", "|", "view.fit", "network.arrange"):
            line.addWidget(self._part(name))
        self.zoom.clicked.connect(lambda: self._actions.trigger("view.zoom_whole"))
        self._bar.adjustSize()

    def _toggle_map(self) -> None:
        """Show the map, or do without it."""
        self.minimap.want(not self.minimap.wanted)
        if self._memory is not None:
            self._memory.set(MAP, self.minimap.wanted)

    def _part(self, name: str) -> QWidget:
        if name == "|":
            return Line(vertical=True)
        if not name:
            return self.zoom
        button = ToolButton.of(self._actions[name])
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def _show_zoom(self, zoom: float) -> None:
        self.zoom.setText(f"{zoom:.0%}".replace("%", " %"))

    def _show_empty(self) -> None:
        self.empty.setVisible(not self._canvas.graph.nodes)
        self.begin.setVisible(not self._canvas.graph.nodes and "file.new_template" in self._actions)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._canvas.setGeometry(self.rect())
        self.empty.setGeometry(self.rect())
        self.begin.adjustSize()
        self.begin.move((self.width() - self.begin.width()) // 2, round(self.height() * 0.55))
        self._bar.adjustSize()
        self._bar.move(SPACE.m, self.height() - self._bar.height() - SPACE.m)
        self._bar.raise_()
        self.trail.move(SPACE.m, SPACE.m)
        self.trail.raise_()
        self.minimap.follow()
