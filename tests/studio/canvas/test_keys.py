"""What is done with the keyboard and the wheel."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.spec import Graph, Node
from tests.studio.canvas.conftest import Desk
from tests.studio.canvas.layers import chain, wire

Make = Callable[[Graph], Desk]
CTRL = Qt.KeyboardModifier.ControlModifier


def turn(it: Desk, place: QPoint, steps: int) -> None:
    view = it.canvas.viewport()
    event = QWheelEvent(
        QPointF(place),
        QPointF(view.mapToGlobal(place)),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_that_the_wheel_zooms_at_the_pointer(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    place = it.node("b")
    turn(it, place, 3)
    assert it.canvas.camera.zoom > 1.5
    assert (it.node("b") - place).manhattanLength() <= 2


def test_that_the_zoom_has_ends(desk: Make) -> None:
    it = desk(chain("Input"))
    for steps, end in ((100, 4.0), (-200, 0.04)):
        for _ in range(20):
            turn(it, QPoint(300, 300), steps)
        assert it.canvas.camera.zoom == end


def test_that_fit_shows_every_box_whole(desk: Make) -> None:
    it = desk(chain(*["ReLU"] * 26))
    it.key(Qt.Key.Key_F)
    assert it.canvas.camera.sight().contains(it.canvas.network.bounds())
    it.canvas.camera.zoom_to(2)
    it.key(Qt.Key.Key_Home)
    assert it.canvas.camera.sight().contains(it.canvas.network.bounds())


def test_that_fit_never_makes_boxes_larger_than_life(desk: Make) -> None:
    it = desk(chain("Input"))
    it.key(Qt.Key.Key_F)
    assert it.canvas.camera.zoom == 1.0


def test_that_arrows_follow_the_wires(desk: Make) -> None:
    it = desk(chain("Input", "ReLU", "Output"))
    walked: list[str] = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Down):
        it.key(key)
        walked += it.canvas.selection.nodes
    assert walked == ["a", "b", "c", "b", "c"]


def test_that_arrows_to_the_side_go_to_the_box_beside(desk: Make) -> None:
    graph = Graph(
        nodes=(
            Node(id="a", kind="ReLU"),
            Node(id="b", kind="ReLU", position=(300.0, 8.0)),
            Node(id="c", kind="ReLU", position=(280.0, 400.0)),
        )
    )
    it = desk(graph)
    it.click(it.node("a"))
    it.key(Qt.Key.Key_Right)
    assert it.canvas.selection.nodes == ("b",)


def test_that_the_arrows_to_the_side_choose_among_the_ends_of_a_fork(desk: Make) -> None:
    places = {"a": (0.0, 0.0), "b": (-300.0, 600.0), "c": (0.0, 120.0), "d": (300.0, 400.0), "x": (250.0, 120.0)}
    nodes = tuple(Node(id=name, kind="ReLU", position=place) for name, place in places.items())
    it = desk(Graph(nodes=nodes, links=(wire("a", "b"), wire("a", "d"), wire("a", "c"))))
    it.canvas.selection.set(["a"])
    walked: list[str] = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Up):
        it.key(key)
        walked += it.canvas.selection.nodes
    assert walked == ["c", "d", "c", "b", "a"]


def test_that_delete_with_wires_leaves_a_gap_and_undo_brings_both_back(desk: Make) -> None:
    it = desk(chain("Input", "ReLU", "Output"))
    start = it.document.project
    it.click(it.node("b"))
    it.key(Qt.Key.Key_Delete, CTRL)
    assert ([node.id for node in it.graph.nodes], it.graph.links) == (["a", "c"], ())
    it.undo()
    assert it.document.project == start


def test_that_delete_heals_the_chain_around_all_that_was_chosen(desk: Make) -> None:
    it = desk(chain("Input", "ReLU", "ReLU", "Output"))
    it.canvas.selection.set(["b", "c"])
    it.key(Qt.Key.Key_Delete)
    assert it.graph.links == (wire("a", "d"),)


def test_that_select_all_and_duplicate_copy_nodes_and_the_wires_among_them(desk: Make) -> None:
    it = desk(chain("Conv2d", "ReLU"))
    it.key(Qt.Key.Key_A, CTRL)
    it.key(Qt.Key.Key_D, CTRL)
    assert [node.id for node in it.graph.nodes] == ["a", "b", "conv2d_1", "relu_1"]
    assert it.graph.links == (wire("a", "b"), wire("conv2d_1", "relu_1"))
    assert it.canvas.selection.nodes == ("conv2d_1", "relu_1")


def test_that_copied_nodes_are_text_that_can_be_pasted(desk: Make) -> None:
    it = desk(chain("Conv2d", "ReLU"))
    it.key(Qt.Key.Key_A, CTRL)
    it.key(Qt.Key.Key_C, CTRL)
    assert '"Conv2d"' in QGuiApplication.clipboard().text()
    it.key(Qt.Key.Key_V, CTRL)
    assert len(it.graph.nodes) == 4
    it.undo()
    assert it.graph == chain("Conv2d", "ReLU")


def test_that_cut_takes_away_what_paste_brings_back(desk: Make) -> None:
    it = desk(chain("Conv2d", "ReLU"))
    it.key(Qt.Key.Key_A, CTRL)
    it.key(Qt.Key.Key_X, CTRL)
    assert not it.graph.nodes
    it.key(Qt.Key.Key_V, CTRL)
    assert [node.id for node in it.graph.nodes] == ["a", "b"]
    assert it.graph.links == (wire("a", "b"),)


def test_that_pasting_what_is_no_network_changes_nothing_and_says_so(desk: Make) -> None:
    it = desk(chain("Conv2d"))
    for text in ("hello", "{}", '{"netloom-nodes": 1, "nodes": [{"id": 3}]}', "[" * 100_000, ""):
        QGuiApplication.clipboard().setText(text)
        it.key(Qt.Key.Key_V, CTRL)
    assert it.document.history.count == 0
    assert len(it.told) == 5


def test_that_steps_of_the_grid_follow_each_other_into_one_step_of_undo(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    it.click(it.node("b"))
    for _ in range(3):
        it.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert it.graph["b"].position == (24.0, 120.0)
    it.undo()
    assert it.graph["b"].position == (0.0, 120.0)


def test_that_tab_adds_a_layer_below_the_chosen_one_and_joins_it(desk: Make) -> None:
    it = desk(chain("Input"))
    it.click(it.node("a"))
    for word in ("conv", "relu"):
        it.key(Qt.Key.Key_Tab)
        QTest.keyClicks(it.canvas.popup.line, word)
        QTest.keyClick(it.canvas.popup.line, Qt.Key.Key_Return)
    assert it.graph.links == (wire("a", "conv2d_1"), wire("conv2d_1", "relu_1"))
    assert it.canvas.hasFocus()


def test_that_a_layer_added_after_one_in_a_chain_goes_into_the_wire(desk: Make) -> None:
    it = desk(chain("Input", "Output"))
    it.click(it.node("a"))
    it.canvas.adding.add("ReLU")
    assert set(it.graph.links) == {wire("a", "relu_1"), wire("relu_1", "b")}
    boxes = [it.canvas.network.nodes[name].rect for name in ("a", "relu_1", "b")]
    assert boxes[0].bottom() < boxes[1].top() < boxes[1].bottom() < boxes[2].top()


def test_that_escape_closes_the_search_and_gives_the_keyboard_back(desk: Make) -> None:
    it = desk(chain("Input"))
    it.key(Qt.Key.Key_Tab)
    QTest.keyClick(it.canvas.popup.line, Qt.Key.Key_Escape)
    assert not it.canvas.popup.isVisible()
    assert it.canvas.hasFocus()
    assert it.graph == chain("Input")


def test_that_a_search_without_a_result_says_so(desk: Make) -> None:
    it = desk(chain("Input"))
    it.key(Qt.Key.Key_Tab)
    QTest.keyClicks(it.canvas.popup.line, "qqq")
    assert not it.canvas.popup.list.isVisible()
    QTest.keyClick(it.canvas.popup.line, Qt.Key.Key_Return)
    assert it.graph == chain("Input")


def test_that_arrange_is_one_step_of_undo(desk: Make) -> None:
    graph = chain("Input", "ReLU", "Output").move({"a": (500.0, 700.0)})
    it = desk(graph)
    it.key(Qt.Key.Key_L)
    tops = [node.position[1] for node in it.graph.nodes]
    assert tops == sorted(tops)
    it.undo()
    assert it.graph == graph


def test_that_of_several_chosen_boxes_only_these_are_arranged_and_stay_where_they_were(desk: Make) -> None:
    graph = chain("Input", "ReLU", "ReLU", "Output").move({"b": (400.0, 96.0), "c": (640.0, 104.0), "d": (7.0, 400.0)})
    it = desk(graph)
    it.canvas.selection.set(["b", "c"])
    it.key(Qt.Key.Key_L)
    assert {name: it.graph[name].position for name in "ad"} == {name: graph[name].position for name in "ad"}
    (x, y), (across, down) = (it.graph[name].position for name in "bc")
    assert (x, y, down > y) == (across, 96.0, True)
    assert abs(x - 520) <= 8
    it.undo()
    assert it.graph == graph


def test_that_boxes_glide_to_their_new_places_until_a_press_ends_it(desk: Make) -> None:
    graph = chain("Input", "ReLU", "Output").move({"b": (500.0, 120.0)})
    it = desk(graph)
    it.key(Qt.Key.Key_L)
    box = it.canvas.network.nodes["b"]
    assert box.pos() == QPointF(500, 120)
    assert it.graph["b"].position != (500.0, 120.0)
    it.click(it.at(QPointF(-300, 0)))
    assert not it.canvas.arranging.gliding
    assert box.pos() == QPointF(*it.graph["b"].position)


def test_that_space_asks_what_to_add_unless_the_paper_was_moved(desk: Make) -> None:
    it = desk(chain("Input"))
    QTest.keyPress(it.canvas, Qt.Key.Key_Space)
    it.drag(it.node("a"), it.node("a") + QPoint(20, 0))
    QTest.keyRelease(it.canvas, Qt.Key.Key_Space)
    assert not it.canvas.popup.isVisible()
    it.key(Qt.Key.Key_Space)
    assert it.canvas.popup.isVisible()


def test_that_m_mutes_all_that_is_chosen_and_its_name_says_what_it_would_do(desk: Make) -> None:
    it = desk(chain("Input", "ReLU", "ReLU"))
    it.canvas.selection.set(["b", "c"])
    it.key(Qt.Key.Key_M)
    assert [node.muted for node in it.graph.nodes] == [False, True, True]
    it.actions.refresh()
    assert it.actions["edit.mute"].text() == "Unmute"
    it.canvas.selection.set(["a", "b"])
    assert it.actions["edit.mute"].text() == "Mute"
    it.undo()
    assert it.graph == chain("Input", "ReLU", "ReLU")


def test_that_what_was_taken_out_of_the_wires_stays_and_its_neighbors_are_joined(desk: Make) -> None:
    it = desk(chain("Input", "ReLU", "Output"))
    it.canvas.selection.set(["b"])
    it.key(Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert (it.graph.links, len(it.graph.nodes)) == ((wire("a", "c"),), 3)


def test_that_a_selection_grows_along_the_wires_by_kind_and_turns_round(desk: Make) -> None:
    graph = chain("Input", "ReLU", "ReLU").add(Node(id="x", kind="ReLU", position=(400.0, 0.0)))
    it = desk(graph)
    found = {}
    shift = Qt.KeyboardModifier.ShiftModifier
    for name, key, keys in (
        ("before", Qt.Key.Key_Up, shift),
        ("after", Qt.Key.Key_Down, shift),
        ("linked", Qt.Key.Key_L, CTRL),
        ("same", Qt.Key.Key_G, shift),
        ("others", Qt.Key.Key_I, CTRL),
    ):
        it.canvas.selection.set(["b"])
        it.key(key, keys)
        found[name] = "".join(it.canvas.selection.nodes)
    assert found == {"before": "ab", "after": "bc", "linked": "abc", "same": "bcx", "others": "acx"}
