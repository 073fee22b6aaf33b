"""Importing a published model from the window: the list, the wait, and what is opened."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.spec import Graph, Node, Project, project_to_json
from studio.document import Document
from studio.messages import Messages
from studio.shell.importing import Importing
from studio.widgets.chooser import Choice, Chooser

MODELS = [{"name": "resnet18", "parameters": 11_689_512}, {"name": "vit_b_16", "parameters": 86_567_656}]
DRAWN = Project(name="resnet18").with_network("model", Graph(nodes=(Node(id="conv1", kind="Conv2d"),)))


class Asked:
    """A service that keeps what it was asked, to be answered by the test."""

    def __init__(self) -> None:
        self.questions: list[tuple[str, dict[str, Any]]] = []
        self.then: Callable[[Any], object] = print
        self.failed: Callable[[str], object] = print

    def ask(self, method: str, params: dict[str, Any], *, then: Any, failed: Any) -> None:
        self.questions.append((method, params))
        self.then, self.failed = then, failed


class Around(QWidget):
    """As much of a window as importing needs; what leaves the document is done at once."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(900, 700)
        self.declared: list[str] = []
        self.pages: list[str] = []
        self.service, self.document = Asked(), Document()
        actions = SimpleNamespace(add=lambda action: self.declared.append(action.id))
        self.studio = SimpleNamespace(
            actions=actions, service=self.service, document=self.document, messages=Messages()
        )
        self.filing = SimpleNamespace(leave=lambda then: then())

    def show_page(self, name: str) -> None:
        self.pages.append(name)


@pytest.fixture
def around(qtbot: QtBot) -> Around:
    made = Around()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def importing(around: Around) -> Importing:
    made = Importing(around)  # type: ignore[arg-type]
    made.open()
    around.service.then(MODELS)
    return made


@pytest.fixture
def chooser(importing: Importing) -> Chooser:
    assert importing.chooser is not None
    return importing.chooser


def test_that_the_models_are_listed_with_their_size(around: Around, chooser: Chooser) -> None:
    assert around.declared == ["file.import"]
    assert around.service.questions == [("torchvision_models", {})]
    assert chooser.names() == ("resnet18", "vit_b_16")
    assert chooser.list.model().index(0, 0).data(Qt.ItemDataRole.UserRole) == "11.7 M parameters"


def test_that_typing_and_return_open_a_model_as_a_new_project(qtbot: QtBot, around: Around, chooser: Chooser) -> None:
    qtbot.keyClicks(chooser.search, "res 18")
    assert chooser.names() == ("resnet18",)
    qtbot.keyClick(chooser.search, Qt.Key.Key_Return)
    assert around.service.questions[-1] == ("import", {"model": "resnet18"})
    assert chooser.says.text() == "Drawing resnet18 …"
    around.service.then({"project": project_to_json(DRAWN)})
    assert around.document.project == DRAWN
    assert around.document.path is None
    assert around.pages == ["design"]
    assert chooser.isHidden()


def test_that_a_model_that_comes_after_escape_is_not_opened(qtbot: QtBot, around: Around, chooser: Chooser) -> None:
    before = around.document.project
    qtbot.keyClick(chooser.search, Qt.Key.Key_Return)
    qtbot.keyClick(chooser.search, Qt.Key.Key_Escape)
    around.service.then({"project": project_to_json(DRAWN)})
    assert around.document.project is before


def test_that_a_failure_is_said_and_another_can_be_chosen(qtbot: QtBot, around: Around, chooser: Chooser) -> None:
    qtbot.keyClick(chooser.search, Qt.Key.Key_Return)
    assert not chooser.list.isEnabled()
    around.service.failed("It cannot be drawn.")
    assert (chooser.says.text(), chooser.list.isEnabled()) == ("It cannot be drawn.", True)
    qtbot.keyClick(chooser.search, Qt.Key.Key_Down)
    qtbot.keyClick(chooser.search, Qt.Key.Key_Return)
    assert around.service.questions[-1] == ("import", {"model": "vit_b_16"})


def test_that_a_list_that_did_not_come_is_asked_for_again(around: Around, qtbot: QtBot) -> None:
    importing = Importing(around)  # type: ignore[arg-type]
    importing.open()
    around.service.failed("The service is gone.")
    assert importing.chooser is not None
    importing.chooser.close_chooser()
    importing.open()
    assert [method for method, _ in around.service.questions] == ["torchvision_models"] * 2


def test_that_a_choice_fits_by_any_of_its_words(qtbot: QtBot, around: Around) -> None:
    chooser = Chooser("Choose", "Search", around)
    chooser.set_choices([Choice("resnet18", "11.7 M"), Choice("vit_b_16", "86.6 M")])
    qtbot.keyClicks(chooser.search, "86")
    assert chooser.names() == ("vit_b_16",)
