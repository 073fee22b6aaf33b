"""What the window remembers between sessions: sizes, the last project, the theme. Nothing that a result depends on."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths


def state_folder() -> Path:
    """The folder for the window's own state, `$NETLOOM_STATE` or the system's place for it."""
    if chosen := os.environ.get("NETLOOM_STATE"):
        return Path(chosen)
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)) / "netloom"


class Settings:
    """Small JSON values under keys, in one file; a broken or unwritable file costs only what was remembered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / "settings.json"
        self._values = self._read()

    def get(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Remember a value; it is on disk when this returns."""
        if self._values.get(key) == value:
            return
        self._values[key] = value
        self._write()

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix="settings-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(self._values, file, indent=1)
            Path(name).replace(self._path)
        except OSError:
            return  # the window works without a memory: a full disk must not stop an edit
