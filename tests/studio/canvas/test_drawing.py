"""A network that is only looked at."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.spec import Graph, Node
from studio.canvas.drawing import Drawing
from studio.canvas.facts.face import Face, Marks
from studio.theme import Theme

GRAPH = Graph(nodes=(Node(id="one", kind="ReLU"), Node(id="two", kind="ReLU", position=(0.0, 120.0))))


def face(node: Node) -> Face:
    return Face(title=node.id, line="", icon="help", category="")


@pytest.fixture
def drawing(qapp: QApplication, qtbot: QtBot) -> Drawing:
    made = Drawing(Theme(qapp, "dark"))
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show_graph(GRAPH, face)
    made.show()
    made.fit()
    return made


def place(drawing: Drawing, node: str) -> QPoint:
    return QPoint(drawing.mapFromScene(drawing.network.nodes[node].rect.center()))


def test_that_a_click_picks_a_box_or_nothing(drawing: Drawing, qtbot: QtBot) -> None:
    picked: list[str] = []
    drawing.picked.connect(picked.append)
    for spot in (place(drawing, "two"), QPoint(5, 5)):
        qtbot.mouseClick(drawing.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert picked == ["two", ""]


def test_that_a_drag_moves_the_paper_and_no_box(drawing: Drawing) -> None:
    before, box = drawing.camera.sight().center(), drawing.network.nodes["one"].pos()
    start = place(drawing, "one")
    QTest.mousePress(drawing.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(drawing.viewport(), start + QPoint(60, 0))
    QTest.mouseRelease(drawing.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    assert drawing.camera.sight().center().x() < before.x()
    assert drawing.network.nodes["one"].pos() == box


def test_that_keys_open_and_leave(drawing: Drawing, qtbot: QtBot) -> None:
    told: list[str] = []
    drawing.opened.connect(told.append)
    drawing.left.connect(lambda: told.append("left"))
    drawing.go_to("one")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        qtbot.keyClick(drawing, key)
    assert told == ["one", "left"]


def test_that_a_double_click_opens_a_box(drawing: Drawing, qtbot: QtBot) -> None:
    with qtbot.waitSignal(drawing.opened) as heard:
        qtbot.mouseDClick(drawing.viewport(), Qt.MouseButton.LeftButton, pos=place(drawing, "two"))
    assert heard.args == ["two"]


def test_that_what_is_gone_is_dashed(drawing: Drawing) -> None:
    drawing.show_marks({"one": Marks(tone="removed"), "two": Marks(tone="added")}, {})
    styles = [drawing.network.nodes[name].edge().style() for name in ("one", "two")]
    assert styles == [Qt.PenStyle.DashLine, Qt.PenStyle.SolidLine]
