"""Whether a training of the document fits the device: asked after the analysis, which never waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.spec import Problem

if TYPE_CHECKING:
    from studio.context import Studio

DELAY = 150  # milliseconds of rest after an edit: a rehearsal is worth a second of the service's time
UNMENDED = {
    "state": "unknown",
    "reason": "Mend the problems first: a network that cannot run takes no memory.",
}


class Foretelling(QObject):
    """Keeps the newest answer; it stays until the next comes.

    Args:
        studio: the window's parts; what is found wrong is told to its analysis.
    """

    changed = Signal()

    def __init__(self, studio: Studio, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.answer: dict[str, Any] = {}
        """As the service's `training` question gives it: bytes and seconds, or a `reason` why there is none."""
        self.stale = True
        """Whether an edit is not answered yet."""
        self._waiting = False
        self._asked = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self._ask)
        studio.analysis.changed.connect(self._analyzed)
        studio.launcher.device_changed.connect(self._timer.start)

    @property
    def busy(self) -> bool:
        """Whether an answer is on its way."""
        return self._waiting or self._timer.isActive()

    def refresh(self) -> None:
        """Ask again, whatever was asked before: something was measured, or memory became free."""
        self._asked = ""
        self._timer.start()

    def _analyzed(self) -> None:
        if not self._studio.analysis.stale and self._question() != self._asked:
            self.stale = True
            self._timer.start()

    def _question(self) -> str:
        document = self._studio.document
        return f"{document.path} {document.project.fingerprint()} {self._studio.launcher.device}"

    def _ask(self) -> None:
        analysis, document = self._studio.analysis, self._studio.document
        if analysis.stale or not analysis.report:
            return  # the analysis calls again when it knows
        self._asked = self._question()
        if any(one.severity == "error" for one in analysis.problems):
            self._show(UNMENDED)
            return
        params = {
            "project": document.project,
            "folder": str(document.folder),
            "device": self._studio.launcher.device,
        }
        self._waiting = True
        self._studio.service.ask("training", params, then=self._show, failed=self._failed)

    def _show(self, answer: dict[str, Any]) -> None:
        self.answer, self.stale, self._waiting = answer, False, False
        self._studio.analysis.add(tuple(Problem.model_validate(one) for one in answer.get("problems", ())))
        self.changed.emit()

    def _failed(self, sentence: str) -> None:
        self._asked = ""
        self._show({"state": "unknown", "reason": sentence})
