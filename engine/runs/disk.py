"""What lies on the disk, in bytes."""

from __future__ import annotations

import os
from pathlib import Path


def size(path: Path) -> int:
    """Bytes below a folder, as the disk counts them; what vanishes meanwhile counts nothing."""
    total = 0
    waiting = [path]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
                    else:
                        total += _taken(entry.stat(follow_symlinks=False))
        except OSError:
            continue
    return total


def _taken(found: os.stat_result) -> int:
    blocks = getattr(found, "st_blocks", None)
    return found.st_size if blocks is None else blocks * 512
