"""What can be done on the canvas by name: menu, shortcut and command palette show this list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from studio.actions import Action, Actions
from studio.canvas.commands.blocks import Blocks
from studio.canvas.commands.bookmarks import Bookmarks
from studio.canvas.commands.changing import Changing
from studio.canvas.commands.choosing import Choosing
from studio.canvas.commands.copying import Copying
from studio.canvas.commands.finding import Finding
from studio.canvas.commands.framing import Framing
from studio.canvas.commands.lining import Lining
from studio.canvas.commands.linking import Linking
from studio.canvas.commands.searching import Searching
from studio.canvas.commands.viewing import Viewing
from studio.canvas.commands.walking import Walking
from studio.canvas.commands.wires import Wires
from studio.canvas.handbook import HANDBOOK
from studio.widgets import Memory

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

OF_CHOSEN = (
    *("edit.cut", "edit.copy", "edit.duplicate", ""),
    *("edit.rename", "edit.join", "network.frame", ""),
    *("edit.mute", "edit.detach", ""),
    *("search.parameter", "search.optional", "search.variant", ""),
    *("block.enter", "block.group", "block.ungroup", "block.keep", ""),
    *("edit.delete", "edit.delete_gap"),
)
OF_EMPTY = (
    *("network.add", "network.frame", "edit.paste", "edit.select_all", ""),
    *("network.arrange", "view.fit"),
)
OF_FRAMES = ("edit.rename", "edit.copy", "edit.duplicate", "", "edit.delete")
OF_WIRES = ("network.point", "edit.delete")
"""The context menus, with lines where nothing is named."""


class Theme(Protocol):
    """Actions that belong together."""

    def actions(self) -> tuple[Action, ...]: ...


class Commands:
    """Declares the canvas's actions, theme by theme, and shows the context menu.

    Args:
        canvas: what they act on.
        actions: the window's list.
        tell: shows a sentence to the person.
        memory: keeps how one likes to work; none keeps nothing.
    """

    def __init__(
        self, canvas: Canvas, actions: Actions, tell: Callable[[str], object], *, memory: Memory | None = None
    ) -> None:
        self._canvas = canvas
        self._actions = actions
        self.finding, self.framing, self.linking = Finding(canvas), Framing(canvas), Linking(canvas, tell)
        self.searching = Searching(canvas, tell)
        themes: tuple[Theme, ...] = (
            *(Changing(canvas), Copying(canvas, tell), Choosing(canvas), self.finding),
            *(self.linking, self.framing, Lining(canvas, memory), Viewing(canvas), Bookmarks(canvas), Walking(canvas)),
            *(Wires(canvas), self.searching),
            Blocks(canvas, tell),
        )
        for theme in themes:
            for action in theme.actions():
                actions.add(action)
        actions.explain(*HANDBOOK)
        canvas.selection.changed.connect(actions.refresh)
        canvas.showing.changed.connect(actions.refresh)
        canvas.menu_asked.connect(self.show_menu)

    def show_menu(self, at: QPoint) -> None:
        """What can be done with what is below the pointer."""
        menu = QMenu(self._canvas)
        self._actions.refresh()
        for name in self._of_menu():
            if not name:
                menu.addSeparator()
            elif name in self._actions:  # what takes a block to other projects is declared where there is a palette
                menu.addAction(self._actions[name])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _of_menu(self) -> tuple[str, ...]:
        chosen = self._canvas.selection
        if chosen.nodes:
            return OF_CHOSEN
        if chosen.frames:
            return OF_FRAMES
        return OF_WIRES if chosen.links else OF_EMPTY
