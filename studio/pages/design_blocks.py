"""The palette's blocks: of the project and of the user, kept up to date, renamed and deleted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QInputDialog, QMenu

from studio.actions import Actions
from studio.canvas.commands.sharing import Sharing
from studio.canvas.editing.stock import KEPT, offers
from studio.canvas.hands.drops import Drops
from studio.library import Library

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas
    from studio.panels.palette import Palette


class PaletteBlocks(QObject):
    """Brings blocks to the palette, and from it, from files and from other projects to the canvas.

    Args:
        canvas: where blocks are put, and whose document has some.
        palette: where they are offered.
        library: the user's own.
        tell: shows a sentence to the person.
    """

    def __init__(self, canvas: Canvas, palette: Palette, library: Library, tell: Callable[[str], object]) -> None:
        super().__init__(canvas)
        self._document = canvas.document
        self._palette, self._popup = palette, canvas.popup
        self._library = library
        self._tell = tell
        canvas.making.library = library
        self.sharing = Sharing(canvas, library, tell)
        self.drops = Drops(canvas, self.sharing.add)
        library.changed.connect(self.refresh)
        self._document.changed.connect(self.refresh)
        palette.menu_asked.connect(self._show_menu)
        self.refresh()

    def declare(self, actions: Actions) -> None:
        """Declare what can be done with blocks as files."""
        for action in self.sharing.actions():
            actions.add(action)

    def refresh(self) -> None:
        """Offer what there is now."""
        broken = {one.name: one.reason for one in self._library.every if one.project is None}
        offered = offers(self._document.project, self._library)
        self._palette.show_blocks(offered, broken)
        self._popup.offer(offered)

    def rename(self, old: str, new: str) -> None:
        """Call one of the user's own blocks otherwise."""
        self._try(lambda: self._library.rename(old, new))

    def remove(self, name: str) -> None:
        """Keep one of the user's own blocks no longer; projects that use it have their own copy."""
        self._try(lambda: self._library.remove(name))

    def _try(self, change: Callable[[], object]) -> None:
        try:
            change()
        except ValueError as error:
            self._tell(str(error))

    def _show_menu(self, kind: str, at: QPoint) -> None:
        if not kind.startswith(KEPT):
            return
        name = kind.removeprefix(KEPT)
        menu = QMenu(self._palette)
        menu.addAction("Rename…", partial(self._ask_name, name))
        menu.addAction("Delete from my blocks", partial(self.remove, name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _ask_name(self, old: str) -> None:
        dialog = QInputDialog(self._palette)
        dialog.setWindowTitle("Rename the block")
        dialog.setLabelText("Name")
        dialog.setTextValue(old)
        dialog.textValueSelected.connect(partial(self.rename, old))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
