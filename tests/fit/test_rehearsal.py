"""Steps taken without numbers, held against real ones."""

from pathlib import Path
from typing import Any

import psutil
import pytest
import torch

from engine.fit.meter import tensors_at_peak
from engine.fit.rehearsal import Rehearsal, rehearse
from engine.fit.trial import Trial
from engine.service.sources import Sources
from engine.spec import Catalogue, Component, Facts, Project
from engine.train.loop import step
from tests.train.making import chain, digits, wine

CATALOGUE = Catalogue.load()
SOURCES = Sources(CATALOGUE)


def facts_of(project: Project) -> Facts:
    return SOURCES.facts(project, Path("/"))


def rehearsed(project: Project, **options: Any) -> Rehearsal:
    return rehearse(project, CATALOGUE, facts_of(project), **options)


def measured(project: Project, batch: int) -> int:
    """What PyTorch's allocator hands out in the third step."""
    facts = facts_of(project)
    trial = Trial(
        project=project, catalogue=CATALOGUE, facts=facts, device=torch.device("cpu"), tell=lambda what, done: None
    )
    learner = trial.learner()
    batches = [learner.network.laid_out(trial.samples(batch)) for _ in range(project.training.accumulate)]
    for _ in range(2):
        step(learner, batches)
    return tensors_at_peak(lambda: step(learner, batches))


@pytest.mark.parametrize(
    ("project", "batch"),
    [
        (wine(), 64),
        (wine(optimizer=Component(kind="SGD", parameters={"momentum": 0.9})), 4),
        (wine(gradient_clip=1.0, accumulate=3), 32),
        (wine(optimizer=Component(kind="RMSprop")), 2),
        (digits(), 256),
        (digits(precision="bfloat16"), 256),
    ],
    ids=["mlp", "momentum", "accumulated", "not fused", "cnn", "bfloat16"],
)
def test_that_a_step_takes_the_memory_that_was_foretold(project: Project, batch: int) -> None:
    found = measured(project, batch)
    assert rehearsed(project).step.at(batch) == pytest.approx(found, rel=0.1)


@pytest.mark.parametrize(
    ("optimizer", "copies"),
    [
        (Component(kind="SGD"), 0),
        (Component(kind="SGD", parameters={"momentum": 0.9}), 1),
        (Component(kind="Adam"), 2),
        (Component(kind="AdamW", parameters={"amsgrad": True}), 3),
    ],
)
def test_that_an_optimizer_remembers_as_many_numbers_of_each_weight_as_it_does(
    optimizer: Component, copies: int
) -> None:
    found = rehearsed(wine(optimizer=optimizer))
    learned = found.weights - (2 * 16 * 4 + 8)  # BatchNorm's running mean, variance and count
    assert found.optimizer == pytest.approx(copies * learned, abs=64)  # and a step count for each


def test_that_a_network_larger_than_the_memory_is_rehearsed_without_taking_any() -> None:
    wide = ("Linear", {"out_features": 100_000})
    network = chain(("Input", {"column": "features"}), wide, wide, ("Linear", {"out_features": 3}), ("Output", {}))
    before = psutil.Process().memory_info().rss
    found = rehearsed(wine().with_network("model", network))
    assert found.weights > 40e9
    assert psutil.Process().memory_info().rss - before < 100e6


def test_that_a_rehearsal_ends_when_somebody_asks_something_newer() -> None:
    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        rehearsed(wine(), between=stop)


def test_that_a_rehearsal_leaves_nothing_fake_behind() -> None:
    project = wine().set("task.class_weights", "balanced")
    rehearsed(project)
    assert measured(project, 8) > 0  # weights of the classes kept from the rehearsal would be no numbers


def test_that_evaluating_keeps_less_than_training() -> None:
    found = rehearsed(digits())
    assert 0 < found.evaluation.at(64) < found.step.at(64)
