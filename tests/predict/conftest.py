"""Runs that were trained for a moment: what is asked of them is real."""

import pytest

from engine.runs import RunFolder, Workspace
from engine.spec import Component, FrozenDict, Project
from engine.train import train_run
from tests.train.making import chain, digits

LINEAR = chain(("Input", {}), ("Flatten", {}), ("Linear", {"out_features": 10}), ("Output", {}))
TABLE = chain(("Input", {"column": "features"}), ("Linear", {"out_features": 1}), ("Output", {}))


@pytest.fixture(scope="package")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace(tmp_path_factory.mktemp("asked") / "space").prepare()


@pytest.fixture(scope="package")
def weak(space: Workspace) -> RunFolder:
    """A linear classifier of digits after one epoch."""
    return trained(space, digits(epochs=1).having(name="weak", networks=FrozenDict(model=LINEAR)))


@pytest.fixture(scope="package")
def strong(space: Workspace) -> RunFolder:
    """The same after six."""
    return trained(space, digits(epochs=6).having(name="strong", networks=FrozenDict(model=LINEAR)))


@pytest.fixture(scope="package")
def elsewhere(space: Workspace) -> RunFolder:
    """The same data, divided otherwise."""
    project = digits(epochs=1).having(name="elsewhere", networks=FrozenDict(model=LINEAR))
    return trained(space, project.set("split.seed", 1))


@pytest.fixture(scope="package")
def table(space: Workspace) -> RunFolder:
    """A linear regression of the diabetes data."""
    project = Project(
        name="table",
        networks=FrozenDict(model=TABLE),
        dataset=Component(kind="Diabetes"),
        task=Component(kind="Regress"),
    )
    return trained(space, project.set("training.epochs", 3))


def trained(space: Workspace, project: Project) -> RunFolder:
    run = space.new_run(project, device="cpu", folder=space.path)
    ended = train_run(run, "cpu")
    assert ended.outcome == "finished", ended.message
    return run
