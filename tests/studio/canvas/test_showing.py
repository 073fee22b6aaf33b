"""Going into blocks and out of them again."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from engine.spec import Block, Graph, Node, Project
from studio.canvas.canvas import Canvas
from studio.canvas.showing import Level, level_of
from studio.document import Document
from studio.theme import Theme
from tests.studio.canvas.layers import CATALOGUE, chain

MODEL = Level("model")


def block(name: str, network: str) -> Node:
    return Node(id=name, kind=Block.kind(), parameters={"network": network})


def nested() -> Project:
    """A model with a stage, in which stands a unit."""
    stage = chain("Input", "Conv2d", "Output").add(block("deep", "unit"))
    model = chain("Input", "ReLU", "Output").add(block("first", "stage"), block("lost", "nowhere"))
    return Project(networks={"model": model, "stage": stage, "unit": chain("Input", "Output")})


@dataclass
class Shown:
    canvas: Canvas
    document: Document

    def ids(self) -> set[str]:
        return set(self.canvas.network.nodes)


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme) -> Callable[[Project], Shown]:
    def make(project: Project) -> Shown:
        document = Document(project)
        canvas = Canvas(document, CATALOGUE, theme)
        qtbot.addWidget(canvas)
        canvas.resize(600, 500)
        canvas.show()
        canvas.open_view()
        return Shown(canvas, document)

    return make


def test_that_a_block_is_entered_and_left_and_its_box_is_chosen_then(shown: Callable[[Project], Shown]) -> None:
    it = shown(nested())
    showing = it.canvas.showing
    assert showing.enter("first")
    assert (showing.network, it.ids()) == ("stage", {"a", "b", "c", "deep"})
    assert showing.enter("deep")
    assert showing.level == Level("model", ("first", "deep"))
    assert showing.leave()
    assert showing.leave()
    assert (showing.level, it.canvas.selection.nodes) == (MODEL, ("first",))
    assert not showing.leave()


@pytest.mark.parametrize("node", ["a", "lost", "nobody"])
def test_that_what_is_no_block_of_this_project_is_not_entered(shown: Callable[[Project], Shown], node: str) -> None:
    it = shown(nested())
    assert not it.canvas.showing.enter(node)
    assert it.canvas.showing.level == MODEL


def test_that_a_block_that_contains_itself_is_not_entered_forever(shown: Callable[[Project], Shown]) -> None:
    it = shown(Project(networks={"model": Graph().add(block("me", "model"))}))
    assert not it.canvas.showing.enter("me")


def test_that_every_level_is_seen_again_as_it_was_left(shown: Callable[[Project], Shown]) -> None:
    it = shown(nested())
    camera = it.canvas.camera
    camera.zoom_to(0.8)
    camera.center(it.canvas.network.nodes["b"].rect.center())
    seen = camera.sight().center()
    it.canvas.showing.enter("first")
    camera.zoom_to(2.0)
    it.canvas.showing.leave()
    assert camera.zoom == pytest.approx(0.8)
    assert (camera.sight().center() - seen).manhattanLength() < 4
    it.canvas.showing.enter("first")
    assert camera.zoom == pytest.approx(2.0)


def test_that_an_edit_changes_the_network_that_is_shown(shown: Callable[[Project], Shown]) -> None:
    it = shown(nested())
    before = it.document.project
    it.canvas.showing.enter("first")
    it.canvas.selection.set(["b"])
    it.canvas.editing.delete(it.canvas.selection)
    after = it.document.project
    assert "b" not in after.networks["stage"]
    assert after.model == before.model
    it.document.undo()
    assert it.ids() == {"a", "b", "c", "deep"}


def test_that_a_level_whose_block_is_gone_is_left(shown: Callable[[Project], Shown]) -> None:
    it = shown(nested())
    it.canvas.showing.show(Level("model", ("first", "deep")))
    project = it.document.project
    it.document.edit("Remove", project.with_network("stage", project.networks["stage"].remove("deep")))
    assert it.canvas.showing.level == Level("model", ("first",))
    it.document.edit("Remove", it.document.project.with_network("model", project.model.remove("first")))
    assert (it.canvas.showing.level, it.ids()) == (MODEL, {"a", "b", "c", "lost"})


def test_that_a_network_with_another_name_is_still_shown(shown: Callable[[Project], Shown]) -> None:
    it = shown(nested())
    it.canvas.showing.show(Level("unit"))
    networks = {("atom" if name == "unit" else name): graph for name, graph in it.document.project.networks.items()}
    it.document.edit("Rename", it.document.project.having(networks=networks))
    assert it.canvas.showing.level == Level("atom")


def test_that_networks_with_the_same_ids_do_not_mix_on_the_canvas(shown: Callable[[Project], Shown]) -> None:
    it = shown(nested())
    it.canvas.showing.show(Level("unit"))
    titles = {name: item.face.title for name, item in it.canvas.network.nodes.items()}
    assert titles == {"a": "a", "b": "b"}
    assert it.canvas.network.graph == it.document.project.networks["unit"]


def test_that_a_network_is_found_through_the_blocks_that_use_it() -> None:
    project = nested()
    assert level_of(project, "unit") == Level("model", ("first", "deep"))
    assert level_of(project.with_network("alone", Graph()), "alone") == Level("alone")


def test_that_another_project_is_shown_from_its_main_network(shown: Callable[[Project], Shown]) -> None:
    it = shown(nested())
    it.canvas.showing.enter("first")
    it.document.replace(Project(networks={"generator": chain("Input", "Output"), "critic": Graph()}))
    assert it.canvas.showing.level == Level("generator")


def test_that_boxes_in_one_heap_are_laid_out_in_every_network_of_what_is_opened(
    shown: Callable[[Project], Shown],
) -> None:
    heap = chain("Input", "ReLU", "Output", pitch=0)
    it = shown(Project())
    it.document.replace(Project(networks={"model": heap, "inner": heap}))
    for graph in it.document.project.networks.values():
        assert len({node.position for node in graph.nodes}) == 3
    assert not it.document.can_undo()


def test_that_who_hears_of_an_emptied_history_sees_the_project_that_is_shown(
    shown: Callable[[Project], Shown],
) -> None:
    it = shown(nested())
    it.canvas.selection.set(["b"])
    it.document.edit("Change", it.document.project.having(name="Other"))
    heard: list[bool] = []
    it.document.history_changed.connect(
        lambda: heard.append(set(it.canvas.selection.nodes) <= it.canvas.graph.index.keys())
    )
    it.document.replace(Project(networks={"model": Graph()}))
    assert heard
    assert all(heard)


def sight(it: Shown) -> tuple[object, ...]:
    canvas = it.canvas
    return canvas.showing.level, canvas.camera.zoom, canvas.camera.sight().center(), tuple(canvas.selection.nodes)


def test_that_a_project_is_seen_again_as_it_was_left(shown: Callable[[Project], Shown]) -> None:
    it = shown(nested())
    it.canvas.showing.enter("first")
    first = it.document.sheet
    it.canvas.camera.zoom_to(1.7)
    it.canvas.selection.set(["b"])
    before = sight(it)

    it.document.sheets.open(Project(networks={"model": chain("Input", "Output")}))
    assert not it.canvas.selection.nodes
    it.document.sheets.bring(first)

    assert sight(it) == before
