"""Real data: each dataset's reference result, reached through a run folder as a user's run would."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.runs import Summary, Workspace
from engine.spec import Project, read_project
from engine.train import train_run
from tests.real import drawings

EXAMPLES = Path(__file__).parents[2] / "assets" / "examples"
long = pytest.mark.skipif(not os.environ.get("NETLOOM_LONG"), reason="takes minutes; set NETLOOM_LONG=1 to run it")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def trained(tmp_path: Path) -> Callable[[Project], Summary]:
    """Train a project to its end and give the run's summary."""

    def train(project: Project) -> Summary:
        run = Workspace(tmp_path / "space").prepare().new_run(project, device="cpu")
        train_run(run, "cpu")
        summary = run.summary()
        assert summary.state == "finished", summary.message
        return summary

    return train


def example(name: str) -> Project:
    return read_project(EXAMPLES / f"{name}.netloom")


def test_that_the_digits_example_reads_97_of_100(trained: Callable[[Project], Summary]) -> None:
    assert trained(example("digits-cnn")).last["test/accuracy"] >= 0.97


def test_that_the_breast_cancer_example_is_right_in_95_of_100(trained: Callable[[Project], Summary]) -> None:
    assert trained(example("breast-cancer-mlp")).last["test/accuracy"] >= 0.95


def test_that_the_diabetes_example_explains_more_than_guessing_the_mean(trained: Callable[[Project], Summary]) -> None:
    assert trained(example("diabetes-mlp")).last["test/r2"] >= 0.4


@long
def test_that_fashion_mnist_is_told_apart_in_88_of_100(
    trained: Callable[[Project], Summary], shared_data: Callable[[str], Path]
) -> None:
    assert trained(drawings.fashion_mnist(shared_data("fashion_mnist_10k"))).last["test/accuracy"] >= 0.88


def test_that_mnist_in_folders_is_read_in_95_of_100(
    trained: Callable[[Project], Summary], shared_data: Callable[[str], Path]
) -> None:
    assert trained(drawings.mnist_png(shared_data("mnist_png_2500"))).last["test/accuracy"] >= 0.95


def test_that_california_housing_is_estimated_within_54_000_dollars(
    trained: Callable[[Project], Summary], shared_data: Callable[[str], Path]
) -> None:
    file = shared_data("california_housing") / "housing.csv"
    assert trained(drawings.california_housing(file)).last["test/rmse"] <= 54_000


def test_that_penguins_are_told_apart_in_97_of_100(
    trained: Callable[[Project], Summary], shared_data: Callable[[str], Path]
) -> None:
    assert (
        trained(drawings.palmer_penguins(shared_data("palmer_penguins") / "penguins.csv")).last["test/accuracy"] >= 0.97
    )


@long
def test_that_photos_of_clothes_are_told_apart_far_better_than_by_chance(
    trained: Callable[[Project], Summary], shared_data: Callable[[str], Path]
) -> None:
    assert trained(drawings.clothing_small(shared_data("clothing_small"))).last["test/accuracy"] >= 0.35
