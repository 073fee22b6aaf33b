"""Copies as text."""

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from engine.spec import Frame, Graph, Node, Project, project_to_json
from studio.canvas.editing.clipboard import LARGEST, Part, from_text, to_text
from tests.studio.canvas.conftest import Desk
from tests.studio.canvas.layers import chain

Make = Callable[[Graph], Desk]
CTRL = Qt.KeyboardModifier.ControlModifier


def block(network: str) -> Node:
    node: Node = Node(id="block_1", kind="Block").set(network=network)
    return node


def paste(it: Desk, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    it.key(Qt.Key.Key_V, CTRL)


@pytest.mark.parametrize("around", ["{}", "```json\n{}\n```", "Look at this: {} What do you think?"])
def test_that_a_part_is_found_in_a_chat(around: str) -> None:
    text = around.replace("{}", to_text(Part(chain("Conv2d", "ReLU"))))
    assert from_text(text).graph == chain("Conv2d", "ReLU")


def test_that_a_copied_block_brings_the_networks_it_uses_and_no_others() -> None:
    home = Project(networks={"stage": Graph(nodes=(block("cell"),)), "cell": chain("ReLU"), "other": chain("Linear")})
    part = from_text(to_text(Part(Graph(nodes=(block("stage"),)), home)))
    assert {"stage", "cell"} <= part.home.networks.keys()
    assert "other" not in part.home.networks


def test_that_a_pasted_block_uses_an_equal_network_that_is_here_and_brings_another_under_a_free_name(
    desk: Make,
) -> None:
    it = desk(chain("Input"))
    it.document.edit("Add", it.document.project.with_network("cell", chain("ReLU")))
    copied = Graph(nodes=(block("cell"),))
    paste(it, to_text(Part(copied, Project(networks={"cell": chain("ReLU")}))))
    assert set(it.document.project.networks) == {"model", "cell"}
    paste(it, to_text(Part(copied, Project(networks={"cell": chain("Linear")}))))
    assert it.document.project.networks["cell_2"] == chain("Linear")
    assert [node.parameters.get("network") for node in it.graph.of_kind("Block")] == ["cell", "cell_2"]
    it.undo()
    assert set(it.document.project.networks) == {"model", "cell"}


def test_that_a_frame_is_copied_with_what_stands_in_it(desk: Make) -> None:
    frame = Frame(id="frame_1", title="Stem", position=(-20.0, -50.0), size=(260.0, 130.0))
    it = desk(chain("Input", "ReLU").frame(frame))
    it.canvas.selection.set((), (), ["frame_1"])
    it.key(Qt.Key.Key_C, CTRL)
    it.key(Qt.Key.Key_V, CTRL)
    assert [node.id for node in it.graph.nodes] == ["a", "b", "input_1"]
    assert [(one.id, one.title) for one in it.graph.frames] == [("frame_1", "Stem"), ("frame_2", "Stem")]


BROKEN = {
    "prose": "hello",
    "other JSON": '{"a": 1}',
    "a list": "[1, 2]",
    "nodes that are none": json.dumps({"netloom-nodes": 2, "nodes": [{"id": 3}]}),
    "a newer Netloom's": json.dumps({"netloom-nodes": 9, "nodes": []}),
    "no version": json.dumps({"netloom-nodes": "x", "nodes": []}),
    "nothing in it": json.dumps({"netloom-nodes": 2}),
    "places nobody finds": '{"netloom-nodes": 2, "nodes": [{"id": "a", "kind": "ReLU", "position": [1e300, 0]}]}',
    "too deep": "{" * 100_000 + "}" * 100_000,
    "huge": to_text(Part(chain("ReLU"))) + " " * LARGEST,
    "cut off": to_text(Part(chain("ReLU")))[:-20],
    "nothing": "",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_that_a_text_that_is_no_network_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$") as caught:
        from_text(text)
    assert len(str(caught.value)) < 240


def test_that_a_text_of_the_first_version_is_still_pasted() -> None:
    data = project_to_json(Project(networks={"x": chain("Conv2d", "ReLU")}))["networks"]["x"]
    assert from_text(json.dumps({"netloom-nodes": 1, **data})).graph == chain("Conv2d", "ReLU")


def test_that_a_block_is_not_pasted_into_itself(desk: Make) -> None:
    it = desk(Graph(nodes=(block("cell"),)))
    it.document.edit("Add", it.document.project.with_network("cell", chain("ReLU")))
    it.canvas.selection.set(["block_1"])
    it.key(Qt.Key.Key_C, CTRL)
    steps, before = it.document.history.count, it.document.project
    said: list[str] = []
    it.document.refused.connect(said.append)
    assert it.canvas.showing.enter("block_1")
    it.key(Qt.Key.Key_V, CTRL)
    assert it.document.project == before
    assert it.document.history.count == steps
    assert len(said) == 1
