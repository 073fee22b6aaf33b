"""Starting runs: what is written, and the worker that comes for it."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest
from pytestqt.qtbot import QtBot

from engine.events import Continue, Pause, Stop
from engine.runs import Tail, Workspace
from engine.spec import Project
from studio.launcher import Launcher

pytestmark = pytest.mark.usefixtures("qapp")

TAKES = """
import sys, time
from pathlib import Path
from engine.runs import Workspace
workspace, device = Workspace(Path(sys.argv[2])), sys.argv[4]
with workspace.process(f"worker-{device}"):
    while workspace.take(device) is None:
        time.sleep(0.01)
    Path(sys.argv[2], "took").touch()
    time.sleep(float(Path(sys.argv[2], "stay").read_text()) if Path(sys.argv[2], "stay").exists() else 0)
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "w").prepare()


@pytest.fixture
def launch(qtbot: QtBot, workspace: Workspace) -> Iterator[Callable[[str], Launcher]]:
    made: list[Launcher] = []

    def launcher(script: str) -> Launcher:
        made.append(Launcher(workspace, [sys.executable, "-c", script]))
        return made[-1]

    yield launcher
    for one in made:
        one.close()


def test_that_a_worker_of_its_own_takes_the_run(
    qtbot: QtBot, workspace: Workspace, launch: Any, tmp_path: Path
) -> None:
    launcher = launch(TAKES)
    run = launcher.train(Project(name="Digits"), folder=tmp_path, device="cpu")
    qtbot.waitUntil((workspace.path / "took").exists, timeout=20_000)
    assert workspace.waiting() == []
    assert workspace.find_run(run).project().name == "Digits"
    assert workspace.find_run(run).request()["folder"] == str(tmp_path)
    children = psutil.Process().children()
    living = [one for one in children if one.status() != psutil.STATUS_ZOMBIE]
    assert not [child for child in living if "-c" in child.cmdline()], "a worker must outlive its window"


def test_that_two_queued_runs_have_one_worker(qtbot: QtBot, workspace: Workspace, launch: Any, tmp_path: Path) -> None:
    launcher = launch("import sys, time; open(sys.argv[2] + '/started', 'a').write('x'); time.sleep(1)")
    launcher.start()
    for _ in range(2):
        launcher.train(Project(), folder=tmp_path, device="cpu")
    qtbot.waitUntil((workspace.path / "started").exists, timeout=20_000)
    launcher.check()
    assert (workspace.path / "started").read_text() == "x"


def test_that_a_worker_that_cannot_start_is_given_up_with_the_place_of_its_log(
    qtbot: QtBot, workspace: Workspace, launch: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.launcher.CHECK", 50)
    launcher = launch("raise SystemExit('no torch here')")
    launcher.start()
    with qtbot.waitSignal(launcher.failed, timeout=30_000) as told:
        launcher.train(Project(), folder=tmp_path, device="cpu")
    log = launcher.log("cpu")
    assert str(log) in told.args[0]
    assert "no torch here" in log.read_text()


def test_that_orders_are_written_where_the_worker_reads_them(workspace: Workspace, launch: Any) -> None:
    run = workspace.new_run(Project())
    launcher = launch("")
    launcher.pause(run.id)
    launcher.proceed(run.id)
    launcher.stop(run.id)
    assert [type(order) for order in Tail(run.controls).read()] == [Pause, Continue, Stop]


def test_that_stopping_a_waiting_run_takes_it_out_of_the_queue(workspace: Workspace, launch: Any) -> None:
    run = workspace.new_run(Project())
    workspace.enqueue(run, "cpu")
    launch("").stop(run.id)
    assert workspace.waiting() == []
    assert run.summary().state == "stopped"
    assert not run.controls.exists()


def test_that_one_process_at_a_time_tells_mlflow_however_many_runs_were_interrupted(
    launch: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[list[str]] = []
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as telling:

        def begin(_program: str, arguments: list[str], _folder: str) -> tuple[bool, int]:
            begun.append(arguments)
            return True, telling.pid

        monkeypatch.setattr("studio.processes.QProcess", SimpleNamespace(startDetached=begin))
        launcher = launch("")
        for _ in range(5):
            launcher.catch_up()
        launcher.check()
        assert len(begun) == 1
        telling.communicate(b"\n")
    for _ in range(3):
        launcher.check()
    assert len(begun) == 2
