"""Workers that die, are told to end or share a budget: no trial is lost, repeated or one too many."""

from __future__ import annotations

import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import optuna
import pytest

from engine.events import Checkpointed, Started
from engine.runs import RunFolder, StudyFolder, Workspace
from engine.search import join, open_study
from engine.search.attributes import Who
from engine.search.living import Silence
from engine.search.recovery import Recovery
from tests.search.making import ask_and_tell, is_in_the_midst, marked, processes, trials, turns, work
from tests.train.making import events

Eventually = Callable[..., None]
NOBODY = Who(place="cpu-1", home="", pid=0, started=0.0)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path).prepare()


def starts(workspace: Workspace, study: StudyFolder, number: int) -> list[int]:
    """The epochs from which the run of a trial was begun."""
    run = RunFolder(workspace.runs / trials(study)[number].runs[0])
    return [one.epoch for one in events(run, Started)]


def is_kept(workspace: Workspace, study: StudyFolder, number: int) -> bool:
    """Whether the run of a trial would go on from a checkpoint."""
    run = RunFolder(workspace.runs / trials(study)[number].runs[0])
    return any(not one.best for one in events(run, Checkpointed))


@pytest.mark.slow
@pytest.mark.timeout(300)  # processes that load PyTorch, on a machine that does much else
def test_that_killed_workers_cost_no_trial_and_the_one_in_training_goes_on_from_its_checkpoint(
    workspace: Workspace, eventually: Eventually
) -> None:
    study = workspace.new_study(marked(epochs=60))
    handle = open_study(study)
    with processes(workspace, study, ["cpu-1", "cpu-2"]) as workers:
        eventually(lambda: is_in_the_midst(handle, 2) and is_kept(workspace, study, 2), within=90)
        for one in workers:
            one.send_signal(signal.SIGKILL)
    before = {one.number: one for one in trials(study) if one.state == "finished"}
    assert handle.state() == "interrupted"
    work(workspace, study)
    after = {one.number: one for one in trials(study)}
    assert before.items() <= after.items()
    assert [one.state for one in after.values()] == ["finished"] * 3
    assert [len(one.reports) for one in after.values()] == [60] * 3
    assert len(list(workspace.all_runs())) == 3
    first, second = starts(workspace, study, 2)
    assert (first, second > 0) == (0, True)
    assert handle.state() == "finished"


def test_that_workers_of_one_folder_and_of_others_keep_exactly_to_the_budget(
    workspace: Workspace, tmp_path: Path
) -> None:
    storage = f"sqlite:///{tmp_path / 'shared.db'}"
    here = workspace.new_study(marked(study={"trials": 6}), storage=storage)
    open_study(here)
    away = join(storage, workspace=Workspace(tmp_path / "away").prepare())
    with ThreadPoolExecutor() as pool:
        begun = sum(pool.map(lambda folder: ask_and_tell(workspace, folder), [here, here, away, away]))
    assert begun == 6
    assert [one.state for one in trials(here) if one.state != "waiting"] == ["finished"] * 6


def test_that_whoever_begins_one_trial_too_many_at_the_same_time_stands_back(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = f"sqlite:///{tmp_path / 'shared.db'}"
    here = workspace.new_study(marked(study={"trials": 1}), storage=storage)
    one = turns(workspace, here)
    other = turns(workspace, join(storage, workspace=Workspace(tmp_path / "away").prepare()))
    handle = other.handle
    monkeypatch.setattr("engine.search.turns.lock_of", lambda folder: folder.path / "lock")  # as with a server
    asked = handle.study.ask

    def meanwhile() -> optuna.Trial:
        assert one.next().trial is not None
        return asked()

    monkeypatch.setattr(handle.study, "ask", meanwhile)
    assert other.next().trial is None
    assert sorted(found.state for found in trials(here)) == ["running", "waiting"]


def test_that_a_trial_whose_workers_die_again_and_again_fails_with_its_reason(workspace: Workspace) -> None:
    study = workspace.new_study(marked(study={"trials": 1, "retries": 1}))
    handle = open_study(study)
    for _ in range(2):  # begun by somebody who was never heard of again
        handle.study.ask()
        assert handle.state() == "interrupted"
        Recovery(handle, workspace, NOBODY, Silence()).look()
    [found] = trials(study)
    assert (found.state, "died 2 times" in found.message) == ("failed", True)
