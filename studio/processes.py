"""Processes that outlive the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import psutil
from PySide6.QtCore import QProcess


def detach(log: Path, order: Sequence[str]) -> int:
    """Start a process that goes on without the window, what it says in a log; return its id, or 0."""
    arguments = ["-m", "studio.detached", str(log), *order]
    started, process = QProcess.startDetached(sys.executable, arguments, "")
    return int(process) if started else 0


def lives(pid: int) -> bool:
    """Whether a process is there, and not only its remains."""
    try:
        return pid > 0 and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
