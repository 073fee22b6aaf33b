"""A canvas on a document, and hands for it: real mouse and key events on the view."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.spec import Graph, Project
from studio.actions import Actions
from studio.canvas.canvas import Canvas
from studio.canvas.commands import Commands
from studio.document import Document
from studio.theme import Theme
from tests.studio.canvas.layers import CATALOGUE

LEFT = Qt.MouseButton.LeftButton


@dataclass
class Desk:
    """What a test works with."""

    canvas: Canvas
    document: Document
    actions: Actions
    told: list[str]
    commands: Commands

    @property
    def graph(self) -> Graph:
        return self.document.project.model

    def node(self, name: str) -> QPoint:
        """The middle of a box, in pixels of the view."""
        return self.at(self.canvas.network.nodes[name].rect.center())

    def port(self, name: str, port: str = "x", *, output: bool = False) -> QPoint:
        """Where a port is, in pixels of the view."""
        place = self.canvas.network.nodes[name].place_of("output" if output else port, output=output)
        return self.at(place)

    def output(self, name: str) -> QPoint:
        return self.port(name, output=True)

    def at(self, place: QPointF) -> QPoint:
        return self.canvas.mapFromScene(place)

    def drag(self, start: QPoint, *stops: QPoint, button: Qt.MouseButton = LEFT, drop: bool = True) -> None:
        """Press, move through the stops, and release."""
        view = self.canvas.viewport()
        QTest.mousePress(view, button, pos=start)
        for stop in stops:
            self.move(stop, button=button)
        if drop:
            QTest.mouseRelease(view, button, pos=stops[-1])

    def move(self, place: QPoint, *, button: Qt.MouseButton = LEFT) -> None:
        """Move the pointer with the button held."""
        QTest.mouseMove(self.canvas.viewport(), place)
        QApplication.processEvents()

    def click(self, place: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mouseClick(self.canvas.viewport(), LEFT, keys, place)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.canvas, key, keys)

    def undo(self) -> None:
        self.document.undo()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """A theme of its own, taken off the application again."""
    made = Theme(qapp, "dark")
    yield made
    made.deleteLater()


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Callable[[Graph], Desk]:
    """Make a canvas that shows a graph at 100 %, its first node near the upper left."""

    def make(graph: Graph) -> Desk:
        document = Document(Project(networks={"model": graph}))
        canvas = Canvas(document, CATALOGUE, theme)
        qtbot.addWidget(canvas)
        actions, told = Actions(canvas), list[str]()
        commands = Commands(canvas, actions, told.append)
        document.history_changed.connect(actions.refresh)  # as the window does
        canvas.resize(1000, 800)
        canvas.show()
        canvas.activateWindow()
        canvas.setFocus()
        qtbot.waitUntil(canvas.hasFocus)
        canvas.camera.zoom_to(1.0)
        canvas.centerOn(300, 300)
        return Desk(canvas, document, actions, told, commands)

    return make
