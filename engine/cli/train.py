"""`netloom train` and `netloom resume`: a run in this process, told as it goes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from engine import track
from engine.api import check, load
from engine.cli.check import sentence
from engine.cli.saying import errors
from engine.cli.settings import apply
from engine.cli.telling import Lines, Teller, Words
from engine.cli.tracked import await_tracking
from engine.events import Stop
from engine.runs import RunFolder, TakenError, Workspace
from engine.spec import Catalogue

STATUS = {"finished": 0, "stopped": 130, "failed": 1, "interrupted": 130}


def train_file(file: Path, *, workspace: Path | None, settings: Sequence[str], device: str, json: bool) -> int:
    """Train a project file; return the exit status."""
    project = apply(load(file), settings, Catalogue.load())
    folder = file.absolute().parent
    home = _home(workspace)
    _check_device(device)
    if problems := check(project, folder=folder).errors:
        raise ValueError("\n".join(sentence(one) for one in problems))
    return _train(home, home.new_run(project, device=device, folder=folder), device=device, json=json)


def resume_run(name: str, *, workspace: Path | None, device: str | None, json: bool) -> int:
    """Go on with a run; return the exit status."""
    given = Path(name)
    inside = given.is_dir() and (given / "events.jsonl").exists()
    home = Workspace(given.absolute().parents[1]) if inside and workspace is None else _home(workspace)
    run = home.find_run(name)
    home.withdraw(run)  # it is taken up here, not by a worker
    chosen = device or str(run.request().get("device") or "auto")
    _check_device(chosen)
    return _train(home, run, device=chosen, json=json)


def _train(home: Workspace, run: RunFolder, *, device: str, json: bool) -> int:
    from engine.train import train_run

    teller: Teller = Lines(run) if json else Words(run)

    with stopping(run), teller, track.followed(home, teller.tell) as listener:
        try:
            ended = train_run(run, device, on_event=listener)
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


def _check_device(name: str) -> Any:
    from engine.train import find_device

    return find_device(name)
