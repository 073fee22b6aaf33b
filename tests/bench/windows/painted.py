"""Tell when a window has been painted for the first time, and what the process has taken until then."""

import json
import os
import resource
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class FirstPaint(QObject):
    """Print the figures once anything of `window` was painted, then leave at once.

    The whole application is watched: a window that its children cover is itself never asked to paint.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        application().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint event; the zero timer comes after all that are painted with it."""
        if event.type() == QEvent.Type.Paint:
            application().removeEventFilter(self)
            QTimer.singleShot(0, self.tell)
        return False

    def tell(self) -> None:
        """Print what was measured."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        torch = sum(name.split(".")[0] == "torch" for name in sys.modules)
        print(json.dumps({"seconds": age(), "megabytes": peak, "torch": torch}), flush=True)
        QApplication.exit()


def age() -> float:
    """Seconds since the kernel started this process (its clock ticks a hundred times a second)."""
    ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    up = float(Path("/proc/uptime").read_text().split()[0])
    return up - ticks / os.sysconf("SC_CLK_TCK")


def application() -> QCoreApplication:
    """The running application."""
    running = QApplication.instance()
    assert running is not None
    return running
