"""Unsaved edits are written down as they are made, and offered again when a window ended without a goodbye."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer

from engine.spec import Project, ProjectError, project_from_json, project_to_json, write_atomically
from studio.document import Document

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
    """Keeps one file with the document's unsaved state while there is any.

    Args:
        document: whose edits are kept.
        folder: where journals lie; a lock file beside each says whether its window still lives.
    """

    def __init__(self, document: Document, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.path = folder / f"{uuid.uuid4().hex}.unsaved"
        self._lock: QLockFile | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.write)
        document.changed.connect(self._timer.start)
        document.dirty_changed.connect(self._timer.start)

    def write(self) -> None:
        """Write the state now, or remove the file when all is saved."""
        self._timer.stop()
        if not self._document.dirty:
            self.path.unlink(missing_ok=True)
            return
        data = {
            "path": str(self._document.path) if self._document.path else None,
            "moment": datetime.now(UTC).isoformat(),
            "project": project_to_json(self._document.project),
        }
        try:
            self._hold()
            write_atomically(self.path, json.dumps(data))
        except OSError:
            self._timer.start(10 * DELAY)  # a full disk may have room again before it matters

    def close(self) -> None:
        """The window ends: nothing is kept if all is saved, and the next window is offered what is not."""
        self.write()
        self._timer.stop()
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
