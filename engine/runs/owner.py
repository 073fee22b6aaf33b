"""Who holds a folder: one process at a time, seen to be alive or not from any other."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil

STALE = 10.0
"""Seconds without a heartbeat after which an owner on another machine counts as dead."""


class TakenError(ValueError):
    """Somebody else holds it and is alive."""


class Owner:
    """Hold a folder through a small file: process, host, and a heartbeat in the file's time.

    On the same machine a dead process is seen at once (its id and start time no longer match); on another
    machine, across a shared disk, when its heartbeat is `STALE` seconds old.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def claim(self) -> Self:
        """Take hold; raise `TakenError` when a living process already does."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(3):  # a dead owner's file is removed once, then another process may be faster than we are
            try:
                handle = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            except FileExistsError:
                if alive(self.path):
                    raise TakenError(f"it is held by {holder(self.path)}") from None
                self.path.unlink(missing_ok=True)
                continue
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(_self(), file)
            return self
        raise TakenError("another process was faster")

    def beat(self) -> None:
        """Say that we live."""
        with contextlib.suppress(OSError):  # a full or vanished disk is noticed where it matters, in the journal
            os.utime(self.path)

    def release(self) -> None:
        """Let go, if it is ours."""
        if _read(self.path) == _self():
            self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self.claim()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def alive(path: Path) -> bool:
    """Whether a living process holds the folder behind an owner file."""
    found = _read(path)
    if found is None:
        return _just_made(path)
    if found.get("host") != socket.gethostname():
        with contextlib.suppress(OSError):
            return time.time() - path.stat().st_mtime < STALE
        return False
    return _runs(int(found.get("pid", 0)), float(found.get("started", 0)))


def holder(path: Path) -> str:
    """Who holds it, in words."""
    found = _read(path) or {}
    return f"process {found.get('pid', '?')} on {found.get('host', '?')}"


def identity(path: Path) -> tuple[int, float]:
    """Process id and start time of whoever holds it; zeros where nobody does."""
    found = _read(path) or {}
    return int(found.get("pid", 0)), float(found.get("started", 0))


def _just_made(path: Path) -> bool:
    """A file without its content yet belongs to somebody who is writing it this moment."""
    with contextlib.suppress(OSError):
        return time.time() - path.stat().st_mtime < 1.0
    return False


def _runs(pid: int, started: float) -> bool:
    try:
        process = psutil.Process(pid)
        return bool(abs(process.create_time() - started) < 2.0 and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def _self() -> dict[str, Any]:
    process = psutil.Process()
    return {"pid": process.pid, "host": socket.gethostname(), "started": round(process.create_time(), 2)}


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
