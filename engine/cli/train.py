"""`netloom train` and `netloom resume`: a run in this process, told as it goes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from engine import track
from engine.api import check, load
from engine.cli.check import sentence
from engine.cli.saying import errors
from engine.cli.settings import apply
from engine.cli.telling import Lines, Teller, Words
from engine.cli.tracked import await_tracking
from engine.events import Stop
from engine.runs import RunFolder, TakenError, Workspace
from engine.spec import Catalogue, Project

STATUS = {"finished": 0, "pruned": 0, "stopped": 130, "failed": 1, "interrupted": 130}
EVERYWHERE = frozenset({"auto", "cpu"})
"""Devices of every machine."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """Where something is trained, and for whom it is told: a person, or a program that reads JSON lines."""

    workspace: Path | None = None
    device: str = "auto"
    json: bool = False

    @property
    def home(self) -> Workspace:
        """The workspace, ready for runs."""
        return _home(self.workspace)


def train_file(file: Path, *, settings: Sequence[str], order: Order) -> int:
    """Train a project file; return the exit status."""
    project, folder = trainable(file, settings, device=order.device), file.absolute().parent
    home = order.home
    return train_here(home, home.new_run(project, device=order.device, folder=folder), order=order)


def trainable(file: Path, settings: Sequence[str], *, device: str) -> Project:
    """The project of a file with settings in place; raise ValueError when it cannot be trained there."""
    project = apply(load(file), settings, Catalogue.load())
    check_device(device)
    if problems := check(project, folder=file.absolute().parent).errors:
        raise ValueError("\n".join(sentence(one) for one in problems))
    return project


def resume_run(name: str, *, workspace: Path | None, device: str | None, json: bool) -> int:
    """Go on with a run; return the exit status."""
    given = Path(name)
    inside = given.is_dir() and (given / "events.jsonl").exists()
    home = Workspace(given.absolute().parents[1]) if inside and workspace is None else _home(workspace)
    run = home.find_run(name)
    home.withdraw(run)  # it is taken up here, not by a worker
    chosen = device or str(run.request().get("device") or "auto")
    check_device(chosen)
    return train_here(home, run, order=Order(device=chosen, json=json))


def train_here(home: Workspace, run: RunFolder, *, order: Order) -> int:
    """Train a run in this process and tell of it; return the exit status."""
    from engine.train import train_run

    teller: Teller = Lines(run) if order.json else Words(run)

    with stopping(run), teller, track.followed(home, teller.tell) as listener:
        try:
            ended = train_run(run, order.device, on_event=listener)
        except TakenError as error:
            raise ValueError(f"The run '{run.id}' is being trained already: {error}.") from None
    teller.conclude(ended, await_tracking(home, run))
    return STATUS[ended.outcome]


@contextmanager
def stopping(run: RunFolder) -> Iterator[None]:
    """Ctrl+C asks the run to stop with a checkpoint; the second time it ends the process as ever."""
    before = signal.getsignal(signal.SIGINT)

    def ask(_number: int, _frame: FrameType | None) -> None:
        run.control(Stop())
        signal.signal(signal.SIGINT, signal.default_int_handler)
        errors.print("Stopping after this step, with a checkpoint. Press Ctrl+C again to quit at once.")

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, before)


def _home(workspace: Path | None) -> Workspace:
    return (Workspace(workspace) if workspace else Workspace.default()).prepare()


def check_device(name: str) -> None:
    """Raise ValueError where this machine has no device of that name; PyTorch is loaded only to look for one."""
    if name in EVERYWHERE:
        return
    from engine.train import find_device

    find_device(name)
