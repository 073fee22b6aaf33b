"""The table of layers says what the analysis knows, and is at one with the canvas."""

import csv
import io
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from engine.spec import Graph, Link, Node, Project
from studio.panels.layers.model import KEY
from studio.panels.layers.rows import percent
from tests.studio.canvas.layers import chain
from tests.studio.design_fakes import Desk, gives, report

Make = Callable[[Graph], Desk]


@pytest.fixture
def it(desk: Make) -> Desk:
    """A page with three layers of which the costs are known, its table open."""
    made = desk(chain("Input", "Conv2d", "Linear"))
    made.service.answer(report(a=gives(1, 8, 8), b=gives(4, 8, 8, parameters=30), c=gives(10, parameters=90)))
    made.actions.trigger("view.table")
    return made


def names(it: Desk) -> list[str]:
    return [row.node for row in it.page.table.shown()]


def test_that_the_table_opens_and_closes_by_its_action(it: Desk) -> None:
    assert it.page.table.isVisible()
    assert it.actions["view.table"].isChecked()
    it.actions.trigger("view.table")
    assert not it.page.table.isVisible()


def test_that_a_row_says_shape_cost_and_share_and_the_line_their_sums(it: Desk) -> None:
    model = it.page.table.model
    assert [model.index(2, place).data() for place in range(7)] == [
        *("c", "Linear", "batch × 10"), *("90", "1 K", "2 KiB", "75 %"),
    ]  # fmt: skip
    assert it.page.table.sums.text() == "3 layers   120 parameters   3 K FLOPs   6 KiB activations"


def test_that_a_heading_sorts_by_amount_and_not_by_letters(it: Desk) -> None:
    assert names(it) == ["a", "b", "c"]
    it.page.table.view.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    assert names(it) == ["c", "b", "a"]
    assert it.page.table.model.index(2, 3).data(KEY) == 90


def test_that_the_filter_leaves_what_it_finds_and_sums_that(it: Desk) -> None:
    QTest.keyClicks(it.page.table.filter, "lin")
    assert names(it) == ["c"]
    assert it.page.table.sums.text().startswith("1 layer   90 parameters")


def test_that_rows_and_boxes_are_chosen_together(it: Desk) -> None:
    table, canvas = it.page.table, it.page.canvas
    rect = table.view.visualRect(table.view.model().index(1, 0))
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert canvas.selection.nodes == ("b",)
    canvas.selection.set(["a", "c"])
    chosen = {index.data() for index in table.view.selectionModel().selectedRows()}
    assert chosen == {"a", "c"}
    assert table.sums.text().startswith("2 chosen layers   90 parameters")


def test_that_an_edit_keeps_what_is_chosen(it: Desk) -> None:
    it.page.canvas.selection.set(["b"])
    graph = it.graph
    it.document.edit("Change", it.document.project.with_network("model", graph.replace(graph["c"].set(out_features=3))))
    assert [index.data() for index in it.page.table.view.selectionModel().selectedRows()] == ["b"]


def test_that_csv_holds_every_number_in_full(it: Desk) -> None:
    it.actions.trigger("view.table_copy")
    rows = list(csv.DictReader(io.StringIO(QGuiApplication.clipboard().text())))
    assert [row["parameters"] for row in rows] == ["0", "30", "90"]
    assert rows[2]["output"] == "batch × 10"


def test_that_a_block_opens_to_its_layers(desk: Make) -> None:
    it = desk(Graph())
    inner = chain("Input", "Linear", "Output")
    block = Graph(nodes=(Node(id="stage", kind="Block", parameters={"network": "inner", "repeat": 2}),))
    it.document.replace(Project(networks={"model": block, "inner": inner}))
    it.actions.trigger("view.table")
    model = it.page.table.model
    top = model.index(0, 0)
    assert [model.index(place, 0, top).data() for place in range(model.rowCount(top))] == ["a", "b", "c"]
    assert model.index(0, 1).data() == "inner ×2"
    assert model.outermost(model.index(1, 0, top)).node == "stage"
    assert model.parent(model.index(1, 0, top)) == top


def test_that_a_block_that_contains_itself_ends(desk: Make) -> None:
    it = desk(Graph())
    block = Graph(nodes=(Node(id="b", kind="Block", parameters={"network": "model"}),), links=())
    it.document.replace(Project(networks={"model": block}))
    it.actions.trigger("view.table")
    assert it.page.table.model.rowCount(it.page.table.model.index(0, 0)) == 0


@pytest.mark.parametrize(
    ("share", "words"), [(0.0, "0"), (0.5, "50 %"), (0.004, "0.4 %"), (1e-9, "0.01 %"), (0.0099, "1 %"), (1.0, "100 %")]
)
def test_that_small_shares_are_not_called_nothing(share: float, words: str) -> None:
    assert percent(share) == words


def test_that_a_wire_to_nowhere_leaves_the_table_whole(it: Desk) -> None:
    graph = it.graph.disconnect(Link(source="a", target="b"))
    it.document.edit("Cut", it.document.project.with_network("model", graph))
    assert names(it) == ["a", "b", "c"]
