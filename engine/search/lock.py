"""A lock between the processes of a machine, which the death of its holder opens."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from engine.runs import StudyFolder


def lock_of(folder: StudyFolder) -> Path:
    """The lock of everybody who begins trials of a study on this machine.

    It lies beside a storage that is a file, since two processes that take a waiting trial from SQLite at the same time
    may both get it; servers see to that themselves.
    """
    parts = urlsplit(folder.storage)
    kind = parts.scheme.partition("+")[0]
    if kind == "sqlite" and parts.path.strip("/"):
        return Path(
            f"{parts.path.removeprefix('/')}.turns"
        )  # three slashes begin a relative path, four an absolute one
    return Path(f"{parts.path}.turns") if kind == "journal" else folder.path / "lock"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock that lies in a file, waiting for it as long as it takes; raise OSError where that cannot be."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
            except OSError:  # it waits for ten seconds and then gives up
                continue
            return

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
