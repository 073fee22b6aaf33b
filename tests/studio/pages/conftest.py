"""A studio for pages: everything is real but the engine's service, which answers what a test tells it to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from engine.events import Checkpointed, Created, Ended, Log, Message, Metrics, Started, Steps, System
from engine.runs import RunFolder, Workspace, append
from engine.spec import Catalogue, Component, Problem, Project
from studio.actions import Action, Actions
from studio.context import Studio
from studio.document import Document
from studio.launcher import Launcher
from studio.live import Live
from studio.messages import Messages
from studio.searcher import Searcher
from studio.settings import Settings
from studio.theme import Theme

SPE = 10
"""Steps per epoch of the runs that tests make up."""


@dataclass
class Asked:
    """A question, and how to answer it."""

    method: str
    params: dict[str, Any]
    then: Callable[[Any], object]
    failed: Callable[[str], object]


class Answers(QObject):
    """Stands in for the service: keeps what it was asked."""

    state_changed = Signal(str)
    state = "ready"

    def __init__(self) -> None:
        super().__init__()
        self.questions: list[Asked] = []

    def ask(self, method: str, params: dict[str, Any], *, then: Any, failed: Any = None) -> None:
        self.questions.append(Asked(method, params, then, failed))


class Problems(QObject):
    """Stands in for the analysis."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.problems: tuple[Problem, ...] = ()

    def tell(self, *problems: Problem) -> None:
        self.problems = problems
        self.changed.emit()


@dataclass
class Orders:
    """What actions outside the pages were asked for."""

    given: list[str] = field(default_factory=list)

    def take(self, order: str) -> Callable[[], None]:
        return lambda: self.given.append(order)


@pytest.fixture
def orders() -> Orders:
    return Orders()


@pytest.fixture
def studio(qapp: QApplication, tmp_path: Path, orders: Orders, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    workspace = Workspace(tmp_path / "workspace").prepare()
    answers: Any = Answers()
    analysis: Any = Problems()
    made = Studio(
        document=Document(Project(name="Tries", dataset=Component(kind="Digits"))),
        catalogue=Catalogue.load(["plugins.tabular", "plugins.vision", "plugins.search"]),
        analysis=analysis,
        service=answers,
        live=Live(workspace),
        launcher=Launcher(workspace, ("true",)),
        searcher=Searcher(workspace, ("true",)),
        workspace=workspace,
        settings=Settings(tmp_path / "settings"),
        theme=Theme(qapp, "dark"),
        actions=Actions(),
        messages=Messages(),
    )
    monkeypatch.setattr(made.launcher, "catch_up", lambda: None)  # a follower would outlive the test
    for name in ("run.train", "run.resume", "page.train", "page.design"):
        made.actions.add(Action(id=name, text=name, handler=orders.take(name), group="Run"))
    yield made
    made.live.close()
    made.launcher.close()


@pytest.fixture
def make_run(studio: Studio) -> Callable[..., RunFolder]:
    """Write a run as a worker would have: `make_run(*messages, name="a", owned=True)`."""

    def make(*messages: Message, name: str = "a run", owned: bool = False) -> RunFolder:
        run = studio.workspace.new_run(studio.document.project)
        run.events.unlink()
        append(run.events, Created(name=name, time=1000.0), *messages)
        if owned:
            run.owner.claim()  # this very process trains it, and is alive
        return run

    return make


def started(*, step: int = 0, epochs: int = 3, watch: str = "validation/accuracy", time: float = 1001.0) -> Started:
    return Started(
        time=time, device="cpu", pid=1, host="h", epochs=epochs, steps_per_epoch=SPE, step=step, watch=watch, goal="max"
    )


def epoch(number: int, *, accuracy: float, loss: float = 0.5) -> list[Message]:
    """All that is said in an epoch."""
    first, last = (number - 1) * SPE + 1, number * SPE
    values = {"validation/accuracy": accuracy, "validation/loss": loss, "train/loss": loss, "train/accuracy": accuracy}
    moment = 1001.0 + number
    return [
        Steps(time=moment, first=first, values={"loss": [loss] * SPE, "learning_rate": [0.002] * SPE}),
        System(time=moment, step=last, values={"cpu": 50.0, "memory": 2e9, "samples_per_second": 1234.0}),
        Metrics(time=moment, epoch=number, step=last, values=values),
        Checkpointed(time=moment, step=last, epoch=number, path="checkpoints/last", best=True),
    ]


def finished(*, accuracy: float) -> Ended:
    return Ended(time=1010.0, outcome="finished", metrics={"test/loss": 0.4, "test/accuracy": accuracy})


def warning(text: str) -> Log:
    return Log(time=1002.0, text=text, level="warning")


def polled(studio: Studio, condition: Callable[[], object]) -> Callable[[], bool]:
    """A condition to wait for, with a look for news before each time it is asked."""

    def holds() -> bool:
        studio.live.poll()
        return bool(condition())

    return holds
