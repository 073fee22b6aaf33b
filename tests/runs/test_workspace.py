"""Run folders, the queue and who holds what."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from engine.events import Ended, Metrics, Pause, Paused, Started, Steps
from engine.runs import Owner, TakenError, Workspace, WorkspaceError, alive, append
from engine.spec import Project


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "space").prepare()


def started(step: int = 0) -> Started:
    return Started(device="cpu", pid=1, host="here", epochs=2, steps_per_epoch=5, step=step, epoch=step // 5)


def test_that_a_run_keeps_the_very_project_it_was_made_from(workspace: Workspace) -> None:
    project = Project(name="Mine").set("training.epochs", 3)
    assert workspace.new_run(project).project() == project


def test_that_runs_are_taken_in_the_order_they_were_queued_and_once(workspace: Workspace) -> None:
    runs = [workspace.new_run(Project(name=name)) for name in "abc"]
    for run in runs:
        workspace.enqueue(run, "cpu")
    assert workspace.waiting() == runs
    assert [workspace.take("cpu") for _ in range(4)] == [*runs, None]


def test_that_a_worker_takes_only_what_was_queued_for_its_device(workspace: Workspace) -> None:
    run = workspace.new_run(Project())
    workspace.enqueue(run, "cuda:1")
    assert workspace.take("cuda:0") is None
    assert workspace.take("cuda:1") == run


def test_that_a_withdrawn_run_is_stopped_and_not_taken(workspace: Workspace) -> None:
    run = workspace.new_run(Project())
    workspace.enqueue(run, "cpu")
    assert workspace.withdraw(run)
    assert workspace.take("cpu") is None
    assert run.summary().state == "stopped"
    assert not workspace.withdraw(run)


def test_that_a_run_whose_owner_died_is_interrupted(workspace: Workspace) -> None:
    run = workspace.new_run(Project())
    with run.owner:
        run.journal().write(started(), Steps(first=1, values={"loss": [1.0, 0.5]}))
        assert run.summary().state == "running"
    assert run.summary().state == "interrupted"
    assert run.summary().step == 2


def test_that_a_resumed_run_counts_from_the_checkpoint_and_remembers_its_first_start(workspace: Workspace) -> None:
    run = workspace.new_run(Project())
    run.journal().write(
        started(), Steps(first=1, values={"loss": [1.0] * 7}), Ended(outcome="interrupted"), started(step=5)
    )
    with run.owner:
        summary = run.summary()
    assert (summary.state, summary.step, summary.attempts) == ("running", 5, 2)


def test_that_best_follows_the_watched_metric_and_last_the_newest(workspace: Workspace) -> None:
    run = workspace.new_run(Project())
    losses = [0.9, 0.4, float("nan"), 0.6]
    run.journal().write(
        started(), *(Metrics(epoch=n, step=5 * n, values={"validation/loss": x}) for n, x in enumerate(losses, 1))
    )
    summary = run.summary()
    assert (summary.best_epoch, summary.best["validation/loss"], summary.last["validation/loss"]) == (2, 0.4, 0.6)


def test_that_pausing_shows_and_controls_reach_the_owner(workspace: Workspace) -> None:
    run = workspace.new_run(Project())
    run.control(Pause(time=1.0))
    assert json.loads(run.controls.read_text())["type"] == "pause"
    with run.owner:
        run.journal().write(started(), Paused(step=1))
        assert run.summary().state == "paused"


@pytest.mark.parametrize("part", ["last", "whole", "head", "tail"])
def test_that_a_run_is_found_by_its_id_or_part_of_it(workspace: Workspace, part: str) -> None:
    run = workspace.new_run(Project(name="x"))
    name = {"last": "last", "whole": run.id, "head": run.id[:20], "tail": run.id[-4:]}[part]
    assert workspace.find_run(name) == run


def test_that_an_unknown_or_ambiguous_run_is_said_to_be_so(workspace: Workspace) -> None:
    workspace.new_run(Project(name="x"))
    workspace.new_run(Project(name="x"))
    with pytest.raises(WorkspaceError, match="There is no run"):
        workspace.find_run("zebra")
    with pytest.raises(WorkspaceError, match="any of 2 runs"):
        workspace.find_run("2")


def test_that_a_workspace_that_cannot_be_written_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError, match="Choose another folder"):
        Workspace(tmp_path / "file").prepare()


def test_that_a_full_disk_leaves_no_half_run(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.spec.files.os.fsync", full)
    with pytest.raises(WorkspaceError, match="No space left"):
        workspace.new_run(Project())
    assert list(workspace.runs.iterdir()) == []


def test_that_one_living_process_holds_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "owner"
    with Owner(path):
        assert alive(path)
        with pytest.raises(TakenError, match="held by process"):
            Owner(path).claim()
    assert not alive(path)


def test_that_a_killed_owner_is_seen_as_dead_at_once_and_can_be_followed(tmp_path: Path) -> None:
    path = tmp_path / "owner"
    code = (
        "from engine.runs import Owner; from pathlib import Path;"
        f"Owner(Path({str(path)!r})).claim(); print('held', flush=True); input()"
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdin is not None
    child.stdout.readline()
    assert alive(path)
    child.kill()
    child.wait()
    child.stdout.close()
    child.stdin.close()
    assert not alive(path)
    with Owner(path):
        assert alive(path)


def test_that_of_two_epochs_with_equal_accuracy_the_one_with_the_lower_loss_is_best(workspace: Workspace) -> None:
    run = workspace.new_run(Project())
    watch = replace(started(), watch="validation/accuracy", goal="max")
    epochs = [(0.9, 0.5), (1.0, 0.4), (1.0, 0.1), (1.0, 0.2)]
    values = [{"validation/accuracy": accuracy, "validation/loss": loss} for accuracy, loss in epochs]
    run.journal().write(watch, *(Metrics(epoch=n, step=5 * n, values=one) for n, one in enumerate(values, 1)))
    assert run.summary().best_epoch == 3


def test_that_the_trend_of_a_long_run_is_thinned_evenly_and_forgets_what_a_resume_takes_back(
    workspace: Workspace,
) -> None:
    run = workspace.new_run(Project(name="Long"))
    epochs = [Metrics(epoch=one, step=5 * one, values={"validation/loss": float(one)}) for one in range(1, 201)]
    append(run.events, started(), *epochs)
    summary = run.summary()
    assert summary.trend == [float(one) for one in range(4, 201, 4)]
    assert summary.trend_every == 4

    append(run.events, started(step=500), *epochs[100:104])
    assert run.summary().trend[-2:] == [100.0, 104.0]
