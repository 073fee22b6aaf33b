"""What a box shows of its cost."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF

from engine.spec import Graph
from studio.canvas.facts.measure import MEASURES
from studio.canvas.items.share_bar import LEAST, share_box
from tests.studio.canvas.layers import chain
from tests.studio.design_fakes import Desk, gives, report

ROOM = QRectF(10, 5, 100, 3)


@pytest.mark.parametrize(("share", "width"), [(0.0, 0.0), (0.001, LEAST), (0.5, 50.0), (1.0, 100.0), (1.7, 100.0)])
def test_that_a_bar_is_as_long_as_its_share_but_never_too_short_to_see(share: float, width: float) -> None:
    assert share_box(ROOM, share).width() == width


def test_that_shares_of_a_network_add_up_to_one(desk: Callable[[Graph], Desk]) -> None:
    it = desk(chain("Input", "Conv2d", "Linear"))
    it.service.answer(report(a=gives(1, 8, 8), b=gives(4, 8, 8, parameters=30), c=gives(10, parameters=90)))
    marks = it.page.marking.marks
    assert [marks[name].share for name in "abc"] == [0.0, 0.25, 0.75]
    assert [marks[name].note for name in "abc"] == ["", "30", "90"]


def test_that_another_measure_is_shown_remembered_and_checked(desk: Callable[[Graph], Desk]) -> None:
    it = desk(chain("Input", "Conv2d"))
    it.service.answer(report(a=gives(1), b=gives(4, parameters=30)))
    it.actions.trigger("view.measure.activation_bytes")
    assert it.page.marking.marks["b"].note == "2 KiB"
    it.actions.trigger("view.measure.nothing")
    assert (it.page.marking.marks["b"].note, it.page.marking.marks["b"].share) == ("", 0.0)
    checked = [one.id for one in it.actions if one.id.startswith("view.measure") and it.actions[one.id].isChecked()]
    assert checked == ["view.measure.nothing"]
    assert len(MEASURES) == 3
