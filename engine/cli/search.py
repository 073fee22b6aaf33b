"""`netloom search`: a study begun, gone on with or joined, and told of while workers train its trials."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from engine.api import load
from engine.cli.saying import console, errors, say_json
from engine.cli.settings import apply
from engine.cli.train import Order, check_device
from engine.cli.trials import Lines, Teller, Words, counted
from engine.runs import Trial
from engine.runs.front import best_trials
from engine.spec import Catalogue

if TYPE_CHECKING:
    from engine.search import Crew, Handle

LOOK = 0.5
"""Seconds between two looks at the study."""
HANGUP = getattr(signal, "SIGHUP", None)
"""A terminal that is closed says so, where there are terminals."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked of a search besides what its project says.

    Args:
        settings: as in `--set`.
        trials: how many; of a study that is gone on with, how many more. 0 leaves that.
        timeout: seconds, likewise.
        workers: processes; 0 leaves that to the project.
        name: of the study in its storage.
        storage: its URL.
        tracking: whether MLflow is told of the trials' runs.
    """

    settings: Sequence[str] = ()
    trials: int = 0
    timeout: float = 0.0
    workers: int = 0
    name: str = ""
    storage: str = ""
    tracking: bool = True


def search_file(file: Path, wanted: Wanted, order: Order) -> int:
    """Begin a study of a project file; return the exit status."""
    from engine.search import open_study

    project = apply(load(file), wanted.settings, Catalogue.load())
    for setting in ("trials", "timeout", "workers"):
        if value := getattr(wanted, setting):
            project = project.set(f"study.{setting}", value)
    check_device(order.device)
    study = order.home.new_study(project, name=wanted.name, storage=wanted.storage, folder=file.absolute().parent)
    try:
        handle = open_study(study)
    except ValueError:
        shutil.rmtree(study.path, ignore_errors=True)  # nothing was begun that could be gone on with
        raise
    return work(handle, wanted, order)


def resume_study(name: str, wanted: Wanted, order: Order) -> int:
    """Go on with a study of the workspace, with a larger budget if that is asked for."""
    from engine.search import open_study

    check_device(order.device)
    handle = open_study(order.home.find_study(name))
    handle.resume()
    if wanted.trials or wanted.timeout:
        handle.extend(trials=wanted.trials, timeout=wanted.timeout)
    return work(handle, wanted, order)


def join_study(name: str, wanted: Wanted, order: Order, *, folder: Path | None) -> int:
    """Work on a study that another machine began, by its storage."""
    from engine.search import join, open_study

    if not wanted.storage:
        raise ValueError("Say where the study is: --storage URL, as on the machine that began it.")
    check_device(order.device)
    return work(open_study(join(wanted.storage, name, workspace=order.home, folder=folder)), wanted, order)


def list_studies(order: Order) -> int:
    """Say which studies the workspace has."""
    from engine.search import open_study

    rows = []
    for folder in order.home.all_studies():
        try:
            handle = open_study(folder)
            rows.append({"study": folder.id, "state": handle.state(), "trials": counted(handle.trials()[1])})
        except (ValueError, OSError) as error:
            rows.append({"study": folder.id, "state": "unknown", "trials": {}, "trouble": str(error)})
    if order.json:
        say_json({"type": "studies", "studies": rows})
        return 0
    made = Table("study", "state", "trials")
    for row in rows:
        counts = row["trials"] if isinstance(row["trials"], dict) else {}
        words = ", ".join(f"{count} {state}" for state, count in counts.items())
        made.add_row(escape(str(row["study"])), str(row["state"]), escape(words or str(row.get("trouble", ""))))
    console.print(made if rows else "There are no studies in this workspace yet. Begin one: netloom search FILE")
    return 0


def work(handle: Handle, wanted: Wanted, order: Order) -> int:
    """Have workers train the study's trials, tell of them, and return the exit status."""
    from engine.search import Crew

    names = [one.name for one in handle.objectives]
    teller: Teller = (
        Lines(handle.folder, names) if order.json else Words(handle.folder, names, budget=handle.budget().most_trials)
    )
    workers = wanted.workers or handle.project.study.workers
    crew = Crew(
        workspace=order.home,
        folder=handle.folder,
        device=order.device,
        workers=workers,
        tracking=wanted.tracking,
    )
    with teller:
        well = _followed(handle, crew, teller)
    trials, best = everything(handle)
    state = handle.state()
    teller.conclude(state, trials, best)
    if reason := _reason(handle, crew, well=well):
        errors.print(reason)
    if not well:
        return 1
    return 0 if state == "finished" else 130


def everything(handle: Handle) -> tuple[list[Trial], list[Trial]]:
    """All trials, and the best of them."""
    trials = sorted(handle.trials()[1], key=lambda one: one.number)
    return trials, best_trials(trials, [one.goal for one in handle.objectives])


def _followed(handle: Handle, crew: Crew, teller: Teller) -> bool:
    """Tell of the study until its workers are done; whether they came to a good end.

    Ctrl+C, a terminal that is closed, or a polite end of this process tells the workers to end, which takes as long as
    a checkpoint.
    """
    from engine.search import supervise

    with ThreadPoolExecutor(1, "supervisor") as pool, _interrupted_by(signal.SIGTERM, HANGUP):
        working = pool.submit(supervise, crew)
        try:
            while not working.done():
                _tell(handle, teller)
                crew.ended.wait(LOOK)
        except KeyboardInterrupt:
            errors.print("Stopping, with a checkpoint of every trial that is in training.")
        finally:
            crew.ended.set()
        well = working.result()
    _tell(handle, teller)
    return well


@contextmanager
def _interrupted_by(*signals: signal.Signals | None) -> Iterator[None]:
    """Take these signals for Ctrl+C; only the main thread can."""
    wanted = [one for one in signals if one is not None] if current_thread() is main_thread() else []
    before = {one: signal.signal(one, signal.default_int_handler) for one in wanted}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _tell(handle: Handle, teller: Teller) -> None:
    from engine.search import is_trouble

    try:
        trials, best = everything(handle)
    except Exception as error:
        if not is_trouble(error):
            raise
        return  # the workers wait for the storage, and say so in their logs
    teller.tell(trials, best)


def _reason(handle: Handle, crew: Crew, *, well: bool) -> str:
    if not well:
        place = crew.workspace.logs / f"search-{handle.folder.id}-*.log"
        return f"Not every worker came to a good end. Their logs say why: {place}"
    return handle.message() if handle.state() != "finished" or handle.orders().trouble else ""
