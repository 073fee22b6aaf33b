"""Studies: made once, known again, worked through."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from engine.runs import RunFolder, Workspace
from engine.search import StudyError, join, open_study
from engine.search.limits import Checker
from engine.spec import Component, Search
from engine.spec.study import Objective
from plugins.tasks.classify import Classify
from tests.search.making import marked, trials, work


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "space").prepare()


def test_that_a_study_is_worked_through_and_each_trial_is_a_run_of_its_group(workspace: Workspace) -> None:
    study = workspace.new_study(marked())
    assert work(workspace, study) == "3 trials were tried."
    found = trials(study)
    runs = [RunFolder(workspace.runs / name) for one in found for name in one.runs]
    summaries = [run.summary() for run in runs]
    assert [one.state for one in found] == ["finished"] * 3
    assert [one.best["validation/accuracy"] for one in summaries] == [one.values[0] for one in found]
    assert {one.group for one in summaries} == {study.id}
    assert summaries[1].name == "wine · trial 1"
    assert found[0].parameters == {"training.optimizer.lr": 1e-3, "training.batch_size": 16}  # as it stands, first
    assert runs[2].project().training.batch_size == found[2].parameters["training.batch_size"]
    assert open_study(study).state() == "finished"


def test_that_a_finished_study_goes_on_when_it_is_extended_and_trains_nothing_twice(workspace: Workspace) -> None:
    study = workspace.new_study(marked(study={"trials": 1}))
    work(workspace, study)
    before = trials(study)
    open_study(study).extend(trials=2)
    work(workspace, study)
    after = trials(study)
    assert after[:1] == before
    assert len(after) == len(list(workspace.all_runs())) == 3


def test_that_a_study_tells_only_of_trials_that_changed(workspace: Workspace) -> None:
    study = workspace.new_study(marked(study={"trials": 2}))
    handle = open_study(study)
    revision, waiting = handle.trials()
    assert [one.state for one in waiting] == ["waiting"]
    assert handle.trials(revision) == (revision, [])
    work(workspace, study)
    later, changed = handle.trials(revision)
    assert [one.number for one in changed] == [0, 1]
    handle.delete_trial(0)
    assert [one.number for one in handle.trials()[1]] == [1]
    assert handle.trials(later)[0] > later
    handle.restore_trial(0)
    assert [one.number for one in sorted(handle.trials()[1], key=lambda one: one.number)] == [0, 1]


def test_that_a_paused_study_tries_nothing_until_it_is_resumed(workspace: Workspace) -> None:
    study = workspace.new_study(marked(study={"trials": 1}))
    handle = open_study(study)
    handle.pause()
    assert work(workspace, study) == "The study is paused."
    assert handle.state() == "paused"
    handle.resume()
    work(workspace, study)
    assert [one.state for one in trials(study)] == ["finished"]


def test_that_points_that_were_asked_for_are_tried_before_others(workspace: Workspace) -> None:
    study = workspace.new_study(marked(study={"trials": 1, "current_first": False}))
    open_study(study).enqueue({"training.batch_size": 64})
    work(workspace, study)
    assert trials(study)[0].parameters["training.batch_size"] == 64


def test_that_a_trial_over_seeds_is_worth_the_mean_of_its_runs(workspace: Workspace) -> None:
    study = workspace.new_study(marked(study={"trials": 1, "seeds": 2}))
    work(workspace, study)
    [found] = trials(study)
    runs = [RunFolder(workspace.runs / name) for name in found.runs]
    best = [run.summary().best["validation/accuracy"] for run in runs]
    assert [run.project().training.seed for run in runs] == [0, 1]
    assert found.values[0] == pytest.approx(sum(best) / 2)


def test_that_several_objectives_are_metrics_and_costs(workspace: Workspace) -> None:
    objectives = (Objective(), Objective(metric="parameters"))
    settings = {"trials": 2, "objectives": objectives, "sampler": Component(kind="TPE")}
    study = workspace.new_study(marked(study=settings))
    work(workspace, study)
    assert [(one.name, one.goal) for one in open_study(study).objectives] == [
        ("validation/accuracy", "max"),
        ("parameters", "min"),
    ]
    assert [one.values[1] for one in trials(study)] == [16 * 13 + 16 + 32 + 3 * 16 + 3] * 2


def test_that_a_metric_that_the_task_does_not_give_is_refused_with_those_there_are(workspace: Workspace) -> None:
    with pytest.raises(StudyError, match=r"'validation/beauty'.*validation/accuracy"):
        open_study(workspace.new_study(marked(study={"objectives": (Objective(metric="validation/beauty"),)})))


def test_that_a_metric_of_a_split_without_samples_ends_the_study_with_those_there_are(workspace: Workspace) -> None:
    project = marked(study={"objectives": (Objective(metric="test/accuracy"),)}).set("split.test", 0)
    study = workspace.new_study(project)
    said = work(workspace, study)
    assert "'test/accuracy'" in said
    assert "validation/accuracy" in said
    assert [one.state for one in trials(study)] == ["failed"]


def test_that_a_project_without_marks_cannot_be_searched(workspace: Workspace) -> None:
    project = marked()
    bare = project.set("training.optimizer.lr", 0.1).set("training.batch_size", 16)
    with pytest.raises(StudyError, match="Nothing is marked"):
        open_study(workspace.new_study(bare))


def test_that_trials_of_several_objectives_cannot_be_pruned(workspace: Workspace) -> None:
    settings = {"objectives": (Objective(), Objective(metric="seconds")), "pruner": Component(kind="Median")}
    with pytest.raises(StudyError, match="Choose the pruner Never"):
        open_study(workspace.new_study(marked(study=settings)))


def test_that_two_studies_on_one_storage_are_kept_apart(workspace: Workspace, tmp_path: Path) -> None:
    storage = f"sqlite:///{tmp_path / 'shared.db'}"
    one = workspace.new_study(marked(study={"trials": 1}), storage=storage)
    other = workspace.new_study(marked(study={"trials": 2}), storage=storage)
    for study in (one, other):
        work(workspace, study)
    assert [len(trials(study)) for study in (one, other)] == [1, 2]
    assert {trial.runs for trial in trials(one)}.isdisjoint(trial.runs for trial in trials(other))


def test_that_a_study_of_another_project_by_the_same_name_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    storage = f"sqlite:///{tmp_path / 'shared.db'}"
    open_study(workspace.new_study(marked(), name="mine", storage=storage))
    other = workspace.new_study(marked(epochs=7), name="mine", storage=storage)
    with pytest.raises(StudyError, match="'mine', of another project"):
        open_study(other)


@pytest.mark.parametrize("kind", ["sqlite", "journal"])
def test_that_another_workspace_joins_a_study_by_its_storage_alone(
    workspace: Workspace, tmp_path: Path, kind: str
) -> None:
    storage = f"{kind}:///{tmp_path / 'shared'}"
    study = workspace.new_study(marked(study={"trials": 2}), storage=storage)
    open_study(study)
    away = Workspace(tmp_path / "away").prepare()
    joined = join(storage, study.id, workspace=away)
    assert joined == join(storage, workspace=away)  # the only study there, joined already
    assert joined.id == study.id
    assert joined.project() == study.project()
    work(away, joined)
    assert [one.state for one in trials(study)] == ["finished"] * 2
    assert len(list(away.all_runs())) == 2


def test_that_joining_a_study_that_is_not_there_names_those_that_are(workspace: Workspace, tmp_path: Path) -> None:
    storage = f"sqlite:///{tmp_path / 'shared.db'}"
    open_study(workspace.new_study(marked(), name="mine", storage=storage))
    with pytest.raises(StudyError, match=r"There is no study 'yours'.*mine"):
        join(storage, "yours", workspace=workspace)


def test_that_a_password_is_not_told(workspace: Workspace) -> None:
    study = workspace.new_study(marked(), storage="postgresql+nodriver://me:secret@localhost/studies")
    with pytest.raises(StudyError) as refused:
        open_study(study)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["mysql://localhost/studies", "grpc://localhost:1"])
def test_that_a_storage_whose_package_is_missing_names_it(workspace: Workspace, url: str) -> None:
    module = "grpc" if url.startswith("grpc") else "MySQLdb"
    if importlib.util.find_spec(module):
        pytest.skip(f"{module} is installed here")
    with pytest.raises(StudyError, match="pip install"):
        open_study(workspace.new_study(marked(), storage=url))


def test_that_a_point_that_ran_out_of_memory_is_infeasible_and_never_tried_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = Search(choices=(16, 32, 64), value=64)
    study = workspace.new_study(marked(study={"trials": 2}).set("training.batch_size", large))
    handle, loss = open_study(study), Classify.loss
    handle.enqueue(handle.trials()[1][0].parameters)  # the very point that will run out
    times = iter(range(100))

    def greedy(self: Classify, *given: Any) -> Any:
        if next(times) == 0:
            raise MemoryError
        return loss(self, *given)

    monkeypatch.setattr(Classify, "loss", greedy)
    work(workspace, study)
    found = trials(study)
    assert [(one.state, len(one.runs)) for one in found[:2]] == [("infeasible", 1), ("infeasible", 0)]
    assert "memory" in found[1].message
    assert [one.parameters["training.batch_size"] < 64 for one in found if one.state == "finished"] == [True] * 2


def test_that_whatever_breaks_a_trial_fails_it_alone(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    check, times = Checker.check, iter(range(100))

    def fragile(self: Checker, *given: Any) -> Any:
        if next(times) == 0:
            raise RuntimeError("a layer broke")
        return check(self, *given)

    monkeypatch.setattr(Checker, "check", fragile)
    study = workspace.new_study(marked(study={"trials": 2}))
    work(workspace, study)
    found = trials(study)
    assert [one.state for one in found] == ["failed", "finished"]
    assert "a layer broke" in found[0].message


def test_that_a_choice_of_several_numbers_is_tried_as_such(workspace: Workspace) -> None:
    choices = ((0.9, 0.999), (0.8, 0.99))
    project = marked(study={"trials": 2}).set("training.optimizer.betas", Search(choices=choices))
    study = workspace.new_study(project)
    work(workspace, study)
    assert [tuple(one.parameters["training.optimizer.betas"]) in choices for one in trials(study)] == [True] * 2
    [run, _] = workspace.all_runs()
    assert run.project().training.optimizer.parameters["betas"] in choices
