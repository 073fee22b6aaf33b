"""Blocks on their way in and out: kept for other projects, written to files, added from them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QFileDialog

from engine.spec import SUFFIX, ProjectError, read_project, write_project
from studio.actions import Action
from studio.blocks import MAIN, block_file, brought, tops
from studio.canvas.editing.stock import block_kind
from studio.canvas.showing import network_of

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas
    from studio.library import Library

FILES = f"Netloom files (*{SUFFIX})"


class Sharing:
    """Declares what takes blocks from one project to another.

    Args:
        canvas: whose blocks they are.
        library: the user's own blocks.
        tell: shows a sentence to the person.
    """

    def __init__(self, canvas: Canvas, library: Library, tell: Callable[[str], object]) -> None:
        self._canvas = canvas
        self._library = library
        self._tell = tell

    def actions(self) -> tuple[Action, ...]:
        """All of them, for the window's list."""
        act = partial(Action, group="Network", owner=self._canvas, section="share")
        own = partial(act, enabled=lambda: bool(self._network()))
        return (
            own(id="block.keep", text="Keep the block in the palette", handler=self.keep, icon="pin"),
            own(id="block.export", text="Write the block to a file…", handler=self.ask_where, icon="download"),
            act(id="block.import", text="Add blocks from a file…", handler=self.ask_which, icon="upload"),
        )

    def keep(self) -> None:
        """Keep the chosen block, or the network that is shown, for every project."""
        try:
            name = self._library.keep(self._canvas.document.project, self._network())
        except ProjectError as error:
            self._tell(str(error))
        else:
            self._tell(f"“{name}” is in your palette now, under My blocks, in every project.")

    def write(self, path: Path) -> None:
        """Write the chosen block, or the network that is shown, with all that it uses."""
        try:
            write_project(path, block_file(self._canvas.document.project, self._network()))
        except ProjectError as error:
            self._tell(str(error))

    def add(self, path: Path, place: QPointF | None = None) -> None:
        """Add what a file holds as blocks, in one step: the networks that no other one of it uses."""
        document, editing = self._canvas.document, self._canvas.editing
        try:
            other = read_project(path)
        except ProjectError as error:
            self._tell(str(error))
            return
        found = tops(other)
        if not found:
            self._tell(f"“{path.name}” holds no network that could be a block.")
            return
        middle = place or self._canvas.camera.sight().center()
        added = list[str]()
        with document.together(f"Add blocks of {path.stem}"):
            project, called = brought(document.project, other, *found)
            document.edit("Bring networks", editing.unpiled(project))
            for number, name in enumerate(found):
                added.append(self._canvas.making.add(block_kind(called[name]), middle + QPointF(0, 120.0 * number)))
        self._canvas.selection.set(added)

    def ask_where(self) -> None:
        """Ask for the file to write."""
        dialog = QFileDialog(self._canvas, "Write the block to a file", f"{self._network()}{SUFFIX}", FILES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.open()

    def ask_which(self) -> None:
        """Ask for the file to add."""
        dialog = QFileDialog(self._canvas, "Add blocks from a file", "", FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.add(Path(name)))
        dialog.open()

    def _network(self) -> str:
        """The network of the chosen block, or the one that is shown unless that is the one which is trained."""
        canvas, chosen = self._canvas, self._canvas.selection.nodes
        if len(chosen) == 1 and (name := network_of(canvas.document.project, canvas.showing.network, chosen[0])):
            return name
        return "" if canvas.showing.network == MAIN else canvas.showing.network
