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
        self._processes: dict[tuple[str, str], int] = {}
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
        """See that a study has that many workers here; raise `WorkspaceError` where one cannot be started."""
        there = set(study.workers())
        for number in range(1, workers + 1):
            place = f"{device.replace(':', '-')}-{number}"
            if place not in there and not lives(self._processes.get((study.id, place), 0)):
                self._launch(study, device, place)

    def starting(self, study: str) -> bool:
        """Whether a worker was started that has not said yet that it is there."""
        there = set(StudyFolder(self._workspace.studies / study).workers())
        return any(
            one == study and place not in there and lives(process) for (one, place), process in self._processes.items()
        )

    def last_words(self, study: str) -> str:
        """The last thing that a worker said which was started here and ended, but for the time; empty for none."""
        for one, place in reversed(self._processes):
            if one == study:
                return _last_line(self.log(study, place))
        return ""

    def log(self, study: str, place: str) -> Path:
        """Where a worker writes what it has to say."""
        return self._workspace.logs / f"search-{study}-{place}.log"

    def _launch(self, study: StudyFolder, device: str, place: str) -> None:
        order = [*self._command, "--workspace", str(self._workspace.path), "--study", study.id]
        order += ["--device", device, "--place", place]
        process = self._processes[study.id, place] = detach(self.log(study.id, place), order)
        if not process:
            raise WorkspaceError(f"The worker “{place}” of the study could not be started.")


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
