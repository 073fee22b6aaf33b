"""A first-run hint is read once."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.spec import Graph
from studio.canvas.overlays.welcome import KNOWN, Welcome
from tests.studio.canvas.layers import chain
from tests.studio.design_fakes import Desk, Memory

Make = Callable[[Graph], Desk]


def test_that_the_hint_stands_clear_of_the_edge_and_goes_for_good(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d"))
    board, hint = it.page.board, it.page.welcome
    assert hint.isVisible()
    assert board.rect().contains(hint.geometry())
    QTest.mouseClick(hint.done, Qt.MouseButton.LeftButton)
    assert not hint.isVisible()
    assert it.page.canvas.hasFocus()


def test_that_the_hint_covers_no_network_where_there_is_little_room(desk: Make) -> None:
    it = desk(chain("Input", "Conv2d"))
    board, hint = it.page.board, it.page.welcome
    board.resize(560, 560)
    network = it.page.canvas.network.bounds()
    left = it.page.canvas.mapFromScene(network.topLeft()).x()
    assert hint.geometry().right() < left
    assert hint.done.isVisible()


def test_that_one_who_has_read_it_does_not_see_it_again(desk: Make) -> None:
    it = desk(chain("Input"))
    memory = Memory()
    memory.set(KNOWN, True)
    assert Welcome(it.page.board, it.actions, memory).isHidden()
