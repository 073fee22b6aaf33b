"""Every view of a study: what is chosen in one is chosen in all, and what cannot be shown says so."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from studio.pages.search.plots import VIEWS, StudyView
from studio.pages.search.plots.history import History
from studio.pages.search.plots.panel import Panel
from studio.pages.search.studied import Studied
from studio.pages.search.views import Views
from tests.studio.pages.search.making import study

FEW = study(20)
EVERY = pytest.mark.parametrize("kind", VIEWS, ids=lambda one: one.__name__)
ON_PLANES = [one for one in VIEWS if issubclass(one, Panel) and one.planes is not Panel.planes]
PLANES = pytest.mark.parametrize("kind", ON_PLANES, ids=lambda one: one.__name__)


def fitting(kind: type[StudyView]) -> Studied:
    """A study that the view has something to say of."""
    return study(20, objectives=2) if kind.__name__ == "Pareto" else FEW


@EVERY
def test_that_a_view_without_trials_says_what_is_missing(show: Any, kind: type[StudyView]) -> None:
    view = show(kind, replace(FEW, trials=()))
    assert view.empty.isVisible()


@PLANES
def test_that_the_trials_of_a_view_are_chosen_by_number(qtbot: QtBot, show: Any, kind: type[StudyView]) -> None:
    trials = tuple(replace(one, number=one.number + 100) for one in fitting(kind).trials)
    view = show(kind, replace(fitting(kind), trials=trials))
    told: list[list[int]] = []
    view.chosen.connect(told.append)
    plane = view.planes()[0]
    thing = int(plane.order()[0])
    plane.point(thing)
    qtbot.keyClick(plane, Qt.Key.Key_Space)
    assert told == [[trials[thing].number]]
    view.select(told[0])
    assert plane.marked.tolist() == [thing]


@PLANES
def test_that_a_card_reads_the_trial_that_is_pointed_at(show: Any, kind: type[StudyView]) -> None:
    view = show(kind, fitting(kind))
    plane = view.planes()[0]
    thing = int(plane.order()[2])
    plane.point(thing)
    said = plane.card
    assert said is not None
    trial = view.found.trials[thing]
    assert said.title.startswith(f"Trial {trial.number}")
    assert said.state == trial.state
    assert any(name == "optimizer" for name, _ in said.rows) or any("optimizer" in name for name, _ in said.rows)


@EVERY
def test_that_every_trial_is_in_the_table_that_is_copied(show: Any, kind: type[StudyView]) -> None:
    view = show(kind, fitting(kind))
    lines = view.deeds.data().splitlines()
    assert len(lines) == 1 + 20
    assert lines[0].startswith("number,state,validation/accuracy,")


@PLANES
def test_that_a_plot_is_copied_as_svg_with_its_words(show: Any, kind: type[StudyView]) -> None:
    view = show(kind, fitting(kind))
    svg = view.deeds.svg().decode()
    assert svg.lstrip().startswith("<?xml")
    assert view.figure_title() in svg


def test_that_what_can_be_done_with_a_plot_is_an_action_of_the_view_in_front(qtbot: QtBot, studio: Any) -> None:
    views = Views(studio)
    qtbot.addWidget(views)
    views.show()
    assert not studio.actions["plot.copy_data"].isEnabled()
    views.show_study(FEW)
    studio.actions.trigger("plot.copy_data")
    assert QGuiApplication.clipboard().text().startswith("number,state,")
    assert studio.actions["plot.copy"] in views.front.menu.actions()
    QGuiApplication.clipboard().clear()


def test_that_a_plot_is_written_by_its_ending(show: Any, tmp_path: Path) -> None:
    view = show(History, FEW)
    said: list[str] = []
    view.studio.messages.posted.connect(lambda message: said.append(message.text))
    for name, begin in (("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("none/a.png", b"")):
        view.deeds.write_picture(tmp_path / name)
        assert not begin or (tmp_path / name).read_bytes().startswith(begin)
    assert "could not be written" in said[-1]
