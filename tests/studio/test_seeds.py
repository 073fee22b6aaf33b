"""Train several seeds from the window: the card, the group, and what cannot be."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.spec import Problem
from studio.context import Studio
from studio.window import Window
from tests.studio.test_window import studio, window

__all__ = ["studio", "window"]


def test_that_the_project_is_queued_over_as_many_seeds_as_asked(qtbot: QtBot, window: Window, studio: Studio) -> None:
    studio.actions.trigger("run.seeds")
    card = window.seeds.card
    assert card is not None
    card.fields["count"].setValue(3)
    card.fields["first"].setValue(7)
    assert "7 to 9" in card.sentence.text()
    qtbot.keyClick(card.fields["first"], Qt.Key.Key_Return)

    runs = studio.workspace.waiting()
    assert [run.project().training.seed for run in runs] == [7, 8, 9]
    assert len({run.summary().group for run in runs}) == 1
    assert window.page == "train"
    window.press("train", "Stop all")
    assert studio.workspace.waiting() == []


def test_that_escape_and_a_click_elsewhere_leave_the_card(qtbot: QtBot, window: Window, studio: Studio) -> None:
    for _ in range(2):
        studio.actions.trigger("run.seeds")
        card = window.seeds.card
        assert card is not None
        assert card.isVisible()
        if _:
            qtbot.mouseClick(window.status, Qt.MouseButton.LeftButton)
        else:
            qtbot.keyClick(card, Qt.Key.Key_Escape)
        assert card.isHidden()
    assert studio.workspace.waiting() == []


def test_that_a_project_known_to_be_wrong_asks_for_no_seeds(window: Window, studio: Studio) -> None:
    studio.analysis.problems, studio.analysis.stale = (Problem(message="The network has no Output."),), False
    studio.actions.trigger("run.seeds")
    assert window.seeds.card is None
    assert window.messages() == ("Not started: The network has no Output.",)


def test_that_seeds_beyond_the_last_are_refused(window: Window, studio: Studio) -> None:
    window.seeds.train({"count": 3, "first": 2**31})
    assert studio.workspace.waiting() == []
    assert "last one" in window.messages()[0]


def test_that_the_bar_names_what_waits_and_each_can_be_taken_out(window: Window, studio: Studio, qtbot: QtBot) -> None:
    queue = window.transport.queue
    assert queue.isHidden()
    window.seeds.train({"count": 4, "first": 1})
    for _ in range(5):
        studio.live.poll()
    queue.refresh()
    waiting = [run.id for run in studio.workspace.waiting() if run.id != studio.live.current]
    assert queue.text().strip() == f"{len(waiting)} queued"
    assert all(f"seed {seed}" in queue.toolTip() for seed in (2, 3, 4))
    queue.click()
    card = queue.card
    assert card is not None
    assert list(card.list.crosses) == waiting
    card.list.crosses[waiting[0]].click()
    assert waiting[0] not in [run.id for run in studio.workspace.waiting()]
    card.clear.click()
    assert card.isHidden()
    assert [run.id for run in studio.workspace.waiting()] == [studio.live.current]
