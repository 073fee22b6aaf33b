"""What became of a run's network, on the Runs page."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from engine.compare import compare_networks
from engine.runs import RunFolder
from engine.spec import Graph, Project
from studio.context import Studio
from studio.pages.runs import Runs
from studio.pages.runs.network import Network
from studio.pages.runs.network.steps import steps_of
from tests.compare.drawn import BASE, CATALOGUE, INPUT, OUTPUT, chain, node, project
from tests.studio.pages.conftest import finished, started

Make = Callable[..., RunFolder]
View = Callable[..., Network]

PLACED = BASE.move({one.id: (0.0, 104.0 * place) for place, one in enumerate(BASE.nodes)})
NEWER = (
    PLACED.remove("relu_1")
    .connect(PLACED.links[0].having(source="conv2d_1", target="conv2d_2"))
    .replace(PLACED["conv2d_2"].set(out_channels=64))
)


@pytest.fixture
def view(studio: Studio, make_run: Make, qtbot: QtBot) -> View:
    def make(*projects: Project) -> Network:
        runs = []
        for place, one in enumerate(projects):
            studio.document.replace(one)
            runs.append(make_run(started(time=1001.0), finished(accuracy=0.5), name=f"run {place}"))
        for _ in range(20):
            studio.live.poll()
        shown = Network(studio, lambda _: 0)
        qtbot.addWidget(shown)
        shown.resize(900, 600)
        shown.show()
        shown.show_runs([run.id for run in reversed(runs)])  # the newest stands uppermost in the table
        qtbot.waitUntil(shown.settled)
        return shown

    return make


def marks(view: Network) -> dict[str, str]:
    return {name: item.marks.badge for name, item in view.drawing.network.nodes.items() if item.marks.badge}


def test_that_what_came_went_and_changed_is_marked_by_sign_and_word(view: View) -> None:
    shown = view(project(PLACED), project(NEWER))
    assert marks(shown) == {"relu_1": "removed", "conv2d_2": "changed"}
    signs = [shown.drawing.network.nodes[name].marks.sign for name in ("relu_1", "conv2d_2")]
    assert signs == ["−", "≠"]
    assert "out_channels 32 → 64" in shown.drawing.network.nodes["conv2d_2"].face.line


def test_that_what_is_gone_stands_where_it_stood(view: View) -> None:
    shown = view(project(PLACED), project(NEWER))
    place = shown.drawing.network.nodes["relu_1"].pos()
    assert (place.x(), place.y()) == PLACED["relu_1"].position


def test_that_what_is_gone_moves_with_its_neighbors_and_leaves_others_room(view: View) -> None:
    moved = NEWER.move({one.id: (one.position[0] + 400, one.position[1]) for one in NEWER.nodes})
    crowded = moved.add(node("dropout_1", "Dropout").having(position=(400.0, PLACED["relu_1"].position[1])))
    shown = view(project(PLACED), project(crowded))
    ghost, other = (shown.drawing.network.nodes[name].rect for name in ("relu_1", "dropout_1"))
    assert ghost.top() == PLACED["relu_1"].position[1]
    assert ghost.left() >= other.right()


def test_that_wires_say_what_became_of_them(view: View) -> None:
    shown = view(project(PLACED), project(NEWER))
    tones = {(link.source, link.target): item.tone for link, item in shown.drawing.network.links.items()}
    assert tones["conv2d_1", "relu_1"] == "removed"
    assert tones["conv2d_1", "conv2d_2"] == "added"
    assert tones["input_1", "conv2d_1"] == ""


def test_that_steps_go_round_by_key_and_list(view: View, qtbot: QtBot) -> None:
    shown = view(project(PLACED), project(NEWER))
    assert [step.title for step in shown.steps] == ["relu_1", "conv2d_2"]
    shown.studio.actions.trigger("runs.next_difference")
    assert shown.drawing.selection.nodes == ("relu_1",)
    shown.studio.actions.trigger("runs.previous_difference")
    assert shown.drawing.selection.nodes == ("conv2d_2",)
    assert shown.count.text() == "2 of 2"
    first = shown.list.visualRect(shown.list.model().index(0, 0)).center()
    qtbot.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert shown.drawing.selection.nodes == ("relu_1",)


def test_that_a_click_on_a_box_chooses_its_step(view: View, qtbot: QtBot) -> None:
    shown = view(project(PLACED), project(NEWER))
    item = shown.drawing.network.nodes["relu_1"]
    shown.drawing.go_to("relu_1")
    place = shown.drawing.mapFromScene(item.rect.center())
    qtbot.mouseClick(shown.drawing.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert shown.count.text() == "1 of 2"


def test_that_the_other_way_round_what_came_went(view: View) -> None:
    shown = view(project(PLACED), project(NEWER))
    shown.studio.actions.trigger("runs.swap")
    assert marks(shown)["relu_1"] == "added"


def test_that_a_block_that_differs_can_be_entered_and_left(view: View) -> None:
    outer = chain(INPUT, node("block_1", "Block", network="unit"), OUTPUT)
    shown = view(project(outer, unit=PLACED), project(outer, unit=NEWER))
    assert marks(shown) == {"block_1": "changed inside"}
    shown.enter("block_1")
    assert marks(shown) == {"relu_1": "removed", "conv2d_2": "changed"}
    assert shown.board.trail.names == ("model", "unit")
    shown.leave()
    assert marks(shown) == {"block_1": "changed inside"}


def test_that_a_step_leads_into_the_network_that_it_is_in(view: View) -> None:
    outer = chain(INPUT, node("block_1", "Block", network="unit"), OUTPUT)
    shown = view(project(outer, unit=PLACED), project(outer, unit=NEWER))
    shown.step(1)
    assert shown.networks.currentText() == "unit"
    assert shown.drawing.selection.nodes == ("relu_1",)


def test_that_one_run_is_compared_with_the_open_project(view: View) -> None:
    shown = view(project(PLACED))
    assert shown.count.text() == "the same in both"
    shown.studio.document.edit("Edit", project(NEWER))
    assert len(shown.steps) == 2


def test_that_a_project_that_cannot_be_read_is_told(view: View, studio: Studio) -> None:
    shown = view(project(PLACED), project(NEWER))
    run = studio.workspace.runs / shown.reading.subjects()[0].id
    (run / "project.json").write_text("{")
    fresh = Network(studio, lambda _: 0)
    fresh.show_runs([one.id for one in shown.reading.subjects()])
    while not fresh.settled():
        fresh.reading._read_one()
    assert fresh.walk is None
    assert "project.json" in fresh.empty.findChildren(type(fresh.count))[1].text()
    fresh.deleteLater()


def test_that_a_network_made_by_code_is_laid_out(view: View) -> None:
    shown = view(project(BASE), project(chain(*BASE.nodes[:2], *BASE.nodes[3:])))
    places = {(item.pos().x(), item.pos().y()) for item in shown.drawing.network.nodes.values()}
    assert len(places) == len(BASE.nodes)


def links(before: Graph, after: Graph) -> list[str]:
    found = compare_networks(project(before), project(after), CATALOGUE.layers)
    return [step.title for step in steps_of(found) if step.link]


def test_that_wires_around_what_is_new_go_without_saying() -> None:
    inserted = chain(*BASE.nodes[:3], node("dropout_1", "Dropout"), *BASE.nodes[3:])
    assert links(BASE, inserted) == []
    assert links(inserted, BASE) == []


def test_that_a_wire_that_leads_elsewhere_is_a_step() -> None:
    skip = BASE.connect(BASE.links[0].having(source="input_1", target="relu_2", input="y"))
    assert links(BASE, skip) == ["input_1 → relu_2"]


def test_that_the_runs_page_compares_what_is_selected(studio: Studio, make_run: Make, qtbot: QtBot) -> None:
    run = make_run(started(), finished(accuracy=0.5))
    for _ in range(20):
        studio.live.poll()
    page = Runs(studio)
    qtbot.addWidget(page)
    page.show()
    page.select(run.id)
    studio.actions.refresh()
    assert studio.actions["runs.compare_networks"].text() == "Compare its network with the open one"
    studio.actions.trigger("runs.compare_networks")
    assert page.views.kind is Network


def test_that_the_chosen_box_tells_whole_what_changed(view: View) -> None:
    shown = view(project(PLACED), project(NEWER))
    shown.step(-1)
    assert shown.drawing.network.nodes["conv2d_2"].marks.message == "out_channels 32 → 64 (×2)"
    shown.step(-1)
    assert shown.drawing.network.nodes["conv2d_2"].marks.message == ""
