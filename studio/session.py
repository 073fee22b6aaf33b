"""Which projects were open when the window was closed, so that the next one opens them again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.spec import ProjectError, read_project

if TYPE_CHECKING:
    from studio.settings import Settings
    from studio.sheets import Sheets

KEY = "session"


def remember(settings: Settings, sheets: Sheets) -> None:
    """Keep the files of the open projects and which is in front; one that has no file lives only while it is open."""
    files = [str(sheet.path) for sheet in sheets if sheet.path is not None]
    settings.set(KEY, {"files": files, "front": str(sheets.front.path or "")})


def files(settings: Settings) -> list[Path]:
    """The files to open again, as far as they are still there: of the last session, or what was open last of all."""
    kept, recent = settings.get(KEY), settings.get("recent")
    found = kept.get("files") if isinstance(kept, dict) else None
    if not found and isinstance(recent, list):
        found = recent[:1]
    named = [Path(one) for one in found if isinstance(one, str)] if isinstance(found, list) else []
    return [path for path in dict.fromkeys(named) if path.exists()]


def reopen(settings: Settings, sheets: Sheets, paths: list[Path]) -> str:
    """Open these files, the one that was in front in front; return what is wrong with those that cannot be."""
    kept, troubles = settings.get(KEY), []
    front = kept.get("front") if isinstance(kept, dict) else ""
    for path in paths:
        try:
            sheets.open(read_project(path), path=path)
        except ProjectError as error:
            troubles.append(str(error))
    if isinstance(front, str) and front and (sheet := sheets.of(Path(front))) is not None:
        sheets.bring(sheet)
    return " ".join(troubles)
