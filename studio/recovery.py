"""Unsaved edits are written down as they are made, and offered again when a window ended without a goodbye."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer

from engine.spec import Project, ProjectError, project_from_json, project_text, write_atomically
from studio.document import Document
from studio.sheets import Sheet

DELAY = 700  # milliseconds of quiet before an edit is written; one that takes longer to come back is not worth typing


@dataclass(frozen=True, kw_only=True)
class Unsaved:
    """Edits that a window which is gone had not saved.

    Args:
        journal: the file they lie in.
        project: as it was last.
        path: the project's own file, None if it never had one.
        moment: when it was last edited, in local time.
    """

    journal: Path
    project: Project
    path: Path | None
    moment: datetime


class Journal(QObject):
    """Keeps a file with the unsaved state of each open project that has some.

    Args:
        document: whose sheets are kept.
        folder: where journals lie; a lock file beside each says whether its window still lives.
    """

    def __init__(self, document: Document, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._folder = folder
        self._pages: dict[Sheet, _Page] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.write)
        for signal in (document.changed, document.dirty_changed, document.sheets.changed):
            signal.connect(self._timer.start)

    @property
    def path(self) -> Path:
        """Where the state of the project in front is kept."""
        return self._page(self._document.sheet).path

    def write(self) -> None:
        """Write what is not written now, and remove the files of what is saved or closed."""
        self._timer.stop()
        sheets = list(self._document.sheets)
        for sheet in [sheet for sheet in self._pages if sheet not in sheets]:
            self._pages.pop(sheet).forget()
        try:
            for sheet in sheets:
                self._page(sheet).write(sheet)
        except OSError:
            self._timer.start(10 * DELAY)  # a full disk may have room again before it matters

    def close(self) -> None:
        """The window ends: nothing is kept if all is saved, and the next window is offered what is not."""
        self.write()
        self._timer.stop()
        for page in self._pages.values():
            page.let_go()

    def _page(self, sheet: Sheet) -> _Page:
        if sheet not in self._pages:
            self._pages[sheet] = _Page(self._folder / f"{uuid.uuid4().hex}.unsaved")
        return self._pages[sheet]


class _Page:
    """The file of one open project, and the lock that says that its window lives."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: QLockFile | None = None
        self._written: tuple[Project, Path | None] | None = None

    def write(self, sheet: Sheet) -> None:
        """Write the state if it is not written, or remove the file when all is saved; raise OSError."""
        if not sheet.dirty:
            self.path.unlink(missing_ok=True)
            self._written = None
            return
        if self._written == (sheet.project, sheet.path):
            return
        data = {
            "path": str(sheet.path) if sheet.path else None,
            "moment": datetime.now(UTC).isoformat(),
        }
        text = json.dumps(data)[:-1] + f', "project": {project_text(sheet.project)}}}'
        self._hold()
        write_atomically(self.path, text)
        self._written = (sheet.project, sheet.path)

    def forget(self) -> None:
        """The project was closed, and what it was is no longer wanted."""
        self.path.unlink(missing_ok=True)
        self.let_go()

    def let_go(self) -> None:
        if self._lock is not None:
            self._lock.unlock()

    def _hold(self) -> None:
        if self._lock is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = _lock(self.path)
            self._lock.tryLock(0)


def left_behind(folder: Path) -> list[Unsaved]:
    """What windows that are gone had not saved, newest first; journals that cannot be read are left where they are."""
    found = [unsaved for path in folder.glob("*.unsaved") if (unsaved := _abandoned(path)) is not None]
    return sorted(found, key=lambda unsaved: unsaved.moment, reverse=True)


def discard(unsaved: Unsaved) -> None:
    """Forget these edits."""
    unsaved.journal.unlink(missing_ok=True)


def _abandoned(path: Path) -> Unsaved | None:
    lock = _lock(path)
    if not lock.tryLock(0):
        return None  # its window lives and will save it itself
    lock.unlock()
    try:
        data = json.loads(path.read_text("utf-8"))
        moment = datetime.fromisoformat(data["moment"]).astimezone()
        origin = Path(data["path"]) if data["path"] else None
        return Unsaved(journal=path, project=project_from_json(data["project"]), path=origin, moment=moment)
    except (OSError, ValueError, KeyError, TypeError, ProjectError):
        return None


def _lock(path: Path) -> QLockFile:
    lock = QLockFile(str(path.with_suffix(".lock")))
    lock.setStaleLockTime(0)  # only the death of its process makes a lock stale, not its age
    return lock
