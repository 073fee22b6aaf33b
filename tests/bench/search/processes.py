"""Searching in processes of its own, and what the study's storage says of it afterwards."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import sleep

import optuna
import psutil

from engine.runs import StudyFolder, Workspace
from engine.spec import Project

PATIENCE = 600
LOOK = 0.1


def by_hand(way: str, place: Path, trials: int) -> str:
    """Search by the script; the storage's URL."""
    url = f"sqlite:///{place / 'study.db'}"
    subprocess.run(
        [sys.executable, "-m", "tests.bench.search.hand", way, url, str(trials)], check=True, timeout=PATIENCE
    )
    return url


def ours(project: Project, place: Path, *, workers: int = 1, watch: Callable[[Sequence[int]], object] = len) -> str:
    """Search a project in a workspace of its own, tracked as ever; the storage's URL.

    `watch` is called ten times a second with the processes' ids.
    """
    home = Workspace(place / "workspace").prepare()
    study = home.new_study(project, name="search", folder=place)
    running = [_worker(home, study, number) for number in range(1, workers + 1)]
    try:
        while any(one.poll() is None for one in running):
            watch([one.pid for one in running])
            sleep(LOOK)
    finally:
        for one in running:
            one.kill()
            one.wait()
    assert all(one.returncode == 0 for one in running), _log(home, 1).read_text()
    _end_tracking(home)
    return study.storage


def trials(url: str) -> list[optuna.trial.FrozenTrial]:
    """What was tried and is over, in the order in which it ended."""
    study = optuna.load_study(study_name="search", storage=url)
    over = [one for one in study.get_trials(deepcopy=False) if one.datetime_complete is not None]
    return sorted(over, key=_end)


def seconds_each(url: str, *, warm: int = 5) -> float:
    """Seconds from the end of a trial to the end of the next, over all but the first: whatever lies between counts."""
    ends = [_end(one) for one in trials(url)]
    return (ends[-1] - ends[warm - 1]) / (len(ends) - warm)


def _end(trial: optuna.trial.FrozenTrial) -> float:
    assert trial.datetime_complete is not None
    return trial.datetime_complete.timestamp()


def _worker(home: Workspace, study: StudyFolder, number: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "engine.search", "--workspace", str(home.path), "--study", study.id]
    with _log(home, number).open("ab") as log:
        return subprocess.Popen([*command, "--device", "cpu", "--place", f"cpu-{number}"], stdout=log, stderr=log)


def _log(home: Workspace, number: int) -> Path:
    return home.logs / f"search-{number}.log"


def _end_tracking(home: Workspace) -> None:
    """End the follower: what it still has to tell would slow the next contestant down."""
    owner = home.process("track").path
    for process in psutil.process_iter(["cmdline"]):
        line = process.info["cmdline"] or []
        if "engine.track" in line and str(home.path) in line:
            process.kill()
            process.wait()
    owner.unlink(missing_ok=True)
