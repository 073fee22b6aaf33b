"""Study folders: what a search is made from. Its trials are in Optuna's storage, their runs in `runs/`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from engine.runs.owner import Owner, alive
from engine.spec import Project, read_project, write_atomically

STORAGE = "trials.db"


class StudyFolder:
    """A study on the disk: `project.json` (frozen, with its marks), `study.json`, `trials.db`, `workers/`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StudyFolder) and other.path == self.path

    def __hash__(self) -> int:
        return hash(self.path)

    @property
    def id(self) -> str:
        """The folder's name: what Optuna knows the study by, and the group of its runs."""
        return self.path.name

    @property
    def title(self) -> str:
        """What people call it here; empty for a study that nobody named."""
        details = self.details()
        name = str(details.get("name", ""))
        return str(details.get("title") or ("" if name == self.id else name))

    def rename(self, title: str) -> None:
        """Call it otherwise here; its storage knows it by its old name. Raise OSError where that cannot be written."""
        self.write({**self.details(), "title": title})

    @property
    def storage(self) -> str:
        """The URL of Optuna's storage: the one that was chosen, or the folder's own SQLite file."""
        return str(self.details().get("storage") or f"sqlite:///{self.path / STORAGE}")

    def project(self) -> Project:
        """The frozen project with its marks; raise `ProjectError` when it cannot be read."""
        return read_project(self.path / "project.json")

    def details(self) -> dict[str, Any]:
        """`name` (of the study in its storage), `storage`, `folder` (of relative paths), `created` (seconds)."""
        try:
            found = json.loads((self.path / "study.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def write(self, details: dict[str, Any]) -> None:
        """Keep the details, atomically; raise OSError where that is not possible."""
        write_atomically(self.path / "study.json", json.dumps(details, indent=1))

    def worker(self, place: str) -> Owner:
        """One of the processes that train its trials here, such as `cpu-1`."""
        return Owner(self.path / "workers" / place)

    def workers(self) -> tuple[str, ...]:
        """The places of those that are alive."""
        folder = self.path / "workers"
        return tuple(sorted(one.name for one in folder.iterdir() if alive(one))) if folder.is_dir() else ()
