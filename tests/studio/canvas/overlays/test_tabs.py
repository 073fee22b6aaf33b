"""The project's networks as tabs, and the way into a block above the canvas."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from engine.spec import Graph, Node
from studio.canvas.board import Board
from studio.canvas.overlays.tabs import NetworkTabs
from studio.canvas.showing import Level
from tests.studio.canvas.conftest import Desk
from tests.studio.canvas.layers import chain


def block(name: str, network: str) -> Node:
    return Node(id=name, kind="Block", parameters={"network": network})


@dataclass
class Tabbed:
    desk: Desk
    tabs: NetworkTabs

    @property
    def titles(self) -> list[str]:
        return [self.tabs.bar.tabText(place) for place in range(self.tabs.bar.count())]

    @property
    def names(self) -> list[str]:
        return list(self.desk.document.project.networks)


@pytest.fixture
def it(desk: Callable[[Graph], Desk], qtbot: QtBot) -> Tabbed:
    """Two networks, one used as a block by the other, and a third that is in no use."""
    made = desk(chain("Input", "Output").add(block("stem", "stage")))
    project = made.document.project.with_network("stage", chain("Input", "ReLU", "Output"))
    made.document.replace(project.with_network("spare", Graph()))
    tabs = NetworkTabs(made.canvas, made.actions, made.told.append)
    qtbot.addWidget(tabs)
    tabs.resize(600, 34)
    tabs.show()
    return Tabbed(made, tabs)


def test_that_every_network_has_a_tab_and_the_chosen_one_is_shown(it: Tabbed) -> None:
    assert it.titles == ["model", "stage", "spare"]
    QTest.mouseClick(it.tabs.bar, Qt.MouseButton.LeftButton, pos=it.tabs.bar.tabRect(1).center())
    assert it.desk.canvas.showing.level == Level("stage")
    assert it.tabs.bar.tabToolTip(1) == "Used by stem in model"
    it.desk.actions.trigger("network.next")
    assert it.desk.canvas.showing.network == "spare"
    it.desk.actions.trigger("network.next")
    assert it.desk.canvas.showing.network == "model"


def test_that_a_network_entered_as_a_block_lights_its_tab(it: Tabbed) -> None:
    it.desk.canvas.showing.enter("stem")
    assert it.tabs.bar.currentIndex() == 1


def test_that_a_lone_network_has_no_tabs(it: Tabbed) -> None:
    start = it.desk.document.project
    it.desk.document.edit("Alone", start.having(networks={"model": chain("Input", "Output")}))
    assert it.tabs.isHidden()
    it.desk.undo()
    assert not it.tabs.isHidden()


def test_that_networks_are_added_copied_and_deleted_and_undo_brings_all_back(it: Tabbed) -> None:
    start = it.desk.document.project
    it.desk.actions.trigger("network.new")
    assert (it.titles[-1], it.desk.canvas.showing.network) == ("network", "network")
    it.desk.canvas.showing.show(Level("stage"))
    it.desk.actions.trigger("network.copy")
    assert (it.titles, it.tabs.shown) == (["model", "stage", "stage_2", "spare", "network"], "stage_2")
    it.desk.actions.trigger("network.delete")
    assert it.titles == ["model", "stage", "spare", "network"]
    while it.desk.document.can_undo():
        it.desk.undo()
    assert it.desk.document.project == start
    assert it.titles == ["model", "stage", "spare"]


def test_that_a_network_in_use_is_not_deleted_and_the_reason_is_told(it: Tabbed) -> None:
    it.desk.canvas.showing.show(Level("stage"))
    it.desk.actions.trigger("network.delete")
    assert "used by “stem” in “model”" in it.desk.told[0]
    assert not it.desk.document.can_undo()


def test_that_a_name_typed_into_a_tab_is_the_networks_everywhere(it: Tabbed) -> None:
    it.desk.canvas.showing.show(Level("model", ("stem",)))
    QTest.mouseDClick(it.tabs.bar, Qt.MouseButton.LeftButton, pos=it.tabs.bar.tabRect(1).center())
    assert it.tabs.name.isVisible()
    it.tabs.name.clear()
    QTest.keyClicks(it.tabs.name, "encoder")
    QTest.keyClick(it.tabs.name, Qt.Key.Key_Return)
    assert it.titles == ["model", "encoder", "spare"]
    assert it.desk.graph["stem"].parameters["network"] == "encoder"
    assert it.desk.canvas.showing.network == "encoder"


def test_that_the_trained_network_keeps_its_name(it: Tabbed) -> None:
    QTest.mouseDClick(it.tabs.bar, Qt.MouseButton.LeftButton, pos=it.tabs.bar.tabRect(0).center())
    assert it.tabs.name.isHidden()
    assert "tasks find it by this name" in it.desk.told[0]


def test_that_a_moved_tab_is_an_edit(it: Tabbed) -> None:
    it.tabs.bar.moveTab(2, 1)
    assert it.names == ["model", "spare", "stage"]
    it.desk.undo()
    assert it.titles == ["model", "stage", "spare"]


def test_that_the_trail_tells_the_way_in_and_leads_back(it: Tabbed) -> None:
    project = it.desk.document.project
    it.desk.document.edit("Nest", project.with_network("spare", Graph().add(block("deep", "stage"))))
    it.desk.document.edit("Nest", it.desk.document.project.with_network("model", Graph().add(block("top", "spare"))))
    board = Board(it.desk.canvas, it.desk.actions)
    assert board.trail.isHidden()
    it.desk.canvas.showing.show(Level("model", ("top", "deep")))
    assert board.trail.names == ("model", "spare", "stage")
    assert not board.trail.isHidden()
    board.trail.findChildren(QPushButton)[-1].click()
    assert it.desk.canvas.showing.level == Level("model", ("top",))
    assert it.desk.canvas.selection.nodes == ("deep",)
    it.desk.canvas.setParent(None)  # whoever made it takes it down
    board.deleteLater()
