"""What can be done on the canvas by name: menu, shortcut and command palette show this list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QMenu

from engine.spec import Graph
from studio.actions import Action, Actions
from studio.canvas import clipboard, edits
from studio.canvas.camera import STEP
from studio.canvas.geometry import GRID
from studio.canvas.walking import Walking

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

PASTE_SHIFT = (4.0 * GRID, 4.0 * GRID)


class Commands:
    """Declares the canvas's actions and does them.

    Args:
        canvas: what they act on.
        actions: the window's list.
        tell: shows a sentence to the person.
    """

    def __init__(self, canvas: Canvas, actions: Actions, tell: Callable[[str], object]) -> None:
        self._canvas = canvas
        self._actions = actions
        self._tell = tell
        self._pasted = 0
        for action in (*self._editing(), *self._viewing(), *Walking(canvas).actions()):
            actions.add(action)
        canvas.selection.changed.connect(actions.refresh)
        canvas.menu_asked.connect(self.show_menu)

    def _editing(self) -> tuple[Action, ...]:
        canvas = self._canvas

        def some() -> bool:
            return bool(canvas.selection)

        def nodes() -> bool:
            return bool(canvas.selection.nodes)

        act = partial(Action, group="Edit", owner=canvas, section="canvas")
        net = partial(Action, group="Network", owner=canvas, section="canvas")
        return (
            net(id="network.add", text="Add layer…", handler=self.ask, shortcut="Tab", icon="add"),
            net(id="network.arrange", text="Arrange", handler=self.arrange, shortcut="L", icon="arrange"),
            act(id="edit.cut", text="Cut", handler=self.cut, shortcut="Ctrl+X", enabled=nodes),
            act(id="edit.copy", text="Copy", handler=self.copy, shortcut="Ctrl+C", icon="copy", enabled=nodes),
            act(id="edit.paste", text="Paste", handler=self.paste, shortcut="Ctrl+V", icon="paste"),
            act(
                id="edit.duplicate",
                text="Duplicate",
                handler=self.duplicate,
                shortcut="Ctrl+D",
                icon="duplicate",
                enabled=nodes,
            ),
            act(
                id="edit.delete",
                text="Delete",
                handler=self.delete,
                shortcut="Del; Backspace",
                icon="delete",
                enabled=some,
            ),
            act(
                id="edit.delete_heal",
                text="Delete and join",
                handler=self.delete_and_join,
                shortcut="Ctrl+Del",
                enabled=nodes,
            ),
            act(id="edit.select_all", text="Select all", handler=self.select_all, shortcut="Ctrl+A"),
        )

    def _viewing(self) -> tuple[Action, ...]:
        canvas = self._canvas

        act = partial(Action, group="View", owner=canvas, section="canvas")
        return (
            act(id="view.fit", text="Fit network", handler=canvas.fit, shortcut="F; Home", icon="fit"),
            act(
                id="view.zoom_in",
                text="Zoom in",
                handler=lambda: canvas.camera.zoom_by(STEP),
                shortcut="Ctrl++; Ctrl+=; +",
                icon="zoom-in",
            ),
            act(
                id="view.zoom_out",
                text="Zoom out",
                handler=lambda: canvas.camera.zoom_by(1 / STEP),
                shortcut="Ctrl+-; -",
                icon="zoom-out",
            ),
            act(
                id="view.zoom_whole",
                text="Zoom to 100 %",
                handler=lambda: canvas.camera.zoom_to(1.0),
                shortcut="Ctrl+0; 1",
            ),
        )

    # Doing

    def ask(self) -> None:
        """Search for a layer to add: after the chosen one, else at the pointer."""
        canvas = self._canvas
        at = canvas.viewport().mapFromGlobal(QCursor.pos())
        inside = canvas.viewport().rect().contains(at) and canvas.underMouse()
        canvas.ask_what_to_add(at if inside and len(canvas.selection.nodes) != 1 else None)

    def arrange(self) -> None:
        """Lay the network out by itself."""
        self._canvas.editing.commit("Arrange", self._canvas.editing.arranged())
        self._canvas.camera.fit(self._canvas.network.bounds())

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(clipboard.to_text(self._chosen()))
        self._pasted = 0

    def cut(self) -> None:
        self.copy()
        self._canvas.editing.delete(self._canvas.selection.nodes)

    def paste(self) -> None:
        """Add what the clipboard holds; a sentence says so when that is no network."""
        try:
            part = clipboard.from_text(QGuiApplication.clipboard().text())
        except ValueError as error:
            self._tell(str(error))
            return
        self._pasted += 1
        self._put("Paste", part, self._shift(part, self._pasted))

    def duplicate(self) -> None:
        self._put("Duplicate", self._chosen(), PASTE_SHIFT)

    def delete(self) -> None:
        chosen = self._canvas.selection
        self._canvas.editing.delete(chosen.nodes, chosen.links)

    def delete_and_join(self) -> None:
        """Delete, and join the neighbors of what stood in a chain."""
        chosen = self._canvas.selection
        self._canvas.editing.delete(chosen.nodes, chosen.links, heal=True)

    def select_all(self) -> None:
        self._canvas.selection.set(self._canvas.network.nodes)

    def show_menu(self, at: QPoint) -> None:
        """What can be done with what is below the pointer."""
        menu = QMenu(self._canvas)
        chosen = ("edit.cut", "edit.copy", "edit.duplicate", "edit.delete", "edit.delete_heal")
        general = ("network.add", "edit.paste", "edit.select_all", "network.arrange", "view.fit")
        for name in chosen if self._canvas.selection else general:
            menu.addAction(self._actions[name])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _chosen(self) -> Graph:
        return edits.part(self._canvas.graph, self._canvas.selection.nodes)

    def _put(self, text: str, part: Graph, shift: tuple[float, float]) -> None:
        self._canvas.selection.set(self._canvas.editing.insert_part(text, part, shift))
        self._canvas.camera.reveal(self._canvas.network.bounds(self._canvas.selection.nodes))

    def _shift(self, part: Graph, times: int) -> tuple[float, float]:
        """Beside the original while that is in sight, else into the middle of what is."""
        first = QPointF(*part.nodes[0].position)
        aside = QPointF(*PASTE_SHIFT) * times
        sight = self._canvas.camera.sight()
        if not sight.contains(first + aside):
            aside = sight.center() - first
        return (round(aside.x() / GRID) * GRID, round(aside.y() / GRID) * GRID)
