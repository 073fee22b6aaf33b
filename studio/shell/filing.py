"""New, open, save: the actions of the File and Edit menus, and what is asked before edits would be lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.spec import SUFFIX, Project, ProjectError, read_project
from studio.actions import Action
from studio.document import FileChangedError
from studio.recovery import Unsaved, discard, left_behind

if TYPE_CHECKING:
    from studio.context import Studio

FILTER = f"Netloom projects (*{SUFFIX})"
RECENT = 8

Then = Callable[[], object]


class Filing(QObject):
    """Declares the actions that concern files and does them; whatever goes wrong is a banner, never a dialog.

    Args:
        studio: the window's parts.
        window: what file dialogs belong to.
    """

    def __init__(self, studio: Studio, window: QWidget) -> None:
        super().__init__(window)
        self._studio = studio
        self._window = window
        self._document = studio.document
        self._declare()
        self._document.history_changed.connect(studio.actions.refresh)
        self._document.path_changed.connect(self._remember)
        self._document.dirty_changed.connect(studio.actions.refresh)
        self._remember()

    def new(self) -> None:
        """Start an empty project."""
        self.leave(lambda: self._document.replace(Project()))

    def ask_open(self) -> None:
        """Let the person choose a file."""
        dialog = self._dialog("Open a project", QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open(Path(name)))
        dialog.open()

    def open(self, path: Path, *, template: bool = False) -> None:
        """Open a file, or begin with a template, after asking about edits that would be lost."""
        self.leave(lambda: self._open(path, template=template))

    def save(self) -> bool:
        """Save, or ask where to; True when it is on the disk now."""
        if self._document.path is None:
            self.ask_save_as()
            return False
        return self._save(overwrite=False)

    def ask_save_as(self) -> None:
        """Let the person choose where to save."""
        self._choose_place(lambda: None)

    def leave(self, then: Then) -> None:
        """Do what takes the document away, at once or when its unsaved edits are settled."""
        if not self._document.dirty:
            then()
            return

        def save() -> None:
            if self._document.path is None:
                self._choose_place(then)
            elif self._save(overwrite=False):
                then()

        def forget() -> None:
            self._document.undo_stack.setClean()
            then()

        text = f"“{self._document.name}” has edits that are not saved."
        actions = {"Save": save, "Discard them": forget}
        self._studio.messages.post(text, tone="warning", key="leave", actions=actions)

    def offer_recovery(self, folder: Path) -> None:
        """Show a banner when a window that ended early left edits behind."""
        found = left_behind(folder)
        if not found:
            return
        newest = found[0]
        name = f"“{newest.path.name if newest.path else newest.project.name}”"
        text = f"{name} has edits of {newest.moment:%H:%M on %d %B} that were never saved: the window ended early."

        def forget() -> None:
            discard(newest)
            self.offer_recovery(folder)

        actions = {"Recover": lambda: self.leave(lambda: self._recover(newest)), "Discard": forget}
        self._studio.messages.post(text, tone="info", key="recovery", actions=actions)

    def _recover(self, unsaved: Unsaved) -> None:
        try:
            saved = read_project(unsaved.path) if unsaved.path else Project(name=unsaved.project.name)
        except ProjectError:
            unsaved_path, saved = None, Project(name=unsaved.project.name)
        else:
            unsaved_path = unsaved.path
        self._document.replace(saved, path=unsaved_path)
        self._document.edit("Recover unsaved edits", unsaved.project)
        discard(unsaved)

    def _open(self, path: Path, *, template: bool) -> None:
        self._studio.messages.clear("leave")
        try:
            self._document.open(path, template=template)
        except ProjectError as error:
            self._studio.messages.post(str(error), tone="error", key="file")
        else:
            self._studio.messages.clear("file")

    def _save(self, *, overwrite: bool) -> bool:
        try:
            self._document.save(overwrite=overwrite)
        except FileChangedError as error:
            actions = {"Save mine over it": lambda: self._save(overwrite=True), "Save as…": self.ask_save_as}
            self._studio.messages.post(str(error), tone="warning", key="file", actions=actions)
        except ProjectError as error:
            self._failed(error)
        else:
            self._saved()
            return True
        return False

    def _choose_place(self, then: Then) -> None:
        dialog = self._dialog("Save the project", QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(f"{self._document.name}{SUFFIX}")
        dialog.fileSelected.connect(lambda name: self._save_to(Path(name), then))
        dialog.open()

    def _save_to(self, path: Path, then: Then) -> None:
        try:
            self._document.save_as(path)
        except ProjectError as error:
            self._failed(error)
        else:
            self._saved()
            then()

    def _saved(self) -> None:
        for key in ("file", "leave"):
            self._studio.messages.clear(key)

    def _failed(self, error: ProjectError) -> None:
        actions = {"Save as…": self.ask_save_as}
        self._studio.messages.post(str(error), tone="error", key="file", actions=actions)

    def _dialog(self, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        dialog = QFileDialog(self._window, title, str(self._document.folder), FILTER)
        dialog.setAcceptMode(mode)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _remember(self) -> None:
        if (path := self._document.path) is not None:
            recent = [str(path), *self._studio.settings.get("recent", [])]
            self._studio.settings.set("recent", list(dict.fromkeys(recent))[:RECENT])

    def _declare(self) -> None:
        undo = self._document.undo_stack
        rows = (
            ("file.new", "New project", self.new, "Ctrl+N", "new"),
            ("file.open", "Open…", self.ask_open, "Ctrl+O", "folder"),
            ("file.save", "Save", self.save, "Ctrl+S", "save"),
            ("file.save_as", "Save as…", self.ask_save_as, "Ctrl+Shift+S", ""),
        )
        for name, text, handler, shortcut, icon in rows:
            self._studio.actions.add(
                Action(id=name, text=text, handler=handler, group="File", shortcut=shortcut, icon=icon, section="file")
            )
        self._studio.actions.add(
            Action(
                id="edit.undo",
                text="Undo",
                handler=undo.undo,
                group="Edit",
                shortcut="Ctrl+Z",
                icon="undo",
                enabled=undo.canUndo,
                section="undo",
            )
        )
        self._studio.actions.add(
            Action(
                id="edit.redo",
                text="Redo",
                handler=undo.redo,
                group="Edit",
                shortcut="Ctrl+Shift+Z; Ctrl+Y",
                icon="redo",
                enabled=undo.canRedo,
                section="undo",
            )
        )
