"""Workspaces with runs in them, and MLflow's answers about them."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mlflow
import pytest

from engine.events import Ended, Message, Metrics, Started, Steps
from engine.runs import RunFolder, Workspace
from engine.spec import Graph, Link, Node, Project
from engine.track.follower import Follower
from engine.track.places import own_uri
from engine.track.record import Record


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """MLflow needs two seconds to make its tables: once is enough."""
    path = tmp_path_factory.mktemp("mlflow") / "mlflow.db"
    mlflow.MlflowClient(f"sqlite:///{path}").search_experiments()
    return path


@pytest.fixture
def workspace(tmp_path: Path, empty_database: Path) -> Workspace:
    """A workspace whose MLflow has tables and nothing in them."""
    made = Workspace(tmp_path / "work space ü").prepare()
    shutil.copy(empty_database, made.database)
    return made


@pytest.fixture
def project() -> Project:
    """Enough of a project to have a name and parameters."""
    nodes = Node(id="input_1", kind="Input", parameters={"column": "x"}), Node(id="output_1", kind="Output")
    graph = Graph().add(*nodes).connect(Link(source="input_1", target="output_1"))
    return Project(name="Flowers", about="Irises again.").with_network("model", graph).set("training.epochs", 2)


@pytest.fixture
def write(workspace: Workspace, project: Project) -> Callable[..., RunFolder]:
    """Make a run, or go on with one, by writing events: `write(*events)`, `write(*events, run=run)`."""

    def make(*events: Message, run: RunFolder | None = None) -> RunFolder:
        made = run or workspace.new_run(project, folder=workspace.path)
        journal = made.journal()
        journal.write(*events)
        journal.close()
        return made

    return make


@pytest.fixture
def tracked(workspace: Workspace) -> "Tracked":
    """What MLflow has."""
    return Tracked(own_uri(workspace))


class Tracked:
    """One MLflow, asked through its own client."""

    def __init__(self, uri: str) -> None:
        self.client = mlflow.MlflowClient(uri)

    def id(self, run: RunFolder) -> str:
        return Record.read(run).run

    def run(self, run: RunFolder) -> Any:
        return self.client.get_run(self.id(run))

    def history(self, run: RunFolder, name: str) -> list[tuple[int, float]]:
        """Steps and values of a metric as MLflow keeps them, in order."""
        return sorted((one.step, one.value) for one in self.client.get_metric_history(self.id(run), name))

    def runs(self) -> list[Any]:
        return list(self.client.search_runs([one.experiment_id for one in self.client.search_experiments()]))


def follow(workspace: Workspace, uri: str = "") -> bool:
    """What a fresh follower does in one look; False when MLflow could not be reached."""
    return Follower(workspace, uri or own_uri(workspace)).look()


def started(step: int = 0, **more: Any) -> Started:
    facts = {"device": "cpu", "pid": os.getpid(), "host": "here", "epochs": 2, "steps_per_epoch": 5, **more}
    return Started(step=step, epoch=step // 5, **facts)


def epoch(number: int, **values: float) -> tuple[Message, ...]:
    """The events of a whole epoch of five steps."""
    first = 5 * (number - 1) + 1
    steps = Steps(first=first, values={"loss": [1 / (first + at) for at in range(5)]})
    return steps, Metrics(
        epoch=number, step=first + 4, values={"validation/accuracy": number / 10, **values}, seconds=2
    )


def finished(step: int = 10, accuracy: float = 0.9) -> Ended:
    return Ended(outcome="finished", step=step, epoch=step // 5, metrics={"test/accuracy": accuracy})
