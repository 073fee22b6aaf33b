"""Train, pause, stop, resume: the actions of the transport bar and of the Run menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.runs import WorkspaceError
from studio.declaring import Deed, Kind, declare
from studio.states import LIVELY, RESUMABLE

if TYPE_CHECKING:
    from studio.context import Studio


class Training(QObject):
    """Declares the actions that concern runs and does them.

    Args:
        studio: the window's parts.
    """

    def __init__(self, studio: Studio, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._declare()
        live = studio.live
        live.state_changed.connect(self._state_changed)
        live.current_changed.connect(studio.actions.refresh)
        studio.launcher.failed.connect(self._no_worker)

    @property
    def state(self) -> str:
        """The state of the run that is shown."""
        live = self._studio.live
        return live.state(live.current) if live.current else ""

    def train(self) -> None:
        """Start a run of the project as it is, unless something in it is known to be wrong."""
        if self.refused():
            return
        document = self._studio.document
        try:
            run = self._studio.launcher.train(document.project, folder=document.folder)
        except WorkspaceError as error:
            self._studio.messages.post(str(error), tone="error", key="train")
            return
        self._studio.messages.clear("train")
        busy = self.state in LIVELY
        if busy:
            self._studio.messages.post("Queued: it starts when the runs before it are done.", key="train")
        else:
            self._studio.live.show(run)
            self._studio.actions.trigger("page.train")

    def refused(self) -> bool:
        """Whether something in the project is known to be wrong; says so."""
        errors = [problem for problem in self._studio.analysis.problems if problem.severity == "error"]
        wrong = bool(errors) and not self._studio.analysis.stale
        if wrong:
            self._refuse(len(errors), errors[0].message)
        return wrong

    def pause_or_continue(self) -> None:
        """Pause the shown run, or let it go on."""
        launcher, run = self._studio.launcher, self._studio.live.current
        assert run is not None
        (launcher.proceed if self.state == "paused" else launcher.pause)(run)

    def stop(self) -> None:
        """End the shown run after its current step; its checkpoint stays."""
        assert self._studio.live.current is not None
        self._studio.launcher.stop(self._studio.live.current)

    def resume(self) -> None:
        """Let the shown run go on from its last checkpoint."""
        assert self._studio.live.current is not None
        self._studio.messages.clear("run")
        try:
            self._studio.launcher.resume(self._studio.live.current)
        except (WorkspaceError, OSError) as error:
            self._studio.messages.post(str(error), tone="error", key="train")

    def _declare(self) -> None:
        def can(*states: str) -> bool:
            return self.state in states

        declare(
            self._studio.actions,
            Kind(name="run"),
            Deed("train", "Train", self.train, "F5; Ctrl+Return", "play"),
            Deed("pause", "Pause", self.pause_or_continue, "F6", "pause", lambda: can("running", "paused")),
            Deed("stop", "Stop", self.stop, "Shift+F5", "stop", lambda: can(*LIVELY)),
            Deed("resume", "Resume from checkpoint", self.resume, "", "refresh", lambda: can(*RESUMABLE)),
        )

    def _refuse(self, count: int, first: str) -> None:
        rest = f" (and {count - 1} more)" if count > 1 else ""
        actions = {"Show": lambda: self._studio.actions.trigger("page.design")}
        self._studio.messages.post(f"Not started: {first}{rest}", tone="error", key="train", actions=actions)

    def _state_changed(self, run: str, state: str) -> None:
        live = self._studio.live
        if state in {"starting", "running"} and run != live.current and self.state not in LIVELY:
            live.show(run)
        if state == "interrupted":
            self._studio.launcher.catch_up()
        if run == live.current:
            self._tell(run, state)
        self._studio.actions.refresh()

    def _tell(self, run: str, state: str) -> None:
        seen = self._studio.actions["page.train"].isChecked()  # that page says it itself, with the same way out
        if state == "interrupted" and not seen:
            name = self._studio.live.summary(run).name or run
            text = f"“{name}” was interrupted: its worker ended without a word. What it learned is in its checkpoint."
            self._studio.messages.post(text, tone="warning", key="run", actions={"Resume": self.resume})
        elif state == "failed" and not seen:
            self._studio.messages.post(self._studio.live.summary(run).message, tone="error", key="run")
        elif state == "running":
            self._studio.messages.clear("run")

    def _no_worker(self, sentence: str) -> None:
        self._studio.messages.post(sentence, tone="error", key="worker")
