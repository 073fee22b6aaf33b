"""The open projects, one of them in front: each with its own file, history and way of being looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.spec import Project
from studio.history import History

if TYPE_CHECKING:
    from studio.document import Document


class Sheet(QObject):
    """An open project: its value, its file and its history.

    Args:
        project: what it starts with.
        path: the file that it is equal to, if there is one.
    """

    def __init__(self, project: Project, *, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.path = path.absolute() if path else None
        self.seen = stamp(self.path)
        """Time and size of its file when it was last read or written here."""
        self.origin = ""
        """The run whose project it was, if it comes from one."""
        self.begun = False
        """Whether it only stands there for a start: untouched, it makes room for what is opened."""
        self.kept: dict[str, Any] = {}
        """How views showed it when it was last in front, by their names."""
        self.history = History(self)

    @property
    def folder(self) -> Path:
        """Where relative paths of the project start."""
        return self.path.parent if self.path else Path.cwd()

    @property
    def name(self) -> str:
        """What it is called: its file, or its project and the run that it comes from."""
        if self.path is not None:
            return self.path.stem
        return f"{self.project.name} · {self.origin[-4:]}" if self.origin else self.project.name

    @property
    def dirty(self) -> bool:
        """Whether there are edits that no file has."""
        return not self.history.clean


class Sheets(QObject):
    """Which projects are open, in the order of their tabs; there is always one, and the document shows the front one.

    Args:
        document: the one thing that views listen to; its content is another when another sheet comes to the front.
    """

    changed = Signal()
    """A sheet was opened, closed, moved or brought to the front, or is called or marked otherwise."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._sheets = [document.sheet]
        for signal in (document.path_changed, document.dirty_changed):
            signal.connect(self.changed)

    def __iter__(self) -> Iterator[Sheet]:
        return iter(tuple(self._sheets))

    def __len__(self) -> int:
        return len(self._sheets)

    @property
    def front(self) -> Sheet:
        """The one that the document shows."""
        return self._document.sheet

    @property
    def dirty(self) -> tuple[Sheet, ...]:
        """Those with edits that no file has."""
        return tuple(sheet for sheet in self._sheets if sheet.dirty)

    def index(self, sheet: Sheet) -> int:
        """Its place among the tabs."""
        return self._sheets.index(sheet)

    def of(self, path: Path) -> Sheet | None:
        """The sheet that shows a file, if it is open."""
        return next((sheet for sheet in self._sheets if sheet.path == path.absolute()), None)

    def open(self, project: Project, *, path: Path | None = None, origin: str = "", begun: bool = False) -> Sheet:
        """Open a project behind the one in front and bring it there; a start that nobody touched makes room for it."""
        front = self.front
        sheet = Sheet(project, path=path, parent=self)
        sheet.origin, sheet.begun = origin, begun
        self._sheets.insert(self.index(front) + 1, sheet)
        gives_way = front.begun and not origin and not front.dirty and front.path is None
        self.bring(sheet)
        if gives_way:
            self._drop(front)
        return sheet

    def bring(self, sheet: Sheet) -> None:
        """Bring a sheet to the front."""
        self._document.turn_to(sheet)
        self.changed.emit()

    def step(self, by: int) -> None:
        """Bring the one so many tabs further to the front, round and round."""
        self.bring(self._sheets[(self.index(self.front) + by) % len(self._sheets)])

    def move(self, old: int, new: int) -> None:
        """Give the sheet at a place another one."""
        self._sheets.insert(new, self._sheets.pop(old))
        self.changed.emit()

    def close(self, sheet: Sheet) -> None:
        """Close a sheet, whatever edits it has; after the last one stands an empty project."""
        if len(self._sheets) == 1:
            self.open(Project(), begun=True)
        elif sheet is self.front:
            place = self.index(sheet)
            self.bring(self._sheets[place + 1 if place + 1 < len(self._sheets) else place - 1])
        if sheet in self._sheets:
            self._drop(sheet)

    def _drop(self, sheet: Sheet) -> None:
        self._sheets.remove(sheet)
        sheet.deleteLater()
        self.changed.emit()


def stamp(path: Path | None) -> tuple[int, int] | None:
    """A file's time and size, by which one sees that somebody else wrote it; None while there is none."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size) if found else None
