"""The palette gives layers to the canvas."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.spec import Catalogue, Graph
from studio.canvas.search.entry_list import EntryList
from studio.panels.palette import Palette
from tests.studio.canvas.layers import chain, wire
from tests.studio.design_fakes import Desk

Make = Callable[[Graph], Desk]
LEFT = Qt.MouseButton.LeftButton


def place_of(entries: EntryList, kind: str) -> QPoint:
    """The middle of an entry's row, scrolled into sight."""
    for row in range(entries.entries.rowCount()):
        index = entries.entries.index(row, 0)
        entry = entries.entry(index)
        if entry is not None and entry.kind == kind:
            entries.scrollTo(index)
            return entries.visualRect(index).center()
    raise AssertionError(f"{kind} is not listed")


def drag(it: Desk, kind: str, *stops: QPointF, drop: bool = True) -> None:
    """Press on an entry, move over points of the canvas, and release."""
    view, canvas = it.page.palette_panel.list.viewport(), it.page.canvas
    QTest.mousePress(view, LEFT, pos=place_of(it.page.palette_panel.list, kind))
    places = [view.mapFromGlobal(canvas.viewport().mapToGlobal(canvas.mapFromScene(stop))) for stop in stops]
    for place in places:
        QTest.mouseMove(view, place)
        QApplication.processEvents()
    if drop:
        QTest.mouseRelease(view, LEFT, pos=places[-1])


def test_that_a_layer_dragged_onto_the_canvas_stands_where_it_was_dropped(desk: Make) -> None:
    it = desk(chain("Input", "Output"))
    drag(it, "ReLU", QPointF(300, 60), QPointF(400, 60))
    assert [node.kind for node in it.graph.nodes] == ["Input", "Output", "ReLU"]
    middle = it.page.canvas.network.nodes["relu_1"].rect.center()
    assert (middle - QPointF(400, 60)).manhattanLength() <= 8
    assert it.page.canvas.selection.nodes == ("relu_1",)


def test_that_while_it_is_dragged_a_ghost_shows_where_it_would_stand(desk: Make) -> None:
    it = desk(chain("Input", "Output"))
    before = len(it.page.canvas.network.items())
    drag(it, "ReLU", QPointF(300, 60), QPointF(400, 60), drop=False)
    assert len(it.page.canvas.network.items()) > before
    assert len(it.graph.nodes) == 2
    QTest.keyClick(it.page.palette_panel.list, Qt.Key.Key_Escape)
    assert len(it.page.canvas.network.items()) == before
    QTest.mouseRelease(it.page.palette_panel.list.viewport(), LEFT, pos=QPoint(5, 5))
    assert it.document.history.count == 0


def test_that_a_layer_dropped_on_a_wire_goes_into_it_in_one_step(desk: Make) -> None:
    graph = chain("Input", "Output")
    it = desk(graph)
    drag(it, "ReLU", QPointF(300, 60), QPointF(104, 88))
    assert set(it.graph.links) == {wire("a", "relu_1"), wire("relu_1", "b")}
    it.document.undo()
    assert it.graph == graph


def test_that_a_layer_dropped_outside_the_canvas_is_not_added(desk: Make) -> None:
    it = desk(chain("Input", "Output"))
    drag(it, "ReLU", QPointF(300, 60), QPointF(-5000, 60))
    assert it.document.history.count == 0
    assert it.page.canvas.hands.tool is None


def test_that_a_double_click_adds_a_layer_after_the_chosen_one(desk: Make) -> None:
    it = desk(chain("Input"))
    it.page.canvas.selection.set(["a"])
    entries = it.page.palette_panel.list
    place = place_of(entries, "Conv2d")
    QTest.mouseClick(entries.viewport(), LEFT, pos=place)
    QTest.mouseDClick(entries.viewport(), LEFT, pos=place)
    assert it.graph.links == (wire("a", "conv2d_1"),)


def test_that_return_in_the_search_adds_what_was_found_first(desk: Make) -> None:
    it = desk(chain("Input"))
    field = it.page.palette_panel.field
    QTest.keyClicks(field, "dense")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert [node.kind for node in it.graph.nodes] == ["Input", "Linear"]


def test_that_return_without_a_search_adds_nothing(desk: Make) -> None:
    it = desk(chain("Input"))
    QTest.keyClick(it.page.palette_panel.field, Qt.Key.Key_Return)
    assert it.graph == chain("Input")


def test_that_arrows_in_the_search_choose_among_what_was_found(desk: Make) -> None:
    it = desk(chain("Input"))
    field, entries = it.page.palette_panel.field, it.page.palette_panel.list
    field.setFocus()
    QTest.keyClicks(field, "join")
    first = entries.entry()
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert first is not None
    assert entries.entry() not in (None, first)


def test_that_finding_nothing_says_so_and_escape_shows_everything_again(desk: Make) -> None:
    it = desk(chain("Input"))
    panel = it.page.palette_panel
    QTest.keyClicks(panel.field, "zzz")
    assert not panel.list.isVisible()
    QTest.keyClick(panel.field, Qt.Key.Key_Escape)
    assert panel.list.isVisible()


def test_that_every_layer_is_listed_with_its_summary_as_tooltip(qtbot: QtBot) -> None:
    panel = Palette(Catalogue(failures={"broken": "ImportError: no module"}))
    qtbot.addWidget(panel)
    model = panel.list.entries
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    kinds = {entry.kind: index for index in rows if (entry := panel.list.entry(index))}
    assert kinds.keys() == {"Input", "Output", "Block"}
    assert kinds["Input"].data(Qt.ItemDataRole.ToolTipRole) == "Where a column of the data enters the network."
