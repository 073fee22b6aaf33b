"""Measuring a training step: a process of its own takes some real steps, tells how far it is, and can be ended."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QProcess, Signal

from engine.spec import project_to_json

if TYPE_CHECKING:
    from studio.context import Studio

COMMAND = (sys.executable, "-m", "engine.fit")
KILLED = "The system ended the measurement, most likely because memory ran out. Try a smaller batch."
SILENT = "The measurement ended without an answer. `netloom doctor` may say why."


class Probing(QObject):
    """One measurement at a time.

    Args:
        studio: the window's parts: the document is measured on the chosen device.
        command: what to run in place of the engine's measurement.
    """

    changed = Signal()
    """It began, came further, or is over."""
    measured = Signal()
    """It succeeded, and the workspace remembers it."""

    def __init__(self, studio: Studio, command: Sequence[str] = COMMAND, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._command = tuple(command)
        self._process: QProcess | None = None
        self._last: dict[str, Any] = {}
        self.doing, self.done = "", 0.0
        """What it does, and how much of it is done, from 0 to 1."""
        self.note = ""
        """What is to be said of the last measurement, such as that another run was training meanwhile."""
        self.trouble = ""
        """Why the last measurement failed; empty when it did not."""

    @property
    def running(self) -> bool:
        return self._process is not None

    def start(self) -> None:
        """Measure the document as it is now."""
        if self.running:
            return
        studio = self._studio
        process = self._process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._broke)
        self._last, self.note, self.trouble = {}, "", ""
        self.doing, self.done = "Loading PyTorch", 0.0
        place = ["--device", studio.launcher.device, "--folder", str(studio.document.folder)]
        order = [*self._command[1:], *place, "--workspace", str(studio.workspace.path)]
        process.start(self._command[0], order)
        process.write(json.dumps(project_to_json(studio.document.project)).encode())
        process.closeWriteChannel()
        self.changed.emit()

    def cancel(self) -> None:
        """End it; nothing is remembered of it."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.waitForFinished(2000)
            process.deleteLater()
            self.changed.emit()

    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            try:
                said = json.loads(bytes(self._process.readLine().data()))
            except ValueError:
                continue  # a library that prints
            if isinstance(said, dict) and "doing" in said:
                self.doing, self.done = str(said["doing"]), float(said.get("done", 0))
                self.changed.emit()
            elif isinstance(said, dict):
                self._last = said

    def _broke(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._over()

    def _ended(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._over(killed=status is QProcess.ExitStatus.CrashExit)

    def _over(self, *, killed: bool = False) -> None:
        process, self._process = self._process, None
        if process is None:
            return  # it was cancelled
        process.deleteLater()
        result = self._last.get("result")
        self.note = str(result.get("note", "")) if result is not None else ""
        if result is None:
            self.trouble = str(self._last.get("refusal") or (KILLED if killed else SILENT))
        self.changed.emit()
        if result is not None:
            self.measured.emit()
