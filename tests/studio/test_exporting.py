"""Exporting the network from the window: asked of the service, saved, and told."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.spec import Graph, Node, Project, project_to_json
from studio.actions import Action
from studio.document import Document
from studio.messages import Message, Messages
from studio.shell.exporting import Exporting

DRAWN = Project(name="tiny").with_network("model", Graph(nodes=(Node(id="relu_1", kind="ReLU"),)))


class Asked:
    """A service that keeps its last question."""

    def __init__(self) -> None:
        self.question: dict[str, Any] = {}
        self.then: Callable[[Any], object] = print
        self.failed: Callable[[str], object] = print

    def ask(self, method: str, params: dict[str, Any], *, then: Any, failed: Any) -> None:
        assert method == "export"
        self.question, self.then, self.failed = params, then, failed


class Around(QWidget):
    """As much of a window as exporting needs."""

    def __init__(self) -> None:
        super().__init__()
        self.service, self.document, self.messages = Asked(), Document(DRAWN), Messages()
        self.actions_: list[Action] = []
        self.said: list[Message] = []
        self.messages.posted.connect(self.said.append)
        self.studio = SimpleNamespace(
            actions=SimpleNamespace(add=self.actions_.append),
            service=self.service,
            document=self.document,
            messages=self.messages,
        )


@pytest.fixture
def around(qtbot: QtBot) -> Around:
    made = Around()
    qtbot.addWidget(made)
    return made


def exporting(around: Around) -> Exporting:
    window: Any = around
    return Exporting(window)


def test_that_the_network_is_saved_as_the_service_writes_it(around: Around, tmp_path: Path) -> None:
    place = tmp_path / "net.py"
    exporting(around).export(place)
    assert around.service.question["project"] == project_to_json(DRAWN)
    around.service.then({"source": "import torch\n"})
    assert place.read_text("utf-8") == "import torch\n"
    assert "net.py" in around.said[-1].text


def test_that_a_network_with_a_problem_and_a_place_that_is_none_are_told(around: Around, tmp_path: Path) -> None:
    exported = exporting(around)
    exported.export(tmp_path / "net.py")
    around.service.failed("'conv_1' in 'model': Conv2d needs an image.")
    assert around.said[-1].text == "'conv_1' in 'model': Conv2d needs an image."
    (tmp_path / "file").write_text("")
    exported.export(tmp_path / "file" / "net.py")
    around.service.then({"source": "import torch\n"})
    assert "could not be written" in around.said[-1].text


def test_that_an_empty_network_cannot_be_exported(around: Around) -> None:
    exporting(around)
    [action] = around.actions_
    assert action.enabled()
    around.document.edit("Clear", Project())
    assert not action.enabled()
