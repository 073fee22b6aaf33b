"""The same study in optuna-dashboard, where that is installed."""

from __future__ import annotations

import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from engine.runs import StudyFolder

if TYPE_CHECKING:
    from studio.context import Studio

LOOK = 300
"""Milliseconds between two looks whether its server listens."""
LOOKS = 200
MISSING = "optuna-dashboard is not installed. `pip install optuna-dashboard` brings it."
KEY = "dashboard"
HERE = "127.0.0.1"


class Dashboard(QObject):
    """Starts its server on loopback, which ends with the window, and shows it in the browser.

    Args:
        studio: the window's parts.
    """

    def __init__(self, studio: Studio, parent: QObject) -> None:
        super().__init__(parent)
        self._studio = studio
        self._process: QProcess | None = None
        self._port, self._looks = 0, 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._look)
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self.close)
        self.installed = find_spec("optuna_dashboard") is not None
        self.tip = "See the same study in optuna-dashboard" if self.installed else MISSING

    def open(self, folder: StudyFolder) -> None:
        """Show the storage of a study."""
        self.close()
        with socket.socket() as free:
            free.bind((HERE, 0))
            self._port = int(free.getsockname()[1])
        command = Path(sys.executable).with_name("optuna-dashboard")
        process = self._process = QProcess(self)
        process.start(str(command), [folder.storage, "--host", HERE, "--port", str(self._port)])
        self._looks = 0
        self._timer.start()
        self._studio.messages.post("optuna-dashboard is starting; it opens in the browser.", key=KEY)

    def close(self) -> None:
        """End the server."""
        self._timer.stop()
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.waitForFinished(2000)
            process.deleteLater()

    def _look(self) -> None:
        self._looks += 1
        if _listens(self._port):
            self._timer.stop()
            self._studio.messages.clear(KEY)
            QDesktopServices.openUrl(QUrl(f"http://{HERE}:{self._port}"))
        elif self._looks >= LOOKS or self._process is None or self._process.state() is QProcess.ProcessState.NotRunning:
            self._timer.stop()
            text = "optuna-dashboard could not be started; run `optuna-dashboard` in a terminal to see why."
            self._studio.messages.post(text, tone="error", key=KEY)


def _listens(port: int) -> bool:
    """Whether somebody listens on loopback, where connecting takes no time."""
    try:
        with socket.create_connection((HERE, port), timeout=0.01):
            return True
    except OSError:
        return False
