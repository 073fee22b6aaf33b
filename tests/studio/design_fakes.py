"""The Design page with a service that answers when the test says so."""

import tempfile
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from engine.spec import Catalogue, Graph, Optimizer, Project, Schedule, Task
from engine.spec import field as parameter
from studio.actions import Actions
from studio.analysis import Analysis
from studio.context import Studio
from studio.document import Document
from studio.messages import Messages
from studio.pages.design import Design
from studio.service import Service
from studio.theme import Theme
from studio.wanted import Wanted
from tests.studio.canvas import layers


class Guess(Task):
    """Guess what a sample is."""

    smoothing: float = parameter(0.0, min=0, below=1)


class Measure(Task):
    """Guess how much of it there is."""


class Adam(Optimizer):
    """Give every weight its own step size."""

    lr: float = parameter(1e-3, above=0, log=True)


class SGD(Optimizer):
    """Walk downhill."""

    lr: float = parameter(1e-2, above=0, log=True)
    momentum: float = parameter(0.9, min=0, below=1)


class Constant(Schedule):
    """Keep the rate."""


CATALOGUE = Catalogue(
    [layers.Conv2d, layers.Linear, layers.ReLU, layers.Concat, layers.Bilinear, Guess, Measure, Adam, SGD, Constant]
)


class FakeService(QObject):
    """Keeps the newest question until `answer`."""

    state_changed = Signal(str)
    state = "ready"

    def __init__(self) -> None:
        super().__init__()
        self.question: dict[str, Any] | None = None
        self._then: Callable[[Any], object] | None = None
        self.wire: dict[str, Any] | None = None
        """The end of a wire of which it was asked where it would fit."""
        self._fitted: Callable[[Any], object] | None = None
        self.way: tuple[str, ...] = ()
        """The block that it was asked to look into: the network that one started from, and the blocks on the way."""
        self._looked: Callable[[Any], object] | None = None

    def ask(
        self, method: str, params: dict[str, Any], *, then: Callable[[Any], object], failed: Callable[[str], object]
    ) -> None:
        if method == "fits":
            self.wire, self._fitted = params["end"], then
            return
        if method == "inside":
            self.way, self._looked = (params["root"], *params["path"]), then
            return
        assert method == "analyze"
        self.question, self._then = params, then

    def inside(self, network: str, **nodes: dict[str, Any]) -> None:
        """Answer what the nodes of the network that is looked into give where it stands."""
        assert self._looked is not None, "nothing was asked"
        self._looked({"networks": {network: {"nodes": nodes}}, "problems": []})

    def fits(self, **ports: dict[str, str]) -> None:
        """Answer where a wire would not fit, by node and port."""
        assert self._fitted is not None, "nothing was asked"
        self._fitted({"known": True, "ports": ports})

    def answer(self, report: dict[str, Any]) -> None:
        assert self._then is not None, "nothing was asked"
        self.question = None
        self._then(report)


class Memory:
    """Settings that last as long as the test."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}
        self.folder = Path(tempfile.gettempdir()) / f"netloom-memory-{uuid.uuid4().hex}"

    def get(self, key: str, default: Any = None) -> Any:
        return self.kept.get(key, default)

    def set(self, key: str, value: Any) -> None:
        self.kept[key] = value


@dataclass
class Desk:
    """A Design page and what stands around it."""

    page: Design
    document: Document
    service: FakeService
    analysis: Analysis
    actions: Actions
    told: list[str] = field(default_factory=list)

    @property
    def graph(self) -> Graph:
        return self.document.project.model

    def close(self) -> None:
        """Let fields commit what was typed, then ask no more."""
        self.page.canvas.setFocus()
        self.analysis.close()


def make_desk(application: QApplication, theme: Theme, project: Project) -> Desk:
    """Build the page on a project; the caller shows it and takes it down."""
    document, service, messages = Document(project), FakeService(), Messages()
    analysis = Analysis(document, cast("Service", service), document)
    actions = Actions(document)
    parts: dict[str, Any] = {"live": None, "launcher": None, "workspace": None, "settings": Memory()}
    studio = SimpleNamespace(
        document=document,
        catalogue=CATALOGUE,
        analysis=analysis,
        service=service,
        theme=theme,
        actions=actions,
        messages=messages,
        wanted=Wanted(),
        **parts,
    )
    desk = Desk(Design(cast("Studio", studio)), document, service, analysis, actions)
    messages.posted.connect(lambda message: desk.told.append(message.text))
    return desk


def report(problems: list[dict[str, Any]] | None = None, **nodes: dict[str, Any]) -> dict[str, Any]:
    """An answer of the service: facts of nodes by id, and problems."""
    return {"networks": {"model": {"nodes": nodes}}, "problems": problems or [], "totals": {"parameters": 1234}}


def gives(*shape: int, parameters: int = 0) -> dict[str, Any]:
    """The facts of a node with one output."""
    return {
        "outputs": {"output": {"shape": ["batch", *shape], "dtype": "float32"}},
        "parameters": parameters,
        "flops": 1000,
        "activation_bytes": 2048,
    }
