"""Starting runs and handing them orders. Workers are processes of their own: they outlive the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine.events import Checkpoint, Continue, Control, Pause, Stop
from engine.runs import RunFolder, Workspace, alive
from engine.spec import Project
from studio.processes import detach, lives

COMMAND = (sys.executable, "-m", "engine.worker")
TRACKER = (sys.executable, "-m", "engine.track")
CHECK = 1000
"""Milliseconds between two looks whether the queue still has its workers."""
ATTEMPTS = 3
"""Starts of a worker without a run taken, after which it is left alone until the person asks again."""


class Launcher(QObject):
    """Queues runs in a workspace and keeps a worker alive for each device that has some.

    Args:
        workspace: where runs and queue are.
        command: what to run in place of the engine's worker.
    """

    device_changed = Signal(str)
    launched = Signal(str)
    """The id of a run that was just queued from here."""
    ordered = Signal(str, str)
    """Id of a run and what it was just asked to do: pausing, continuing, stopping."""
    failed = Signal(str)
    """No worker can be kept alive; the sentence says where its log is."""

    def __init__(self, workspace: Workspace, command: Sequence[str] = COMMAND, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.device = "auto"
        self.best = "auto"
        """What `auto` stands for, once somebody knows the devices; until then the worker decides."""
        self._command = tuple(command)
        self._starts: dict[str, int] = {}
        self._processes: dict[str, int] = {}
        self._tracker = 0
        self._untold = False
        self._timer = QTimer(self)
        self._timer.setInterval(CHECK)
        self._timer.timeout.connect(self.check)

    def start(self) -> None:
        """Begin to look after the queue: what waited since the last window goes on, what MLflow missed is told."""
        self._timer.start()
        self.check()
        if next(self.workspace.all_runs(), None) is not None:
            self.catch_up()

    def catch_up(self) -> None:
        """Have MLflow told of what nobody tells it of any more, such as a run whose worker died.

        However often that is asked, one process at a time does it, and one more for what was asked meanwhile.
        """
        self._untold = True
        self._tell()

    def close(self) -> None:
        """Stop looking; workers go on."""
        self._timer.stop()

    def set_device(self, name: str) -> None:
        """Choose where the next runs are trained."""
        if name != self.device:
            self.device = name
            self.device_changed.emit(name)

    def train(self, project: Project, *, folder: Path, device: str = "", group: str = "", origin: str = "") -> str:
        """Freeze a project, queue it and see that a worker comes for it; return the run's id.

        Args:
            project: what is trained.
            folder: where relative paths in it start.
            device: where; the device that is chosen in the bar if not given.
            group: what the run belongs to, such as the other seeds of the project.
            origin: id of the run that it repeats or goes on from.

        Raises:
            WorkspaceError: when the run cannot be written.
        """
        wanted = device or self.place
        run = self.workspace.new_run(project, device=wanted, folder=folder, group=group, origin=origin)
        self._enqueue(run, wanted)
        return run.id

    @property
    def place(self) -> str:
        """The device that is chosen, by its name where that is known."""
        return self.best if self.device == "auto" else self.device

    def queue(self, run: RunFolder) -> str:
        """Queue a run that was just made, on the device that it was made for; return its id."""
        self._enqueue(run, str(run.request().get("device") or self.place))
        return run.id

    def resume(self, name: str) -> None:
        """Queue a run that was interrupted or stopped, to go on from its last checkpoint."""
        run = self.workspace.find_run(name)
        self._enqueue(run, str(run.request().get("device") or self.device))

    def pause(self, name: str) -> None:
        self._order(name, Pause(), "pausing")

    def proceed(self, name: str) -> None:
        """Go on after a pause."""
        self._order(name, Continue(), "continuing")

    def checkpoint(self, name: str) -> None:
        self._run(name).control(Checkpoint())

    def stop(self, name: str) -> None:
        """End a run after its current step, or take it out of the queue."""
        if not self.workspace.withdraw(self._run(name)):
            self._order(name, Stop(), "stopping")

    def check(self) -> None:
        """See that every device with waiting runs has a living worker, and that MLflow is told of what it missed."""
        waiting = self.workspace.waiting()
        for device in {str(run.request().get("device") or "auto") for run in waiting}:
            self._ensure(device)
        for device in tuple(self._starts):
            if not self.workspace.waiting(device):
                self._starts.pop(device)  # it took what waited: its next start is a first one again
        self._tell()

    def log(self, device: str) -> Path:
        """Where the worker of a device writes what it has to say."""
        return self.workspace.logs / f"{self.workspace.process(f'worker-{device}').path.name}.log"

    def _tell(self) -> None:
        if self._untold and not lives(self._tracker):
            self._untold = False
            order = [*TRACKER, "--workspace", str(self.workspace.path), "--leftovers"]
            self._tracker = self._detach("track", order)

    def _order(self, name: str, order: Control, word: str) -> None:
        self._run(name).control(order)
        self.ordered.emit(name, word)

    def _run(self, name: str) -> RunFolder:
        return RunFolder(self.workspace.runs / name)

    def _enqueue(self, run: RunFolder, device: str) -> None:
        self.workspace.enqueue(run, device)
        self._starts.pop(device, None)
        self._ensure(device)
        self.launched.emit(run.id)

    def _ensure(self, device: str) -> None:
        starting = lives(self._processes.get(device, 0))  # importing torch takes it a while before it says it is there
        starts = self._starts.get(device, 0)
        if starting or starts > ATTEMPTS or alive(self.workspace.process(f"worker-{device}").path):
            return
        self._starts[device] = starts + 1
        if starts == ATTEMPTS:
            self.failed.emit(f"No worker for “{device}” stays alive. Its log says why: {self.log(device)}")
        else:
            self._launch(device)

    def _launch(self, device: str) -> None:
        order = [*self._command, "--workspace", str(self.workspace.path), "--device", device]
        process = self._processes[device] = self._detach(self.log(device).stem, order)
        if not process:
            self.failed.emit(f"The worker for “{device}” could not be started.")

    def _detach(self, name: str, order: Sequence[str]) -> int:
        """Start a process that outlives the window, its output in a log of that name; return its id, or 0."""
        return detach(self.workspace.logs / f"{name}.log", order)
