"""A study while it runs: orders that reach a trial in training, pruning, and a storage that is gone for a while."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.events import Started
from engine.runs import RunFolder, StudyFolder, Workspace
from engine.search import Handle, open_study
from engine.search.attributes import RUNS
from engine.search.worker import Worker
from engine.spec import Component
from engine.train import train_run
from tests.search.making import is_in_the_midst, marked, trials, work
from tests.train.making import events

Eventually = Callable[..., None]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path).prepare()


@contextmanager
def working(workspace: Workspace, study: StudyFolder, eventually: Eventually) -> Iterator[tuple[Handle, Future[str]]]:
    """Have a study worked on beside the test, once its first trial is in the midst of its epochs."""
    handle = open_study(study)
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(work, workspace, study)
        eventually(lambda: working.done() or is_in_the_midst(handle, 0), within=60)
        yield handle, working


def run_of(workspace: Workspace, handle: Handle) -> RunFolder:
    return RunFolder(workspace.runs / handle.trials()[1][0].runs[0])


def test_that_a_pause_lets_the_trial_in_training_wait_and_it_goes_on_from_there(
    workspace: Workspace, eventually: Eventually, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.search.watch.LOOK", 0.05)
    study = workspace.new_study(marked(epochs=60, study={"trials": 1}))
    with working(workspace, study, eventually) as (handle, worker):
        handle.pause()
        assert worker.result() == "The study is paused."
    assert [one.state for one in trials(study)] == ["waiting"]
    handle.resume()
    work(workspace, study)
    [found] = trials(study)
    first, second = events(RunFolder(workspace.runs / found.runs[0]), Started)
    assert (found.state, len(found.reports)) == ("finished", 60)
    assert (first.epoch, second.step > 0) == (0, True)


def test_that_a_worker_that_is_told_to_end_leaves_its_trial_to_the_next(
    workspace: Workspace, eventually: Eventually
) -> None:
    study = workspace.new_study(marked(epochs=60, study={"trials": 1}))
    worker = Worker(workspace, study, "cpu", place="cpu-1", tracking=False)
    handle = open_study(study)
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(worker.work)
        eventually(lambda: working.done() or is_in_the_midst(handle, 0), within=60)
        worker.end()  # as SIGTERM does
        assert working.result() == ""
    assert [one.state for one in trials(study)] == ["waiting"]
    assert handle.state() == "interrupted"
    work(workspace, study)
    assert [(one.state, len(one.reports)) for one in trials(study)] == [("finished", 60)]


def test_that_a_trial_that_is_stopped_counts_for_nothing_and_another_takes_its_place(
    workspace: Workspace, eventually: Eventually, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.search.watch.LOOK", 0.05)
    study = workspace.new_study(marked(epochs=60, study={"trials": 1}))
    with working(workspace, study, eventually) as (handle, _):
        handle.stop_trial(0)
    assert [one.state for one in trials(study)] == ["stopped", "finished"]


def test_that_a_trial_that_falls_behind_is_pruned_and_its_run_says_so(workspace: Workspace) -> None:
    pruner = Component(kind="Threshold", parameters={"lower": 2.0})  # no accuracy is that good
    study = workspace.new_study(marked(epochs=3, study={"trials": 1, "pruner": pruner}))
    work(workspace, study)
    [found] = trials(study)
    summary = RunFolder(workspace.runs / found.runs[0]).summary()
    assert (found.state, summary.state, summary.epoch) == ("pruned", "pruned", 1)
    assert found.message == summary.message
    assert "Pruned after epoch 1" in found.message


def test_that_a_storage_that_refuses_costs_no_trial(
    workspace: Workspace, eventually: Eventually, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.search.storage.BUSY", 0.05)
    study = workspace.new_study(marked(epochs=60, study={"trials": 2}))
    with working(workspace, study, eventually) as (handle, worker):
        run = run_of(workspace, handle)
        eventually(lambda: run.summary().epoch, within=60)  # a trial that is not in training yet would wait with us
        other = sqlite3.connect(study.path / "trials.db", timeout=30)
        other.execute("BEGIN IMMEDIATE")  # nobody else may write
        try:
            eventually(lambda: run.summary().state == "finished", within=60)
            assert not worker.done()
        finally:
            other.rollback()
            other.close()
    found = trials(study)
    assert [one.state for one in found] == ["finished"] * 2
    assert len(found[0].reports) < 60
    assert found[0].values[0] == run.summary().best["validation/accuracy"]


def test_that_a_dead_worker_s_trial_that_was_trained_to_its_end_is_only_told(workspace: Workspace) -> None:
    study = workspace.new_study(marked(study={"trials": 1}))
    trial = open_study(study).study.ask()  # by a worker that dies between the last epoch and telling
    run = made(workspace, study, "")
    train_run(run, "cpu")
    trial.set_user_attr(RUNS, [run.id])
    work(workspace, study)
    [found] = trials(study)
    assert (found.state, found.runs) == ("finished", (run.id,))
    assert len(events(run, Started)) == 1


def test_that_a_run_that_a_dead_worker_made_and_did_not_name_is_the_trial_s(workspace: Workspace) -> None:
    study = workspace.new_study(marked(study={"trials": 1}))
    open_study(study).study.ask()
    run = made(workspace, study, "wine · trial 0")
    work(workspace, study)
    assert [one.runs for one in trials(study)] == [(run.id,)]


def made(workspace: Workspace, study: StudyFolder, name: str) -> RunFolder:
    """A run of the point that stands in the project."""
    project = marked().set("training.optimizer.lr", 1e-3).set("training.batch_size", 16)
    return workspace.new_run(project, device="cpu", name=name, group=study.id)
