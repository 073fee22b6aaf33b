"""Commands run in this process, with a small project and a workspace of their own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine.cli.app import run
from engine.runs import Workspace
from engine.spec import Component, Graph, Link, Node, Project, write_project


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Standard output as a program reads it: fails where a line is not JSON."""
        return [json.loads(line) for line in self.out.splitlines()]


Netloom = Callable[..., Said]


@pytest.fixture
def netloom(capfd: pytest.CaptureFixture[str]) -> Netloom:
    """Run a command: `netloom("check", file)`."""

    def call(*arguments: object) -> Said:
        capfd.readouterr()
        status = run([str(one) for one in arguments])
        found = capfd.readouterr()
        return Said(status, found.out, found.err)

    return call


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A project file: a linear classifier of irises, two epochs."""
    nodes = (
        Node(id="input_1", kind="Input", parameters={"column": "features"}),
        Node(id="linear_1", kind="Linear", parameters={"out_features": 3}),
        Node(id="output_1", kind="Output"),
    )
    links = (Link(source="input_1", target="linear_1"), Link(source="linear_1", target="output_1"))
    graph = Graph(nodes=nodes, links=links)
    project = Project(name="Wines", dataset=Component(kind="Wine")).with_network("model", graph)
    path = tmp_path / "wines.netloom"
    write_project(path, project.set("training.epochs", 2))
    return path


@pytest.fixture
def untracked(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """No follower is started and none is waited for; the list has the workspaces that one was asked for."""
    asked: list[Path] = []
    for place in ("engine.track.start", "engine.track.starting.start"):
        monkeypatch.setattr(place, lambda workspace: asked.append(workspace.path))
    monkeypatch.setattr("engine.cli.tracked.PATIENCE", 0.0)
    monkeypatch.setattr("engine.cli.tracked.await_tracking.__kwdefaults__", {"within": 0.0})
    return asked
