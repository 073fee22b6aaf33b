"""Blocks made and opened by hand."""

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import Qt

from engine.spec import Graph, Node, Project
from studio.canvas.facts.face import face_of
from studio.canvas.showing import Level
from studio.document import Document
from tests.studio.canvas.conftest import Desk
from tests.studio.canvas.layers import CATALOGUE, chain, wire

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Make = Callable[[Graph], Desk]


def block(name: str, network: str, **settings: object) -> Node:
    return Node(id=name, kind="Block", parameters={"network": network, **settings})


def test_that_keys_group_open_leave_and_ungroup_and_undo_goes_back_to_the_start(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d", "ReLU", "Output"))
    start = it.document.project
    it.canvas.selection.set(["b", "c"])
    it.key(Qt.Key.Key_G, CTRL)
    assert list(it.canvas.selection.nodes) == ["block_1"]
    assert it.canvas.network.nodes["block_1"].face.title == "block"
    it.key(Qt.Key.Key_Return)
    assert it.canvas.showing.level == Level("model", ("block_1",))
    assert {"b", "c"} < set(it.canvas.network.nodes)
    it.key(Qt.Key.Key_Escape)
    assert it.canvas.showing.level == Level("model")
    it.key(Qt.Key.Key_G, CTRL | SHIFT)
    assert list(it.canvas.selection.nodes) == ["b", "c"]
    assert it.document.project == start
    for _ in range(2):
        it.undo()
    assert (it.document.project, it.document.can_undo()) == (start, False)


def test_that_going_back_to_a_network_finds_what_was_drawn_and_shows_what_changed_meanwhile(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d", "ReLU", "Output"))
    it.canvas.selection.set(["b", "c"])
    it.key(Qt.Key.Key_G, CTRL)
    outside, drawn = it.canvas.network, dict(it.canvas.network.nodes)
    it.canvas.showing.enter("block_1")
    assert it.canvas.network is not outside
    it.canvas.editing.commit("Add", it.canvas.graph.add(Node(id="input_2", kind="Input")))
    it.canvas.showing.leave()
    assert it.canvas.network is outside
    assert dict(outside.nodes) == drawn
    assert len(outside.nodes["block_1"].face.inputs) == 2
    assert it.canvas.scene() is outside


def test_that_undo_goes_to_the_network_that_it_changes(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d", "ReLU", "Output"))
    it.canvas.selection.set(["b", "c"])
    it.key(Qt.Key.Key_G, CTRL)
    it.canvas.showing.enter("block_1")
    it.canvas.editing.mute(("b",), muted=True)
    it.canvas.showing.leave()
    it.document.undo()
    assert it.canvas.showing.level == Level("model", ("block_1",))
    it.canvas.showing.leave()
    it.document.redo()
    assert (it.canvas.showing.level, it.canvas.graph["b"].muted) == (Level("model", ("block_1",)), True)
    it.canvas.showing.leave()
    for _ in range(2):
        it.document.undo()
    assert it.canvas.showing.level == Level("model")


def test_that_a_wire_into_a_group_keeps_the_points_outside_of_it(desk: Make) -> None:
    graph = chain("Input", "Conv2d", "Output").move({"b": (0.0, 400.0), "c": (0.0, 800.0)})
    outside, inside = (300.0, 200.0), (100.0, 410.0)
    graph = graph.lead(wire("a", "b"), (outside, inside)).lead(wire("b", "c"), (outside,))
    it = desk(graph)
    it.canvas.selection.set(["b"])
    it.key(Qt.Key.Key_G, CTRL)
    assert {link.source: link.via for link in it.graph.links} == {"a": (outside,), "block_1": (outside,)}


def test_that_esc_first_lets_go_of_what_is_chosen_and_backspace_deletes_it(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d", "Output"))
    it.canvas.selection.set(["b"])
    it.key(Qt.Key.Key_G, CTRL)
    it.canvas.showing.enter("block_1")
    it.canvas.selection.set(["b"])
    it.key(Qt.Key.Key_Escape)
    assert it.canvas.showing.level == Level("model", ("block_1",))
    it.canvas.selection.set(["b"])
    it.key(Qt.Key.Key_Backspace)
    assert "b" not in it.canvas.graph
    it.key(Qt.Key.Key_Backspace)
    assert it.canvas.showing.level == Level("model")


def test_that_a_group_that_data_would_reenter_is_refused_and_nothing_changes(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d", "ReLU", "Linear", "Output"))
    it.canvas.selection.set(["b", "d"])
    it.key(Qt.Key.Key_G, CTRL)
    assert "comes back from “c” to “d”" in it.told[0]
    assert not it.document.can_undo()


def test_that_a_block_gets_a_network_of_its_own(desk: Make) -> None:
    it = desk(Graph().add(block("one", "unit"), block("two", "unit")))
    it.document.edit("Add", it.document.project.with_network("unit", chain("Input", "Output")))
    it.canvas.selection.set(["two"])
    it.actions.trigger("block.own")
    assert [node.parameters["network"] for node in it.graph.nodes] == ["unit", "unit_2"]
    it.undo()
    assert list(it.document.project.networks) == ["model", "unit"]


def test_that_a_paste_that_would_put_a_block_inside_itself_is_refused(desk: Make) -> None:
    it = desk(Graph().add(block("one", "unit")))
    it.document.edit("Add", it.document.project.with_network("unit", chain("Input", "Output")))
    before, steps, refused = it.document.project, it.document.history.count, list[str]()
    it.document.refused.connect(refused.append)
    it.canvas.selection.set(["one"])
    it.key(Qt.Key.Key_C, CTRL)
    it.canvas.showing.enter("one")
    it.key(Qt.Key.Key_V, CTRL)
    assert refused == ["The block “unit” cannot stand inside itself: it would never end."]
    assert (it.document.project, it.document.history.count) == (before, steps)
    assert it.canvas.network.graph == before.networks["unit"]


def test_that_edits_made_together_are_one_step_or_none() -> None:
    project = Project(networks={"model": chain("Input", "Output")})
    document, refused = Document(project), list[str]()
    document.refused.connect(refused.append)
    with document.together("Two"):
        document.edit("One", document.project.with_network("a", Graph()))
        document.edit("Two", document.project.with_network("b", Graph()))
    assert (document.history.count, list(document.project.networks)) == (1, ["model", "a", "b"])
    document.undo()
    assert document.project == project
    with document.together("Bad"):
        document.edit("One", document.project.with_network("a", Graph()))
        document.edit("Two", document.project.with_network("a", Graph().add(block("me", "a"))))
    assert (document.project, document.history.index, len(refused)) == (project, 0, 1)
    with suppress(OSError), document.together("Worse"):
        document.edit("One", document.project.with_network("a", Graph()))
        raise OSError
    assert document.project == project
    document.deleteLater()


def test_that_a_block_is_called_by_its_network_and_shows_what_was_set() -> None:
    unit = chain("Input", "Linear", "Output")
    project = Project(networks={"model": Graph(), "unit": unit})
    faces = [
        face_of(node, project, Graph().add(node), CATALOGUE.layers)
        for node in (block("block_1", "unit"), block("stem", "unit"), block("block_2", "nowhere"))
    ]
    assert [(face.title, face.line) for face in faces[:2]] == [("unit", "3 nodes"), ("stem", "unit  3 nodes")]
    assert faces[2].title == "Block"


def test_that_wires_inside_keep_their_order_where_it_counts(desk: Make) -> None:
    graph = chain("Input", "Conv2d", "ReLU").add(Node(id="join", kind="Concat"), Node(id="end", kind="Output"))
    graph = graph.connect(wire("c", "join", "xs"), many=True).connect(wire("a", "join", "xs"), many=True)
    it = desk(graph.connect(wire("join", "end")))
    it.canvas.selection.set(["b", "join", "c"])
    it.key(Qt.Key.Key_G, CTRL)
    it.key(Qt.Key.Key_G, CTRL | SHIFT)
    assert [link.source for link in it.graph.incoming["join"]] == ["c", "a"]
