"""Workers: processes that train what waits, and whose death costs nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import torch

from engine.events import Checkpointed, Started, Steps
from engine.runs import RunFolder, Workspace
from engine.train import train_run
from engine.worker import Worker
from tests.train.making import events, wine

Eventually = Callable[..., None]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path).prepare()


def queued(workspace: Workspace, **training: object) -> RunFolder:
    run = workspace.new_run(wine(**training), device="cpu")
    workspace.enqueue(run, "cpu")
    return run


@contextmanager
def worker(workspace: Workspace, *, linger: float = 0) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "engine.worker", "--workspace", str(workspace.path), "--device", "cpu"]
    with (workspace.path / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--linger", str(linger), "--no-tracking"], stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_that_a_worker_trains_what_waits_in_turn_and_then_leaves(workspace: Workspace) -> None:
    first, second = queued(workspace), queued(workspace)
    with worker(workspace) as process:
        assert process.wait(timeout=60) == 0
    assert [run.summary().state for run in (first, second)] == ["finished", "finished"]
    [one], [other] = events(first, Started), events(second, Started)
    assert one.pid == other.pid
    assert one.time < other.time


def test_that_a_second_worker_for_a_device_leaves_at_once(workspace: Workspace, eventually: Eventually) -> None:
    with worker(workspace, linger=60):
        eventually(workspace.process("worker-cpu").path.exists, within=30)
        with worker(workspace) as second:
            assert second.wait(timeout=30) == 0


def test_that_a_run_that_cannot_be_trained_stops_no_other(workspace: Workspace) -> None:
    broken, sound = queued(workspace), queued(workspace)
    (broken.path / "project.json").write_text("no project")
    Worker(workspace, "cpu", linger=0.2, tracking=False).serve()
    assert [run.summary().state for run in (broken, sound)] == ["failed", "finished"]


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_that_a_run_killed_in_mid_epoch_resumes_to_equal_weights(workspace: Workspace, eventually: Eventually) -> None:
    settings = {"epochs": 12, "batch_size": 2, "checkpoint_every": 0.05, "schedule": "OneCycleLR"}
    killed, straight = queued(workspace, **settings), workspace.new_run(wine(**settings), device="cpu")
    with worker(workspace) as process:
        eventually(lambda: any(one.epoch and not one.best for one in events(killed, Checkpointed)), within=90)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert killed.summary().state == "interrupted"
    steps = events(killed, Steps)[-1].last
    workspace.enqueue(killed, "cpu")
    with worker(workspace) as process:
        assert process.wait(timeout=200) == 0
    assert 0 < events(killed, Started)[1].step <= steps
    train_run(straight, "cpu")
    one, other = (torch.load(run.checkpoints / "last.pt", weights_only=True)["model"] for run in (killed, straight))
    assert all(torch.equal(one[name], other[name]) for name in one)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGTERM")
def test_that_a_worker_told_to_end_interrupts_its_run_with_a_checkpoint(
    workspace: Workspace, eventually: Eventually
) -> None:
    run = queued(workspace, epochs=100_000)
    with worker(workspace, linger=60) as process:
        eventually(lambda: events(run, Steps), within=60)
        process.terminate()
        assert process.wait(timeout=10) == 0
    summary = run.summary()
    assert summary.state == "interrupted"
    assert events(run, Checkpointed)[-1].step == summary.step


@pytest.mark.slow
def test_that_memory_does_not_grow_with_the_number_of_runs(workspace: Workspace) -> None:
    def train(count: int) -> int:
        for _ in range(count):
            queued(workspace, epochs=1)
        Worker(workspace, "cpu", linger=0, tracking=False).serve()
        return int(psutil.Process().memory_info().rss)

    before = train(8)
    assert train(16) - before < 16 << 20
