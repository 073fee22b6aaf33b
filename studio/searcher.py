"""Starting studies and the workers that search them. Workers are processes of their own: they outlive the window."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.runs import StudyFolder, Workspace, WorkspaceError
from engine.spec import Project, SpaceError, space_of
from studio.processes import detach, lives

COMMAND = (sys.executable, "-m", "engine.search")
TAIL = 4096
"""Bytes of a log that its last line is looked for in."""
TIME = re.compile(r"^\d{4}-\d\d-\d\d [\d:,.]+ ")
UNMARKED = (
    "Nothing is marked for search. Press the dice beside a value, such as the learning rate, to say what may vary."
)


class Searcher(QObject):
    """Makes study folders and keeps as many workers on them as their project asks for.

    Args:
        workspace: where studies are.
        command: what to run in place of the engine's worker.
    """

    started = Signal(str)
    """The id of a study that was just made."""

    def __init__(self, workspace: Workspace, command: Sequence[str] = COMMAND, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._command = tuple(command)
        self._processes: dict[str, int] = {}
        self.latest = ""
        """The study that was started last."""

    def start(self, project: Project, *, folder: Path, device: str) -> StudyFolder:
        """Freeze a project with its marks and let workers search it.

        Args:
            project: what is searched.
            folder: where relative paths in it start.
            device: where trials are trained.

        Raises:
            ValueError: in words, where nothing is marked, marks contradict each other, or nothing can be written.
        """
        if trouble := refusal(project):
            raise ValueError(trouble)
        study = self._workspace.new_study(project, folder=folder)
        self.go_on(study, device=device, workers=project.study.workers)
        self.latest = study.id
        self.started.emit(study.id)
        return study

    def go_on(self, study: StudyFolder, *, device: str, workers: int) -> None:
        """See that a study has that many workers here, and that somebody starts those again that die.

        Raises:
            WorkspaceError: where nobody can be started.
        """
        missing = workers - len(study.workers())
        if missing <= 0 or lives(self._processes.get(study.id, 0)):
            return
        order = [*self._command, "--workspace", str(self._workspace.path), "--study", study.id]
        order += ["--device", device, "--workers", str(missing)]
        process = self._processes[study.id] = detach(self._workspace.logs / f"search-{study.id}.log", order)
        if not process:
            raise WorkspaceError("The workers of the study could not be started.")

    def starting(self, study: str) -> bool:
        """Whether workers were started of which none has said yet that it is there."""
        return lives(self._processes.get(study, 0)) and not self._folder(study).workers()

    def last_words(self, study: str) -> str:
        """The last thing that a worker said which was started here and ended, but for the time; empty for none."""
        if study not in self._processes:
            return ""
        logs = sorted(self._workspace.logs.glob(f"search-{study}*.log"), key=_changed)
        return next(filter(None, map(_last_line, reversed(logs))), "")

    def _folder(self, study: str) -> StudyFolder:
        return StudyFolder(self._workspace.studies / study)


def _changed(log: Path) -> float:
    try:
        return log.stat().st_mtime
    except OSError:
        return 0.0


def _last_line(log: Path) -> str:
    try:
        with log.open("rb") as file:
            file.seek(max(file.seek(0, 2) - TAIL, 0))
            lines = file.read().decode(errors="replace").splitlines()
    except OSError:
        return ""
    last = next((line for line in reversed(lines) if line.strip()), "")
    return TIME.sub("", last).strip()


def refusal(project: Project) -> str:
    """Why a project cannot be searched as it is, in words; empty where it can."""
    try:
        return "" if space_of(project).variables else UNMARKED
    except SpaceError as error:
        return str(error)
