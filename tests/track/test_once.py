"""Every metric arrives once, whatever happens between."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from engine.events import Ended, Steps
from engine.runs import RunFolder, Workspace
from engine.track.follower import Follower
from engine.track.places import own_uri
from engine.track.record import FILE, Record
from tests.track.conftest import Tracked, epoch, finished, follow, started

Write = Callable[..., RunFolder]
WHOLE = [(step, 1 / step) for step in range(1, 11)]


def test_that_a_follower_killed_before_it_could_write_down_sends_nothing_twice(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    run = write(started(), *epoch(1))
    with run.owner:
        follow(workspace)
        before = (run.path / FILE).read_text()
        write(*epoch(2), finished(), run=run)
        follow(workspace)
        (run.path / FILE).write_text(before)  # as if killed between MLflow's answer and the record
        follow(workspace)
    assert tracked.history(run, "step/loss") == WHOLE
    assert tracked.history(run, "validation/accuracy") == [(5, 0.1), (10, 0.2)]


def test_that_a_follower_that_forgot_everything_finds_the_run_again(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    run = write(started(), *epoch(1), *epoch(2), finished())
    follow(workspace)
    first = tracked.id(run)
    (run.path / FILE).unlink()
    follow(workspace)
    assert tracked.id(run) == first
    assert len(tracked.runs()) == 1
    assert tracked.history(run, "step/loss") == WHOLE


def test_that_steps_seen_again_after_a_resume_are_not_sent_twice(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    run = write(started(), *epoch(1), Steps(first=6, values={"loss": [1 / 6, 1 / 7]}))
    follow(workspace)
    assert tracked.run(run).info.status == "KILLED"
    again = epoch(2)
    write(started(step=5), *again, run=run)
    with run.owner:
        follow(workspace)
        assert tracked.run(run).info.status == "RUNNING"
    write(finished(), run=run)
    follow(workspace)
    assert tracked.history(run, "step/loss") == WHOLE
    assert tracked.run(run).info.status == "FINISHED"
    assert tracked.run(run).data.tags["netloom.state"] == "finished"


def test_that_a_message_of_an_earlier_attempt_does_not_outlive_it(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    run = write(started(), Ended(outcome="failed", message="The loss is not a number any more."))
    follow(workspace)
    write(started(), *epoch(1), finished(5), run=run)
    follow(workspace)
    assert tracked.run(run).data.tags["netloom.message"] == ""


def test_that_a_locked_database_is_waited_for(
    workspace: Workspace, write: Write, tracked: Tracked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.track.follower.LOCKED", 0.2)
    run = write(started(), *epoch(1))
    follower = Follower(workspace, own_uri(workspace))
    with run.owner:
        assert follower.look()
        write(*epoch(2), finished(), run=run)
        with closing(sqlite3.connect(workspace.database)) as other:
            other.execute("BEGIN EXCLUSIVE")
            assert not follower.look()
            assert "locked" in Record.read(run).trouble
            other.rollback()
        assert follower.look()
    assert tracked.history(run, "step/loss") == WHOLE
    assert Record.read(run).trouble == ""


def test_that_a_store_that_lost_the_run_is_told_all_of_it_again(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    run = write(started(), *epoch(1))
    with run.owner:
        follow(workspace)
        tracked.client.delete_run(tracked.id(run))
        with closing(sqlite3.connect(workspace.database)) as database:
            database.execute("PRAGMA foreign_keys = OFF")
            for table in ("metrics", "latest_metrics", "params", "tags", "runs"):
                database.execute(f"DELETE FROM {table}")
            database.commit()
        write(*epoch(2), finished(), run=run)
        follow(workspace)
    assert tracked.history(run, "step/loss") == WHOLE


def test_that_a_run_deleted_in_mlflow_is_left_alone_and_holds_up_no_other(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    deleted = write(started(), *epoch(1))
    with deleted.owner:
        follow(workspace)
        tracked.client.delete_run(tracked.id(deleted))
        write(*epoch(2), finished(), run=deleted)
        other = write(started(), *epoch(1), finished(5))
        assert follow(workspace)
    assert tracked.run(other).info.status == "FINISHED"
    assert "deleted in MLflow" in Record.read(deleted).trouble
    assert tracked.client.get_run(tracked.id(deleted)).info.lifecycle_stage == "deleted"


def test_that_runs_of_a_deleted_experiment_find_another_home(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    first = write(started(), finished(5))
    follow(workspace)
    tracked.client.delete_experiment(tracked.run(first).info.experiment_id)
    second = write(started(), finished(5))
    assert follow(workspace)
    experiment = tracked.client.get_experiment(tracked.run(second).info.experiment_id)
    assert experiment.name == "Flowers (2)"


def test_that_a_run_deleted_from_the_workspace_holds_up_no_other(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    gone, kept = write(started(), *epoch(1)), write(started(), *epoch(1))
    follower = Follower(workspace, own_uri(workspace))
    with gone.owner, kept.owner:
        follower.look()
        shutil.rmtree(gone.path)
        write(finished(5), run=kept)
        assert follower.look()
    assert tracked.run(kept).info.status == "FINISHED"
