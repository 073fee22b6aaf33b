"""New, open, save: the actions of the File and Edit menus, and what is asked before edits would be lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.spec import SUFFIX, Project, ProjectError, read_project
from studio.declaring import Deed, Kind, declare
from studio.document import FileChangedError
from studio.recovery import Unsaved, discard, left_behind

if TYPE_CHECKING:
    from studio.context import Studio
    from studio.sheets import Sheet

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
        self._document.sheets.open(Project(), begun=True)

    def ask_open(self) -> None:
        """Let the person choose a file."""
        dialog = self._dialog("Open a project", QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open(Path(name)))
        dialog.open()

    def open(self, path: Path, *, template: bool = False) -> None:
        """Open a file or begin with a template, in a tab of its own; a file that is open comes to the front."""
        sheets = self._document.sheets
        if not template and (already := sheets.of(path)) is not None:
            sheets.bring(already)
            return
        try:
            sheets.open(read_project(path), path=None if template else path)
        except ProjectError as error:
            self._studio.messages.post(str(error), tone="error", key="file")
        else:
            self._studio.messages.clear("file")

    def save(self) -> bool:
        """Save, or ask where to; True when it is on the disk now."""
        if self._document.path is None:
            self.ask_save_as()
            return False
        return self._save(overwrite=False)

    def ask_save_as(self) -> None:
        """Let the person choose where to save."""
        self._choose_place(lambda: None)

    def close(self, sheet: Sheet | None = None) -> None:
        """Close a tab, the one in front if none is named; one with edits is brought there and asked about."""
        wanted = sheet or self._document.sheet
        self._settle((wanted,), lambda: self._document.sheets.close(wanted))

    def leave(self, then: Then) -> None:
        """Do what takes all projects away, at once or when their unsaved edits are settled."""
        self._settle(self._document.sheets.dirty, then)

    def _settle(self, sheets: Sequence[Sheet], then: Then) -> None:
        """Ask about the edits of these that no file has, and then go on."""
        dirty = [sheet for sheet in sheets if sheet.dirty]
        if not dirty:
            then()
            return
        if len(dirty) == 1:
            self._document.sheets.bring(dirty[0])

        def forget() -> None:
            for sheet in dirty:
                sheet.history.set_clean()
            then()

        names = ", ".join(f"“{sheet.name}”" for sheet in dirty)
        verb, save = ("has", "Save") if len(dirty) == 1 else ("have", "Save all")
        actions: dict[str, Then] = {save: partial(self._save_each, dirty, then), "Discard them": forget}
        text = f"{names} {verb} edits that are not saved."
        self._studio.messages.post(text, tone="warning", key="leave", actions=actions)

    def _save_each(self, sheets: Sequence[Sheet], then: Then) -> None:
        """Save one after the other; where one cannot be, the rest stays as it is and its trouble is told."""
        if not sheets:
            then()
            return
        rest = partial(self._save_each, sheets[1:], then)
        self._document.sheets.bring(sheets[0])
        if self._document.path is None:
            self._choose_place(rest)
        elif self._save(overwrite=False):
            rest()

    def offer_recovery(self, folder: Path) -> None:
        """Show a banner when a window that ended early left edits behind, of one project or of several."""
        found = left_behind(folder)
        if not found:
            return
        moment = f"{found[0].moment:%H:%M on %d %B}"
        text = f"{_left(found)} edits of {moment} that were never saved: the window ended early."

        def each(do: Callable[[Unsaved], object]) -> None:
            for unsaved in reversed(found):
                do(unsaved)

        actions = {"Recover": lambda: each(self._recover), "Discard": lambda: each(discard)}
        self._studio.messages.post(text, tone="info", key="recovery", actions=actions)

    def _recover(self, unsaved: Unsaved) -> None:
        try:
            saved = read_project(unsaved.path) if unsaved.path else Project(name=unsaved.project.name)
        except ProjectError:
            unsaved_path, saved = None, Project(name=unsaved.project.name)
        else:
            unsaved_path = unsaved.path
        already = self._document.sheets.of(unsaved_path) if unsaved_path else None
        if already is not None and not already.dirty:
            self._document.sheets.bring(already)
        else:
            self._document.sheets.open(saved, path=unsaved_path)
        self._document.edit("Recover unsaved edits", unsaved.project)
        discard(unsaved)

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
        document = self._document
        declare(
            self._studio.actions,
            Kind(name="file", menu="File", section="file"),
            Deed("new", "New project", self.new, "Ctrl+N", "new"),
            Deed("open", "Open…", self.ask_open, "Ctrl+O", "folder"),
            Deed("save", "Save", self.save, "Ctrl+S", "save"),
            Deed("save_as", "Save as…", self.ask_save_as, "Ctrl+Shift+S"),
        )
        declare(
            self._studio.actions,
            Kind(name="edit", menu="Edit", section="undo"),
            Deed("undo", "Undo", document.undo, "Ctrl+Z", "undo", document.can_undo),
            Deed("redo", "Redo", document.redo, "Ctrl+Shift+Z; Ctrl+Y", "redo", document.can_redo),
        )


def _left(found: Sequence[Unsaved]) -> str:
    """Of whom there are edits, each named once: `“a.netloom” (in 3 versions) and “b” have`."""
    times = Counter(one.path or one.project.name for one in found)
    names = {key: f"“{key.name if isinstance(key, Path) else key}”" for key in times}
    said = [f"{names[key]} (in {count} versions)" if count > 1 else names[key] for key, count in times.items()]
    listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return f"{listed} {'has' if len(said) == 1 else 'have'}"
