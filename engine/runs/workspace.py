"""The workspace: one folder that holds the projects, runs, queue and tracking of a piece of work."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from engine.events import Created, Ended
from engine.runs.folder import RunFolder
from engine.runs.journal import append
from engine.runs.owner import Owner
from engine.runs.study_folder import StudyFolder
from engine.spec import Project, format_project, write_atomically

HOME = "NETLOOM_HOME"
"""The environment variable that moves the default workspaces elsewhere."""


class WorkspaceError(ValueError):
    """A workspace that cannot be used, in the user's words."""


class Workspace:
    """A folder with `runs/`, `queue/`, `cache/`, `artifacts/` and `mlflow.db`."""

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().absolute()

    @classmethod
    def default(cls, name: str = "default") -> Workspace:
        """A workspace in the user's Netloom folder (`~/Netloom`, or what the variable NETLOOM_HOME names)."""
        return cls(Path(os.environ.get(HOME) or Path.home() / "Netloom") / name)

    @property
    def runs(self) -> Path:
        """Where the run folders are."""
        return self.path / "runs"

    @property
    def studies(self) -> Path:
        """Where the study folders are."""
        return self.path / "studies"

    @property
    def trash(self) -> Path:
        """Where deleted runs lie until it is emptied."""
        return self.path / "trash"

    @property
    def queue(self) -> Path:
        """Where the tickets of waiting runs are."""
        return self.path / "queue"

    @property
    def cache(self) -> Path:
        """What can be made again: decoded images and the like."""
        return self.path / "cache"

    @property
    def predictions(self) -> Path:
        """What runs answered, a folder for each that was asked."""
        return self.cache / "predictions"

    @property
    def database(self) -> Path:
        """MLflow's SQLite file."""
        return self.path / "mlflow.db"

    @property
    def artifacts(self) -> Path:
        """MLflow's artifacts."""
        return self.path / "artifacts"

    @property
    def logs(self) -> Path:
        """What the processes behind the window had to say."""
        return self.path / "logs"

    def window(self) -> Owner:
        """The window that has the workspace open."""
        return Owner(self.path / "window.lock")

    def process(self, name: str) -> Owner:
        """A process that the workspace has one of, such as the worker of a device (`worker-cpu`)."""
        return Owner(self.path / "processes" / re.sub(r"\W+", "-", name))

    def prepare(self) -> Workspace:
        """Make the folders; raise `WorkspaceError` when that is not possible."""
        try:
            for folder in (self.runs, self.queue, self.cache, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.path / f".write-{os.getpid()}"
            probe.write_text("")
            probe.unlink()
        except OSError as error:
            raise WorkspaceError(
                f"The workspace '{self.path}' cannot be used: {error.strerror}. Choose another folder."
            ) from None
        return self

    def new_run(  # noqa: PLR0913 - what a run is told at its birth
        self,
        project: Project,
        *,
        device: str = "auto",
        folder: Path | None = None,
        name: str = "",
        group: str = "",
        origin: str = "",
    ) -> RunFolder:
        """Freeze a project into a run folder of its own. Relative paths in it start at `folder`.

        Args:
            project: what is trained.
            device: where.
            folder: where relative paths start; the current folder if not given.
            name: what the run is called; the project's name if not given.
            group: what the run belongs to, such as the other seeds of the project.
            origin: id of the run that it repeats or goes on from.

        Raises:
            WorkspaceError: when it cannot be written (a full disk, no permission).
        """
        run = RunFolder(self.runs / _fresh_id(project.name))
        while run.path.exists():  # many runs of one second share the few digits that tell them apart
            run = RunFolder(self.runs / _fresh_id(project.name))
        try:
            run.path.mkdir(parents=True)
            run.write_json("request.json", {"device": device, "folder": str((folder or Path.cwd()).absolute())})
            write_atomically(run.path / "project.json", format_project(project))
            append(run.events, Created(name=name or project.name, device=device, group=group, origin=origin))
        except OSError as error:
            shutil.rmtree(run.path, ignore_errors=True)
            raise WorkspaceError(f"No run could be started in '{self.path}': {error.strerror}.") from None
        return run

    def new_study(
        self, project: Project, *, name: str = "", storage: str = "", folder: Path | None = None
    ) -> StudyFolder:
        """Freeze a project with its marks into a study folder of its own; Optuna's storage is not touched yet.

        Args:
            project: what is searched.
            name: what the study is called in its storage; the folder's own, unique id if not given.
            storage: URL of Optuna's storage; a file in the study folder if neither this nor the project names one.
            folder: where relative paths start; the current folder if not given.

        Raises:
            WorkspaceError: when it cannot be written.
        """
        study = StudyFolder(self.studies / _fresh_id(project.name))
        details = {
            "name": name or study.id,
            "storage": storage or project.study.storage,
            "folder": str((folder or Path.cwd()).absolute()),
            "created": time.time(),
        }
        try:
            study.path.mkdir(parents=True)
            write_atomically(study.path / "project.json", format_project(project))
            study.write(details)
        except OSError as error:
            shutil.rmtree(study.path, ignore_errors=True)
            raise WorkspaceError(f"No study could be started in '{self.path}': {error.strerror}.") from None
        return study

    def all_studies(self) -> tuple[StudyFolder, ...]:
        """Every study, the newest first."""
        with contextlib.suppress(FileNotFoundError):
            names = sorted((one.name for one in os.scandir(self.studies) if one.is_dir()), reverse=True)
            return tuple(
                StudyFolder(self.studies / one) for one in names if (self.studies / one / "study.json").exists()
            )
        return ()

    def all_runs(self) -> Iterator[RunFolder]:
        """Every run, the newest first."""
        with contextlib.suppress(FileNotFoundError):
            names = sorted((one.name for one in os.scandir(self.runs) if one.is_dir()), reverse=True)
            yield from (RunFolder(self.runs / name) for name in names if (self.runs / name / "events.jsonl").exists())

    def find_run(self, name: str) -> RunFolder:
        """The run of that id, of an id that ends or begins like that, or in that folder; "last" is the newest.

        Raise `WorkspaceError` when there is none, or more than one.
        """
        if (Path(name) / "events.jsonl").exists():
            return RunFolder(Path(name).absolute())
        if (self.runs / name / "events.jsonl").exists():
            return RunFolder(self.runs / name)
        found = self._named(name, [run.id for run in self.all_runs()], "run", "`netloom runs` lists them.")
        return RunFolder(self.runs / found)

    def find_study(self, name: str) -> StudyFolder:
        """The study of that id, of an id that ends or begins like that, or in that folder; "last" is the newest.

        Raise `WorkspaceError` when there is none, or more than one.
        """
        if (Path(name) / "study.json").exists():
            return StudyFolder(Path(name).absolute())
        ids = [study.id for study in self.all_studies()]
        found = self._named(name, ids, "study", "`netloom search --list` lists them.")
        return StudyFolder(self.studies / found)

    def _named(self, name: str, ids: list[str], what: str, hint: str) -> str:
        if name in ids:
            return name
        found = ids[:1] if name == "last" else [one for one in ids if one.startswith(name) or one.endswith(name)]
        if len(found) == 1:
            return found[0]
        if found:
            several = "studies" if what == "study" else f"{what}s"
            raise WorkspaceError(f"'{name}' could be any of {len(found)} {several}; write more of its id.")
        raise WorkspaceError(f"There is no {what} '{name}' in '{self.path}'. {hint}")

    # The queue: a ticket is a file whose name sorts by time and names run and device; taking it is renaming it away.

    def enqueue(self, run: RunFolder, device: str) -> None:
        """Let the worker of a device train the run when its turn comes."""
        self.queue.mkdir(parents=True, exist_ok=True)
        ticket = self.queue / f"{time.time_ns():020d}@{_safe(device)}@{run.id}"
        ticket.touch()

    def waiting(self, device: str | None = None) -> list[RunFolder]:
        """The runs that wait, in the order of their turns."""
        return [RunFolder(self.runs / run) for _, _, run in self._tickets(device)]

    def take(self, device: str) -> RunFolder | None:
        """The next run for a device, taken from the queue so that no other worker gets it; None when none waits."""
        for ticket, _, run in self._tickets(device):
            try:
                ticket.rename(self.runs / run / "ticket")
            except OSError:
                continue  # another worker was faster, or the run was deleted
            return RunFolder(self.runs / run)
        return None

    def withdraw(self, run: RunFolder) -> bool:
        """Take a waiting run out of the queue; False when it was not waiting (any more)."""
        for ticket, _, one in self._tickets():
            if one == run.id:
                try:
                    ticket.unlink()
                except FileNotFoundError:
                    return False
                append(run.events, Ended(outcome="stopped", message="Taken out of the queue."))
                return True
        return False

    def _tickets(self, device: str | None = None) -> list[tuple[Path, str, str]]:
        try:
            names = sorted(one.name for one in self.queue.iterdir())
        except FileNotFoundError:
            return []
        parts = [(self.queue / name, *name.split("@")[1:]) for name in names if name.count("@") == 2]
        return [one for one in parts if device is None or one[1] == _safe(device)]  # type: ignore[misc]


def _fresh_id(name: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "run"
    return f"{time.strftime('%Y%m%d-%H%M%S')}-{stem}-{secrets.token_hex(2)}"


def _safe(device: str) -> str:
    return device.replace(":", "-")
