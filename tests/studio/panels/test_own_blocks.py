"""Blocks from the palette and from files."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from engine.spec import Node, Project, write_project
from studio.canvas.editing.stock import KEPT, block_kind
from tests.studio.canvas.layers import chain
from tests.studio.design_fakes import Desk
from tests.studio.panels.conftest import Make


def with_unit(desk: Make) -> Desk:
    it = desk(chain("Input", "Output"))
    it.document.replace(it.document.project.with_network("unit", chain("Input", "Linear", "Output")))
    return it


def offered(desk: Desk) -> list[str]:
    return [entry.kind for entry in desk.page.palette_panel._blocks]


def test_that_the_projects_networks_are_offered_as_blocks_and_added_with_their_network(desk: Make) -> None:
    it = with_unit(desk)
    assert offered(it) == [block_kind("unit")]
    it.page.palette_panel.chosen.emit(block_kind("unit"))
    assert it.graph["block_1"].parameters == {"network": "unit"}
    assert it.page.canvas.network.nodes["block_1"].face.title == "unit"
    it.document.undo()
    assert "block_1" not in it.graph


def test_that_a_kept_block_comes_into_another_project_in_one_step(desk: Make) -> None:
    it = with_unit(desk)
    it.page.canvas.showing.show(it.page.canvas.showing.level.__class__("unit"))
    it.actions.trigger("block.keep")
    assert it.told == ["“unit” is in your palette now, under My blocks, in every project."]
    it.document.replace(Project(networks={"model": chain("Input", "Output")}))
    before = it.document.project
    assert offered(it) == [f"{KEPT}unit"]
    it.page.palette_panel.chosen.emit(f"{KEPT}unit")
    assert it.document.project.networks["unit"] == chain("Input", "Linear", "Output")
    assert it.graph["block_1"].parameters == {"network": "unit"}
    assert it.document.history.count == 1
    it.document.undo()
    assert it.document.project == before
    it.page.blocks.rename("unit", "my unit")
    assert offered(it) == [f"{KEPT}my unit"]
    it.page.blocks.remove("my unit")
    assert offered(it) == []


def test_that_broken_blocks_are_named_below_the_palette(desk: Make) -> None:
    it = with_unit(desk)
    it.page.blocks._library.keep(it.document.project, "unit")
    (it.page.blocks._library.folder / "bad.netloom").write_text("{", "utf-8")
    it.page.blocks._library._look_again()
    assert it.page.palette_panel.broken.text() == "1 of my blocks cannot be read"
    assert "bad.netloom" in it.page.palette_panel.broken.toolTip()


def drop(desk: Desk, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    hand = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    view = desk.page.canvas.viewport()
    QApplication.sendEvent(view, QDragEnterEvent(QPoint(200, 200), *hand))
    QApplication.sendEvent(view, QDropEvent(QPointF(200, 200), *hand))


def test_that_a_file_dropped_on_the_canvas_adds_its_networks_as_blocks(desk: Make, tmp_path: Path) -> None:
    it = with_unit(desk)
    before = it.document.project
    tower = chain("Input", "Output").add(Node(id="u", kind="Block", parameters={"network": "unit"}))
    shared = Project(name="other", networks={"tower": tower, "unit": chain("Input", "ReLU", "Output")})
    write_project(tmp_path / "shared.netloom", shared)
    drop(it, tmp_path / "shared.netloom")
    assert it.graph["block_1"].parameters == {"network": "tower"}
    assert list(it.document.project.networks) == ["model", "unit", "unit_2", "tower"]
    assert it.document.project.networks["tower"]["u"].parameters["network"] == "unit_2"
    assert it.document.history.count == 1
    it.document.undo()
    assert it.document.project == before


def test_that_a_file_that_is_no_project_is_refused_in_words(desk: Make, tmp_path: Path) -> None:
    it = with_unit(desk)
    (tmp_path / "bad.netloom").write_text("no", "utf-8")
    drop(it, tmp_path / "bad.netloom")
    assert "cannot be opened" in it.told[0]
    assert not it.document.can_undo()
