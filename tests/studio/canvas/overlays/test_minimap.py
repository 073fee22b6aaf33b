"""The map in the corner, and what brings places into sight."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.spec import Graph
from studio.canvas.board import MAP, Board
from tests.studio.canvas.conftest import Desk
from tests.studio.canvas.layers import chain

LONG = chain(*["Input", *["ReLU"] * 24], pitch=400.0)


class Memory(dict[str, object]):
    """What is remembered, as long as the test lasts."""

    def set(self, key: str, value: object) -> None:
        self[key] = value


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def board(desk: Callable[[Graph], Desk], memory: Memory) -> Iterator[Board]:
    """A long network on a board, its upper end in sight."""
    it = desk(LONG)
    made = Board(it.canvas, it.actions, memory=memory)
    made.resize(1000, 800)
    made.show()
    it.canvas.camera.zoom_to(1.0)
    it.canvas.camera.center(QPointF(0, 0))
    yield made
    it.canvas.setParent(None)  # whoever made it takes it down
    made.deleteLater()


def test_that_the_map_hides_while_everything_is_in_sight(board: Board) -> None:
    canvas = board.minimap._canvas
    assert not board.minimap.isHidden()
    canvas.camera.fit(canvas.network.bounds())
    assert board.minimap.isHidden()


def test_that_a_press_on_the_map_brings_that_place_into_the_middle(board: Board) -> None:
    canvas, spot = board.minimap._canvas, QPoint(board.minimap.width() // 2, board.minimap.height() - 30)
    wanted = board.minimap.place_of(QPointF(spot))
    QTest.mousePress(board.minimap, Qt.MouseButton.LeftButton, pos=spot)
    assert (canvas.camera.sight().center() - wanted).manhattanLength() < 3
    assert board.minimap.sight().contains(QPointF(spot))


def test_that_whether_the_map_is_wanted_is_remembered(board: Board, memory: Memory) -> None:
    board._actions.trigger("view.minimap")
    assert board.minimap.isHidden()
    assert memory[MAP] is False
    board._actions.trigger("view.minimap")
    assert not board.minimap.isHidden()


def test_that_two_fingers_drawn_apart_zoom_around_them(desk: Callable[[Graph], Desk]) -> None:
    it = desk(LONG)
    at = QPointF(300, 200)
    before = it.canvas.mapToScene(at.toPoint())
    device = QPointingDevice.primaryPointingDevice()
    kind = Qt.NativeGestureType.ZoomNativeGesture
    event = QNativeGestureEvent(kind, device, 2, at, at, at, 0.25, QPointF())
    QApplication.sendEvent(it.canvas.viewport(), event)
    assert it.canvas.camera.zoom == pytest.approx(1.25)
    assert (it.canvas.mapToScene(at.toPoint()) - before).manhattanLength() < 2


def test_that_zooming_to_what_is_chosen_shows_one_box_whole(desk: Callable[[Graph], Desk]) -> None:
    it = desk(LONG)
    it.canvas.selection.set(["k"])
    it.actions.trigger("view.fit_chosen")
    assert it.canvas.camera.sight().contains(it.canvas.network.bounds(["k"]))
    assert it.canvas.camera.zoom == 1.0
