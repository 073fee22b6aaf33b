"""Small projects and run folders to train in a second."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from engine.events import Message
from engine.runs import RunFolder, Workspace
from engine.spec import Catalogue, Component, Facts, FrozenDict, Graph, Link, Node, Project, Task
from plugins.tasks.classify import Classify


class Killed(BaseException):
    """Stands for a death that nobody sees coming."""


class Fragile(Classify):
    """Classify, with something that happens when a loss has been asked for so many times."""

    calls: ClassVar[int] = 0
    at: ClassVar[int] = 0
    happens: ClassVar[Callable[[Any], Any]]

    def loss(self, torch: Any, outputs: Mapping[str, Any], batch: Mapping[str, Any], data: Facts) -> Any:
        loss = super().loss(torch, outputs, batch, data)
        Fragile.calls += 1
        return Fragile.happens(loss) if Fragile.calls == Fragile.at else loss

    @classmethod
    def breaks(cls, at: int, happens: Callable[[Any], Any]) -> None:
        """From now on, let this happen at the loss of that number; 0 is never."""
        cls.calls, cls.at, cls.happens = 0, at, staticmethod(happens)


def raising(error: BaseException) -> Callable[[Any], Any]:
    def happens(_: Any) -> Any:
        raise error

    return happens


def catalogue(*more: type[Task]) -> Catalogue:
    """Everything that ships, and some more."""
    known = Catalogue.load()
    families = (known.layers, known.datasets, known.tasks, known.optimizers, known.schedules)
    return Catalogue([*(one for family in families for one in family.values()), *more])


def chain(*layers: tuple[str, dict[str, Any]]) -> Graph:
    """Nodes one after the other."""
    graph = Graph()
    for kind, parameters in layers:
        node, before = Node(id=graph.fresh_id(kind), kind=kind, parameters=parameters), graph.nodes[-1:]
        graph = graph.add(node)
        for one in before:
            graph = graph.connect(Link(source=one.id, target=node.id))
    return graph


MLP = chain(
    ("Input", {"column": "features"}),
    ("Linear", {"out_features": 16}),
    ("BatchNorm1d", {}),
    ("ReLU", {}),
    ("Dropout", {"p": 0.3}),
    ("Linear", {"out_features": 3}),
    ("Output", {}),
)
CNN = chain(
    ("Input", {}),
    ("Conv2d", {"out_channels": 4, "kernel_size": 3}),
    ("BatchNorm2d", {}),
    ("ReLU", {}),
    ("MaxPool2d", {"kernel_size": 2}),
    ("Flatten", {}),
    ("Dropout", {"p": 0.2}),
    ("Linear", {"out_features": 10}),
    ("Output", {}),
)


def wine(**training: Any) -> Project:
    """178 wines, three classes: an epoch takes some milliseconds."""
    project = Project(name="wine", networks=FrozenDict(model=MLP), dataset=Component(kind="Wine"))
    return setting(project.set("training.epochs", 3).set("training.batch_size", 16), training)


def digits(**training: Any) -> Project:
    """1,797 small images, ten classes."""
    project = Project(name="digits", networks=FrozenDict(model=CNN), dataset=Component(kind="Digits"))
    return setting(project.set("training.epochs", 3).set("training.batch_size", 64), training)


def setting(project: Project, training: Mapping[str, Any]) -> Project:
    for name, value in training.items():
        project = project.set(f"training.{name}", value)
    return project


def new_run(tmp_path: Path, project: Project) -> RunFolder:
    """A run folder in a workspace of its own."""
    return Workspace(tmp_path / "space").prepare().new_run(project, device="cpu", folder=tmp_path)


def events(run: RunFolder, kind: type[Message]) -> list[Any]:
    """What of one kind the run's journal tells."""
    return [one for one in run.tail().read() if isinstance(one, kind)]
