"""The follower as a process of its own, and an MLflow server that comes and goes."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import pytest

from engine.runs import RunFolder, Workspace, alive
from engine.track import start, tracking_uri, ui_command
from engine.track.follower import Follower
from engine.track.places import own_uri
from engine.track.record import Record
from tests.track.conftest import Tracked, epoch, finished, follow, started

Write = Callable[..., RunFolder]
Eventually = Callable[..., None]


@contextmanager
def server(database: Path, port: int) -> Iterator[None]:
    """MLflow's own server, over a SQLite file."""
    command = [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    stores = [
        "--backend-store-uri",
        f"sqlite:///{database}",
        "--artifacts-destination",
        str(database.parent / "served"),
    ]
    process = subprocess.Popen(
        [*command, *stores], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield
    finally:
        os.killpg(process.pid, 9)
        process.wait()


def answers(uri: str) -> bool:
    try:
        with urlopen(f"{uri}/health", timeout=1):
            return True
    except (URLError, OSError):
        return False


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def follower_of(workspace: Workspace) -> psutil.Process | None:
    """The process that follows a workspace."""
    owner = workspace.process("track").path
    text = owner.read_text() if alive(owner) else ""  # it is empty while it is being written
    return psutil.Process(json.loads(text)["pid"]) if text else None


@pytest.fixture
def stop(workspace: Workspace) -> Iterator[None]:
    """End the follower that a test started, and wait until it has."""
    yield
    if (process := follower_of(workspace)) is not None:
        process.terminate()
        process.wait(60)  # even its end gives way to whatever else runs
    assert not alive(workspace.process("track").path)


@pytest.mark.slow
@pytest.mark.usefixtures("stop")
def test_that_a_server_that_was_down_for_the_whole_run_gets_every_metric_once(
    workspace: Workspace, write: Write, eventually: Eventually, empty_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    uri = f"http://127.0.0.1:{port}"
    monkeypatch.setenv("MLFLOW_TRACKING_URI", uri)
    run = write(started(), *epoch(1))
    start(workspace)
    eventually(lambda: "does not answer" in Record.read(run).trouble, within=90)
    write(*epoch(2), finished(), run=run)
    database = workspace.path / "served.db"
    database.write_bytes(empty_database.read_bytes())
    with server(database, port):
        eventually(lambda: answers(uri), within=60)
        eventually(lambda: Record.read(run).up_to_date(run), within=60)
        tracked = Tracked(uri)
        assert tracked.history(run, "step/loss") == [(step, 1 / step) for step in range(1, 11)]
        assert tracked.history(run, "validation/accuracy") == [(5, 0.1), (10, 0.2)]
        assert tracked.run(run).info.status == "FINISHED"
        assert {one.path for one in tracked.client.list_artifacts(tracked.id(run))} >= {"project.json", "events.jsonl"}


@pytest.mark.slow
@pytest.mark.usefixtures("stop")
def test_that_a_workspace_has_one_follower_which_gives_way_to_training(
    workspace: Workspace, write: Write, eventually: Eventually, tracked: Tracked
) -> None:
    run = write(started(), *epoch(1), finished(5))
    assert start(workspace)
    eventually(lambda: follower_of(workspace) is not None, within=90)  # it gives way to whatever else runs
    assert not start(workspace)
    eventually(lambda: Record.read(run).up_to_date(run), within=60)
    assert tracked.history(run, "test/accuracy") == [(5, 0.9)]
    process = follower_of(workspace)
    assert process is not None
    assert process.nice() > 0
    group = Path(f"/proc/{process.pid}/autogroup")  # where sessions share the processor as groups
    assert not group.exists() or "nice 19" in group.read_text()


def test_that_the_follower_leaves_when_all_is_told(
    workspace: Workspace, write: Write, tracked: Tracked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.track.follower.LINGER", 0.0)
    run = write(started(), *epoch(1), finished(5))
    with workspace.process("track") as owner:
        assert Follower(workspace, own_uri(workspace), wait=lambda _: None).follow(owner)
    assert tracked.run(run).info.status == "FINISHED"


def test_that_a_silent_mlflow_is_asked_less_and_less_often_and_then_left(
    workspace: Workspace, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    clock = iter(range(0, 10**9, 3600))
    monkeypatch.setattr("engine.track.follower.time.monotonic", lambda: float(next(clock)))
    write(started(), finished(5))
    (workspace.path / "no-folder").write_text("")
    uri = f"sqlite:///{workspace.path / 'no-folder' / 'mlflow.db'}"
    monkeypatch.setenv("MLFLOW_TRACKING_URI", uri)
    with workspace.process("track") as owner:
        assert not Follower(workspace, uri, wait=waited.append).follow(owner)
    assert waited == sorted(waited)
    assert waited[-1] == 30.0


def test_that_the_variable_goes_before_the_setting_and_the_setting_before_the_own_file(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tracking_uri(workspace) == f"sqlite:///{workspace.database}"
    assert "mlflow ui --backend-store-uri" in ui_command(workspace)
    (workspace.path / "workspace.json").write_text('{"tracking_uri": "http://127.0.0.1:1"}')
    assert tracking_uri(workspace) == "http://127.0.0.1:1"
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://127.0.0.1:2")
    assert tracking_uri(workspace) == "http://127.0.0.1:2"
    assert ui_command(workspace) == "open http://127.0.0.1:2"


def test_that_nothing_is_written_outside_the_workspace(
    workspace: Workspace, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    write(started(), *epoch(1), finished(5))
    follow(workspace)
    assert list(elsewhere.iterdir()) == []
