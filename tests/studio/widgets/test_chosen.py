"""Lines of a painted table are selected as everybody is used to, and stay selected wherever they move."""

from typing import Any

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPoint, Qt
from pytestqt.qtbot import QtBot

from studio.widgets.chosen import Chosen
from studio.widgets.painted import PaintedTable

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class Letters(QAbstractTableModel):
    def __init__(self, lines: str) -> None:
        super().__init__()
        self.lines = list(lines)

    def rowCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 2

    def data(self, index: Any, role: int = 0) -> Any:
        return self.lines[index.row()] if role == 0 else None

    def arrange(self, lines: str) -> None:
        self.layoutAboutToBeChanged.emit()
        self.lines = list(lines)
        self.layoutChanged.emit()


class Desk:
    """A table, and the hands at it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.model = Letters("abcdef")
        self.chosen = Chosen(self.model, lambda: self.model.lines)
        self.told: list[list[str]] = []
        self.chosen.changed.connect(lambda: self.told.append(self.chosen.lines()))
        self.table = PaintedTable(self.model, "Letters")
        self.table.choose_with(self.chosen, lambda: self.model.lines)
        qtbot.addWidget(self.table)
        self.table.resize(300, 300)
        self.table.show()
        self._qtbot = qtbot

    def click(
        self, line: str, *, button: Qt.MouseButton = LEFT, held: Any = Qt.KeyboardModifier.NoModifier
    ) -> list[Any]:
        place = self.table.visualRect(self.model.index(self.model.lines.index(line), 0)).center()
        self._qtbot.mouseClick(self.table.viewport(), button, held, QPoint(place))
        return self.chosen.lines()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_that_a_click_selects_one_line_and_shift_all_up_to_there(desk: Desk) -> None:
    assert desk.click("b") == ["b"]
    assert desk.click("d", held=SHIFT) == ["b", "c", "d"]
    assert desk.click("c", held=SHIFT) == ["b", "c"]
    assert desk.click("e") == ["e"]
    assert desk.told == [["b"], ["b", "c", "d"], ["b", "c"], ["e"]]


def test_that_ctrl_adds_a_line_or_takes_it_away(desk: Desk) -> None:
    desk.click("b")

    assert desk.click("e", held=CTRL) == ["b", "e"]
    assert desk.click("b", held=CTRL) == ["e"]


def test_that_a_right_click_leaves_what_is_selected_below_it_and_else_selects(desk: Desk) -> None:
    desk.click("b")
    desk.click("d", held=CTRL)

    assert desk.click("b", button=RIGHT) == ["b", "d"]
    assert desk.click("e", button=RIGHT) == ["e"]


def test_that_lines_stay_selected_wherever_they_move_and_go_with_what_is_gone(desk: Desk) -> None:
    desk.click("b")
    desk.click("e", held=CTRL)

    desk.model.arrange("fedcba")
    assert desk.chosen.lines() == ["e", "b"]
    desk.model.arrange("fdcba")
    desk.chosen.keep_to_what_is_there()
    desk.model.arrange("abcdef")

    assert desk.chosen.lines() == ["b"]


def test_that_keys_select_all_and_from_line_to_line(desk: Desk, qtbot: QtBot) -> None:
    desk.click("b")
    qtbot.keyClick(desk.table, Qt.Key.Key_Down, SHIFT)
    assert desk.chosen.lines() == ["b", "c"]

    qtbot.keyClick(desk.table, Qt.Key.Key_A, CTRL)
    assert desk.chosen.lines() == list("abcdef")
    assert all(desk.table.is_chosen(row) for row in range(6))


def test_that_another_gesture_goes_on_from_lines_that_were_set(desk: Desk) -> None:
    desk.chosen.set_lines(["a", "f", "gone"])

    assert desk.click("c", held=CTRL) == ["a", "c", "f"]
    assert desk.told == [["a", "f"], ["a", "c", "f"]]
