"""What trials are judged by, and what is wrong with the settings of a study."""

from __future__ import annotations

import pytest

from engine.spec import (
    Catalogue,
    Column,
    Component,
    Facts,
    FrozenDict,
    Objective,
    Problem,
    Project,
    Search,
    goal_of,
    metric_of,
    metrics_of,
    study_problems,
)
from plugins.tasks.classify import Classify
from plugins.tasks.reconstruct import Reconstruct
from plugins.tasks.regress import Regress

CATALOGUE = Catalogue.load(["plugins.core", "plugins.tasks", "plugins.search"])
MARKED = Project().set("training.batch_size", Search(choices=(16, 32)))
DIVIDED = Facts(sizes=FrozenDict({"train": 90, "validation": 10, "test": 0}))


def told(project: Project, facts: Facts | None = None) -> list[Problem]:
    return list(study_problems(project, CATALOGUE, facts))


def judged(*metrics: str) -> Project:
    changed = MARKED.set("study.objectives", tuple(Objective(metric=one) for one in metrics))
    return changed.set("study.pruner", "Never") if len(metrics) > 1 else changed


def test_that_an_objective_is_what_the_task_watches_and_better_as_the_task_says() -> None:
    assert (metric_of(Objective(), Classify), goal_of(Objective(), Classify)) == ("validation/accuracy", "max")
    assert (metric_of(Objective(), Regress), goal_of(Objective(), Regress)) == ("validation/loss", "min")


@pytest.mark.parametrize(
    ("metric", "goal"),
    [("validation/macro_f1", "max"), ("test/accuracy", "max"), ("train/loss", "min"), ("parameters", "min")],
)
def test_that_the_better_way_of_every_metric_is_known(metric: str, goal: str) -> None:
    assert goal_of(Objective(metric=metric), Classify) == goal
    assert goal_of(Objective(metric=metric, goal="max"), Classify) == "max"


def test_that_metrics_are_those_of_the_data_and_its_splits() -> None:
    assert metrics_of(Classify(), DIVIDED)[:2] == ("validation/accuracy", "validation/loss")
    assert not any(one.startswith("test/") for one in metrics_of(Classify(), DIVIDED))
    features = Facts(columns=FrozenDict({"image": Column(name="image", kind="features")}))
    assert "validation/psnr" in metrics_of(Reconstruct())
    assert "validation/psnr" not in metrics_of(Reconstruct(), features)


@pytest.mark.parametrize("metric", ["validation/accuracy", "train/macro_f1", "memory", "seconds"])
def test_that_a_metric_that_there_is_is_no_problem(metric: str) -> None:
    assert told(judged(metric), DIVIDED) == []


@pytest.mark.parametrize("metric", ["validation/f1", "test/accuracy", "accuracy", "size"])
def test_that_a_metric_that_there_is_not_lists_those_that_there_are(metric: str) -> None:
    (problem,) = told(judged(metric), DIVIDED)
    assert f"'{metric}'" in problem.message
    assert "validation/accuracy, validation/loss, validation/macro_f1" in problem.message
    assert (problem.section, problem.parameter) == ("study", "objectives")


def test_that_a_search_needs_objectives_that_differ() -> None:
    assert "needs an objective" in told(judged())[0].message
    assert "Two objectives are 'validation/accuracy'" in told(judged("", "validation/accuracy"))[0].message


def test_that_several_objectives_cannot_be_pruned_and_one_click_mends_it() -> None:
    project = MARKED.set("study.objectives", (Objective(), Objective(metric="parameters")))
    (problem,) = told(project)
    assert problem.mend is not None
    assert not told(project.set(*next(iter(problem.mend.settings.items()))))


def test_that_a_sampler_or_pruner_that_cannot_be_made_is_told_of_by_its_parameter() -> None:
    project = MARKED.set("study.sampler", Component(kind="TPE", parameters=FrozenDict({"startup": 0})))
    assert [one.parameter for one in told(project.set("study.pruner", "Gone"))] == ["sampler.startup", "pruner"]


def test_that_a_budget_without_an_end_is_a_warning() -> None:
    (problem,) = told(MARKED.set("study.trials", 0))
    assert (problem.severity, problem.parameter) == ("warning", "trials")


def test_that_a_sampler_is_held_against_the_marks_that_there_are() -> None:
    cma = Project().set("study.sampler", "CmaEs")
    assert told(cma) == []
    (problem,) = told(cma.set("training.batch_size", Search(choices=(16, 32))))
    assert "two ranges at least" in problem.message
