"""Finding on the canvas, bookmarks, and joining and naming from the keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from engine.spec import Graph, Node
from studio.canvas.facts.face import Marks
from studio.canvas.search.seeking import matching, sought
from tests.studio.canvas.conftest import Desk
from tests.studio.canvas.layers import Conv2d, Linear, chain, wire

Make = Callable[[Graph], Desk]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
EVERY = {
    "stem": sought(Node(id="stem", kind="Conv2d").set(out_channels=64), Conv2d),
    "conv2d_1": sought(Node(id="conv2d_1", kind="Conv2d").set(out_channels=640), Conv2d),
    "head": sought(Node(id="head", kind="Linear"), Linear, "Ten classes need ten outputs."),
    "odd": sought(Node(id="odd", kind="Unheard", muted=True).set(kernel_size=(3, 5)), None),
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("stem", "stem"),
        ("CONV", "stem conv2d_1"),
        ("out_channels=64", "stem"),
        ("channels = 640", "conv2d_1"),
        ("kernel_size=3", "stem conv2d_1"),
        ("out_features=64", "head"),
        ("ten outputs", "head"),
        ("muted", "odd"),
        ("unheard", "odd"),
        ("nothing like it", ""),
        ("  ", ""),
    ],
)
def test_that_nodes_are_found_by_name_kind_value_and_problem(text: str, found: str) -> None:
    assert matching(EVERY, text) == tuple(found.split())


def test_that_matches_are_counted_gone_through_and_the_others_dimmed(desk: Make) -> None:
    it = desk(chain("Input", "ReLU", "Conv2d", "ReLU"))
    bar = it.commands.finding.bar
    it.key(Qt.Key.Key_F, CTRL)
    QTest.keyClicks(bar.line, "relu")
    seen = [(it.canvas.selection.nodes, bar.count.text())]
    for key, keys in ((Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Return, SHIFT)):
        QTest.keyClick(bar.line, key, keys)
        seen.append((it.canvas.selection.nodes, bar.count.text()))
    assert seen == [(("b",), "1 of 2"), (("d",), "2 of 2"), (("b",), "1 of 2")]
    opacity = {name: item.opacity() for name, item in it.canvas.network.nodes.items()}
    assert opacity["b"] == opacity["d"] == 1.0 > opacity["a"] == opacity["c"]
    QTest.keyClick(bar.line, Qt.Key.Key_Escape)
    assert it.canvas.hasFocus()
    assert {item.opacity() for item in it.canvas.network.nodes.values()} == {1.0}
    it.key(Qt.Key.Key_F3)
    assert bar.isVisible()
    assert it.canvas.selection.nodes == ("d",)


def test_that_a_word_that_points_at_nothing_says_so(desk: Make) -> None:
    it = desk(chain("Input"))
    it.key(Qt.Key.Key_F, CTRL)
    QTest.keyClicks(it.commands.finding.bar.line, "zzz")
    assert it.commands.finding.bar.count.text() == "nothing"


def test_that_a_problem_is_found_by_its_words(desk: Make) -> None:
    it = desk(chain("Input", "Linear"))
    it.canvas.network.nodes["b"].show_marks(Marks(tone="error", message="Ten classes need ten outputs."))
    it.key(Qt.Key.Key_F, CTRL)
    QTest.keyClicks(it.commands.finding.bar.line, "classes")
    assert it.canvas.selection.nodes == ("b",)


def test_that_a_digit_brings_back_the_place_that_shift_and_the_digit_kept(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    it.canvas.camera.zoom_to(0.8)
    it.canvas.camera.center(QPointF(150, 90))
    seen = it.canvas.camera.sight().center()
    it.key(Qt.Key.Key_3, SHIFT)
    it.canvas.camera.zoom_to(2.0)
    it.canvas.camera.center(QPointF(5000, 5000))
    it.key(Qt.Key.Key_3)
    assert it.canvas.camera.zoom == pytest.approx(0.8)
    assert (it.canvas.camera.sight().center() - seen).manhattanLength() < 4
    it.undo()
    assert it.graph == chain("Input", "ReLU")


def test_that_w_joins_the_chosen_layer_to_one_that_is_searched_for(desk: Make) -> None:
    it = desk(Graph(nodes=chain("Input", "ReLU", "Linear").nodes))
    it.canvas.selection.set(["a"])
    it.key(Qt.Key.Key_W)
    QTest.keyClicks(it.canvas.popup.line, "linear")
    QTest.keyClick(it.canvas.popup.line, Qt.Key.Key_Return)
    assert it.graph.links == (wire("a", "c"),)
    assert it.canvas.selection.nodes == ("c",)


def test_that_w_joins_two_chosen_layers_at_once_the_upper_to_the_lower(desk: Make) -> None:
    it = desk(Graph(nodes=chain("Input", "ReLU", "Linear").nodes))
    it.canvas.selection.set(["b", "c"])
    it.key(Qt.Key.Key_W)
    assert it.graph.links == (wire("b", "c"),)


def test_that_w_says_so_where_nothing_can_be_joined(desk: Make) -> None:
    it = desk(chain("Input"))
    it.canvas.selection.set(["a"])
    it.key(Qt.Key.Key_W)
    assert len(it.told) == 1
    assert it.told[0].startswith("Nothing can be joined to a")


def test_that_f2_names_the_box_where_it_is_and_a_taken_name_is_refused(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    it.canvas.selection.set(["b"])
    for name in ("gate", "a"):
        it.key(Qt.Key.Key_F2)
        editor = it.commands.linking.name_editor
        QTest.keyClicks(editor, name)
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert [node.id for node in it.graph.nodes] == ["a", "gate"]
    assert it.canvas.selection.nodes == ("gate",)
    assert it.told == ["There is already a node called 'a'."]
    it.undo()
    assert it.graph == chain("Input", "ReLU")
