"""The project in front: one immutable value, replaced by edits that can all be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.spec import SUFFIX, Project, ProjectError, read_project, write_project
from studio.blocks import refusal
from studio.history import History
from studio.sheets import Sheet, Sheets, stamp


class FileChangedError(ProjectError):
    """The project's file was written by somebody else since it was read here."""


class Document(QObject):
    """The project that the window shows: the one of its `sheets` that is in front.

    Views read `project` and listen to `changed`; whoever edits calls `edit` with a new project. What another project
    is in front of, those signals tell as well; each sheet keeps its own file and history.

    Args:
        project: what to start with; untitled until it is saved.
    """

    changed = Signal(object, object)
    """The project before and after any edit, undo, redo or opening."""
    dirty_changed = Signal(bool)
    history_changed = Signal()
    """What can be undone or redone is another."""
    leaving = Signal()
    """Another sheet comes to the front in a moment: views keep in `sheet.kept` how they show this one."""
    opened = Signal()
    """Another project took the place of the old one: selections and views start afresh, or as its sheet kept them."""
    path_changed = Signal()
    stepped = Signal(object, object)
    """An edit was undone or made again, from the first project to the second; views may go to where that was."""
    refused = Signal(str)
    """An edit was not made, with the sentence that says why."""

    def __init__(self, project: Project | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._together = False
        self._refusal = ""
        self.sheet = Sheet(project or Project(), parent=self)
        """The open project that is in front."""
        self._listen()
        self.sheets = Sheets(self)

    @property
    def project(self) -> Project:
        return self.sheet.project

    @property
    def path(self) -> Path | None:
        """The file, or None while there is none."""
        return self.sheet.path

    @property
    def folder(self) -> Path:
        """Where relative paths of the project start."""
        return self.sheet.folder

    @property
    def name(self) -> str:
        """What the title bar calls it."""
        return self.sheet.name

    @property
    def dirty(self) -> bool:
        """Whether there are edits that no file has."""
        return self.sheet.dirty

    @property
    def history(self) -> History:
        """What was done to the project in front."""
        return self.sheet.history

    def undo(self) -> None:
        """Undo the last step, if there is one."""
        if (step := self.history.undoes) is not None:
            self._step(step.before, self.history.back)

    def redo(self) -> None:
        """Make the step again that was undone last, if there is one."""
        if (step := self.history.redoes) is not None:
            self._step(step.after, self.history.forth)

    def _step(self, to: Project, note: Callable[[], None]) -> None:
        before = self.project
        self._show(to)
        note()
        if to is not before:
            self.stepped.emit(before, to)

    def can_undo(self) -> bool:
        return self.history.undoes is not None

    def can_redo(self) -> bool:
        return self.history.redoes is not None

    def turn_to(self, sheet: Sheet) -> None:
        """Show another sheet; `sheets.bring` is for whoever wants that."""
        assert not self._together, "a step is made in one project"
        if sheet is self.sheet:
            return
        self.leaving.emit()
        before, self.sheet = self.sheet, sheet
        before.history.clean_changed.disconnect(self._tell_clean)
        before.history.moved.disconnect(self.history_changed)
        self._listen()
        self.changed.emit(before.project, sheet.project)
        self.path_changed.emit()
        self.dirty_changed.emit(sheet.dirty)
        self.history_changed.emit()
        self.opened.emit()

    def edit(self, text: str, project: Project, *, merge_key: str | None = None) -> bool:
        """Replace the project, as one step that undo calls `text`; return whether it is that project now.

        Edits with the same merge key that follow each other within a second become one step: a scrubbed number is
        one edit, however many values it went through. What can never be, such as a block that contains itself, is
        refused: `refused` says why, and nothing changes.
        """
        if sentence := refusal(self.project, project):
            self._refusal = sentence
            if not self._together:
                self.refused.emit(sentence)
            return False
        if differ(project, self.project):
            if self._together:
                self._show(project)
            else:
                self._note(text, project, key=merge_key or "")
        return True

    @contextmanager
    def together(self, text: str) -> Iterator[None]:
        """Let the edits that are made meanwhile be one step; if one of them fails or is refused, none is made."""
        assert not self._together, "steps do not stand inside each other"
        before = self.project
        self._together, self._refusal = True, ""
        try:
            yield
        except BaseException:
            self._show(before)
            raise
        finally:
            self._together = False
        if self._refusal:
            self._show(before)
            self.refused.emit(self._refusal)
        elif differ(self.project, before):
            self.history.add(text, before, self.project)

    def replace(self, project: Project, *, path: Path | None = None) -> None:
        """Show another project, with nothing to undo; `path` is the file it is equal to, if there is one."""
        sheet = self.sheet
        sheet.history.clear()  # while the old project still stands: who hears of it looks at what views show
        before, sheet.project = sheet.project, project
        sheet.path = path.absolute() if path else None
        sheet.seen = stamp(sheet.path)
        sheet.kept.clear()
        self.changed.emit(before, project)
        self.history.set_clean()
        self.path_changed.emit()
        self.opened.emit()

    def open(self, path: Path, *, template: bool = False) -> None:
        """Show the project of a file; a template is a start for a new one, and its file is never written.

        Raises:
            ProjectError: when the file cannot be used; what was open stays open.
        """
        self.replace(read_project(path), path=None if template else path)

    def save(self, *, overwrite: bool = False) -> None:
        """Write the project to its file.

        Raises:
            FileChangedError: somebody else wrote the file, and `overwrite` was not asked for.
            ProjectError: it cannot be written; the old file stays as it was.
        """
        assert self.path is not None, "an untitled project is saved with save_as"
        if not overwrite and stamp(self.path) not in {self.sheet.seen, None}:
            raise FileChangedError(f"“{self.path.name}” was changed by another program since it was opened here.")
        self._write(self.path)

    def save_as(self, path: Path) -> None:
        """Write the project to a file and go on working in that one; raise `ProjectError` when it cannot be written."""
        path = path.absolute()
        self._write(path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX))

    def _write(self, path: Path) -> None:
        write_project(path, self.project)
        self.sheet.path, self.sheet.seen = path, stamp(path)
        self.history.set_clean()
        self.path_changed.emit()

    def _tell_clean(self, clean: bool) -> None:
        self.dirty_changed.emit(not clean)

    def _listen(self) -> None:
        self.sheet.history.clean_changed.connect(self._tell_clean)
        self.sheet.history.moved.connect(self.history_changed)

    def _note(self, text: str, project: Project, *, key: str) -> None:
        before = self.project
        self._show(project)
        self.history.add(text, before, project, key=key)

    def _show(self, project: Project) -> None:
        before, self.sheet.project = self.project, project
        self.changed.emit(before, project)


def differ(one: Project, other: Project) -> bool:
    """Whether two projects differ, be it only in the order of their networks."""
    return one != other or list(one.networks) != list(other.networks)
