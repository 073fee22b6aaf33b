"""A matrix is read at its cells, with the pointer and with the keys, whatever its size."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from studio.theme import DARK
from studio.widgets.matrix import Cell, Matrix, painted, said, shares


@pytest.mark.parametrize("count", [2, 10, 100, 1000])
def test_that_every_cell_is_found_where_it_is_painted(qtbot: QtBot, count: int) -> None:
    matrix = Matrix()
    qtbot.addWidget(matrix)
    matrix.resize(320, 260)
    matrix.show_matrix(np.eye(count), tuple(f"class {at}" for at in range(count)), "count", before=None)
    matrix.grab()
    area = matrix.area()
    for cell in (Cell(0, 0), Cell(count - 1, 0), Cell(count // 2, count - 1)):
        x = area.left() + (cell.column + 0.5) * area.width() / count
        y = area.top() + (cell.row + 0.5) * area.height() / count
        assert matrix.cell_at(QPointF(x, y)) == cell
    assert matrix.cell_at(QPointF(area.left() - 3, area.top())) is None


def test_that_the_arrow_keys_point_and_return_chooses(qtbot: QtBot) -> None:
    matrix = Matrix()
    qtbot.addWidget(matrix)
    matrix.show_matrix(np.eye(3), ("a", "b", "c"), "count", before=None)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(matrix, key)
    with qtbot.waitSignal(matrix.chosen) as chosen:
        qtbot.keyClick(matrix, Qt.Key.Key_Return)
    assert chosen.args == [Cell(1, 2)]


def test_that_a_row_without_samples_has_no_share() -> None:
    assert shares(np.array([[1.0, 3.0], [0.0, 0.0]])).tolist() == [[0.25, 0.75], [0.0, 0.0]]


def test_that_mistakes_and_right_answers_have_colors_of_their_own() -> None:
    image = painted(np.array([[1.0, 1.0], [0.0, 1.0]]), DARK, difference=False)
    assert image.pixelColor(0, 0).name() == DARK.accent
    assert image.pixelColor(1, 0).name() == DARK.error
    assert image.pixelColor(0, 1).name() == DARK.sunken


def test_that_fewer_mistakes_are_as_good_as_more_right_answers() -> None:
    image = painted(np.array([[1.0, -1.0], [1.0, -1.0]]), DARK, difference=True)
    names = [image.pixelColor(x, y).name() for y in (0, 1) for x in (0, 1)]
    assert names == [DARK.info, DARK.info, DARK.error, DARK.error]


@pytest.mark.parametrize(
    ("value", "words"), [(0.5, "50 %"), (0.043, "4.3 %"), (0.0, "0.0 %"), (1.0, "100 %"), (-0.2, "−20 %")]
)
def test_that_shares_are_said_in_percent(value: float, words: str) -> None:
    assert said(value, "share") == words


def test_that_a_difference_has_its_sign() -> None:
    assert said(0.25, "share", signed=True) == "+25 %"
    assert said(3, "count", signed=True) == "+3"
    assert said(-3, "count", signed=True) == "−3"
