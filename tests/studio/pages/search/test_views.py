"""What each view of a study makes of its trials."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.runs.trials import Trial
from engine.spec import Search
from studio.pages.search.plots.columns import asked, table, titles, variable, variable_axis
from studio.pages.search.plots.contour import Contour, field_of
from studio.pages.search.plots.coordinates import Coordinates
from studio.pages.search.plots.importance import Importance
from studio.pages.search.plots.pareto import Pareto
from studio.pages.search.plots.slices import Slice, apart
from studio.pages.search.plots.timeline import Timeline, rows, spans
from studio.pages.search.studied import Aim, Studied
from studio.widgets.parallel import Brushes
from studio.widgets.plane import Axis
from tests.studio.pages.search.making import study

FEW = study(40)
TWO = study(40, objectives=2)
UNIT = Axis().over(0, 1)

# columns


def test_that_choices_stand_in_the_order_in_which_they_were_given_and_what_was_not_asked_has_no_place() -> None:
    sizes = Search(choices=((3, 3), (5, 5), (1, 1)))
    trials = (Trial(number=0, state="finished", parameters={"size": [5, 5]}), Trial(number=1, state="finished"))
    found = variable(Studied(trials=trials, variables={"size": sizes}), "size")
    assert found.words == ("3 × 3", "5 × 5", "1 × 1")
    assert found.values[0] == 1
    assert np.isnan(found.values[1])


def test_that_an_axis_spans_all_that_may_be_tried_on_the_scale_that_was_given() -> None:
    search = Search(low=1e-5, high=1e-1, log=True)
    trials = (Trial(number=0, state="finished", parameters={"lr": 1e-3}),)
    axis = variable_axis(search, variable(Studied(trials=trials, variables={"lr": search}), "lr"))
    assert axis.log
    assert axis.low < -4.9
    assert axis.high > -1.1


def test_that_two_variables_of_one_short_name_have_their_paths() -> None:
    names = ["a.conv.size", "b.conv.size", "training.optimizer.lr"]
    assert list(titles(names).values()) == ["a.conv.size", "b.conv.size", "optimizer.lr"]


def test_that_a_variable_of_one_value_is_not_offered() -> None:
    trials = tuple(replace(one, parameters={**one.parameters, "training.batch_size": 32}) for one in FEW.trials)
    assert "training.batch_size" not in asked(replace(FEW, trials=trials))
    assert "training.batch_size" in asked(FEW)


def test_that_the_table_has_a_column_for_each_variable_and_leaves_empty_what_was_not_asked() -> None:
    head, *lines = table(FEW)
    at = list(head).index("model.dropout_1.p")
    assert [line[at] == "" for line in lines] == ["model.dropout_1.p" not in one.parameters for one in FEW.trials]


# parallel coordinates


def test_that_a_brush_chooses_trials_for_all_views(qtbot: QtBot, show: Any) -> None:
    view = show(Coordinates, FEW)
    with qtbot.waitSignal(view.chosen) as heard:
        view.plot.set_brushes(Brushes().put("training.optimizer", (0.0, 0.33)))
    finished = [one for one in FEW.trials if one.state == "finished"]
    assert heard.args == [[one.number for one in finished if one.parameters["training.optimizer"] == "Adam"]]
    with qtbot.waitSignal(view.chosen) as heard:
        qtbot.mouseClick(view.clear, Qt.MouseButton.LeftButton)
    assert heard.args == [[]]


def test_that_unfinished_trials_are_lines_only_on_demand(show: Any) -> None:
    view = show(Coordinates, FEW)
    finished = int((FEW.states == "finished").sum())
    assert len(view.plot.dimensions[0].values) == finished
    view.more.click()
    assert len(view.plot.dimensions[0].values) == 40 - 3  # but not those that run


# contour


def test_that_a_contour_is_empty_where_no_trial_is_near() -> None:
    values = np.array([1.0, 2.0, 3.0])
    field = field_of(UNIT, UNIT, (np.array([0.1, 0.12, 0.1]), np.array([0.1, 0.1, 0.12])), values)
    assert field is not None
    known = np.isfinite(field.tones)
    high, wide = known.shape
    assert known[: high // 5, : wide // 5].any()
    assert not known[high // 2 :, :].any()
    assert not known[:, wide // 2 :].any()


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(-10, 10)), min_size=1, max_size=30))
def test_that_a_contour_lies_between_the_values_that_it_is_made_of(points: list[tuple[float, float, float]]) -> None:
    x, y, values = (np.array(one) for one in zip(*points, strict=True))
    field = field_of(UNIT, UNIT, (x, y), values)
    assert field is not None
    known = field.tones[np.isfinite(field.tones)]
    assert len(known)
    assert known.min() >= -1e-9
    assert known.max() <= 1 + 1e-9


def test_that_words_of_a_contour_do_not_run_into_each_other() -> None:
    words = Axis(words=("a", "b")).over(-0.5, 1.5)
    field = field_of(words, UNIT, (np.array([0.0, 0.0]), np.array([0.5, 0.5])), np.array([1.0, 2.0]))
    assert field is not None
    assert np.isfinite(field.tones[:, 0]).any()
    assert not np.isfinite(field.tones[:, 1]).any()


def test_that_a_contour_counts_the_trials_that_were_not_asked_for_both(show: Any) -> None:
    view = show(Contour, FEW)
    assert view.chart.scene.frame.note == ""
    up = view.boxes["up"]
    up.setCurrentIndex(up.findData("training.optimizer[SGD].momentum"))
    view.refresh()
    assert "were not asked for both" in view.chart.scene.frame.note


def test_that_the_two_variables_of_a_contour_are_never_one(show: Any) -> None:
    view = show(Contour, FEW)
    across, up = view.boxes.values()
    up.setCurrentIndex(across.currentIndex())
    up.activated.emit(up.currentIndex())
    assert across.currentIndex() != up.currentIndex()


# Pareto front


def test_that_the_front_is_drawn_in_steps_behind_which_nothing_was_found(show: Any) -> None:
    view = show(Pareto, TWO)
    line = next(layer for layer in view.chart.scene.layers if hasattr(layer, "turn"))
    assert line.turn == "after"  # fewer parameters are better: until more are spent it gets no better
    assert (np.diff(line.x) >= 0).all()
    assert (np.diff(line.y) >= 0).all()


def test_that_a_study_of_one_objective_says_how_to_get_a_front(show: Any) -> None:
    view = show(Pareto, FEW)
    assert view.empty.isVisible()


def test_that_the_third_objective_is_the_color(show: Any) -> None:
    view = show(Pareto, study(40, objectives=3))
    assert view.ramp_key.isVisible()
    assert not any(hasattr(layer, "turn") for layer in view.chart.scene.layers)
    view.boxes["across"].setCurrentIndex(2)
    view.refresh()
    assert view.ramp_key.toolTip() == "parameters"


def test_that_infeasible_trials_without_values_are_counted(show: Any) -> None:
    count = int((TWO.states == "infeasible").sum())
    assert f"{count} infeasible" in show(Pareto, TWO).chart.scene.frame.note


# slices


def test_that_a_slice_has_a_plot_for_each_variable_that_was_varied(show: Any) -> None:
    view = show(Slice, FEW)
    assert list(view.plane_names()) == list(titles(asked(FEW)).values())
    fewer = tuple(replace(one, parameters={"training.optimizer.lr": 0.01 + one.number}) for one in FEW.trials)
    view.show_study(replace(FEW, trials=fewer, id="another"))
    assert list(view.plane_names()) == ["optimizer.lr"]


def test_that_points_of_one_word_lie_apart_the_same_way_every_time() -> None:
    places = apart(np.zeros(50), np.arange(50))
    assert len(np.unique(np.round(places, 6))) == 50
    assert np.abs(places).max() < 0.5
    assert np.array_equal(places, apart(np.zeros(50), np.arange(50)))


# timeline


def test_that_a_trial_that_runs_reaches_to_now_and_no_further_than_news_of_long_ago() -> None:
    trials = (
        Trial(number=0, state="finished", began=100, ended=110, worker="a"),
        Trial(number=1, state="running", began=105, worker="b"),
        Trial(number=2, state="waiting"),
    )
    found = Studied(trials=trials)
    assert spans(found, now=120)[1].tolist()[:2] == [110, 120]
    assert spans(found, now=1e6)[1].tolist()[:2] == [110, 110]
    assert np.isnan(spans(found, now=120)[0][2])


def test_that_the_worker_that_began_first_stands_on_top() -> None:
    trials = [Trial(number=at, state="finished", began=1 + at, ended=5, worker=who) for at, who in enumerate("bab")]
    names, row = rows(Studied(trials=trials))
    assert names == ("a", "b")
    assert row.tolist() == [1, 0, 1]


def test_that_a_timeline_says_how_busy_its_workers_were(show: Any) -> None:
    trials = [
        Trial(number=0, state="finished", began=100, ended=200, worker="a"),
        Trial(number=1, state="finished", began=100, ended=150, worker="b"),
    ]
    view = show(Timeline, Studied(trials=trials, objectives=(Aim("score", "max"),), id="s"))
    assert view.chart.scene.frame.note == "2 workers, busy 75 % of the time"


# what matters

READY = {
    "state": "ready",
    "done": 1,
    "of": 1,
    "importance": {"training.optimizer.lr": 0.7, "model.block_3.repeat": 0.3},
    "left_out": {"model.dropout_1.p": "asked for in only 10 of 22 trials"},
    "weighed": 22,
    "finished": 22,
    "least": 10,
}


@pytest.fixture
def weighing(studio: Any, qtbot: QtBot) -> Importance:
    view = Importance(studio)
    qtbot.addWidget(view)
    view.resize(800, 400)
    view.show()
    view.show_study(FEW)
    return view


def test_that_shares_stand_in_their_order_and_what_was_left_out_says_why(weighing: Importance, studio: Any) -> None:
    question = studio.service.questions[-1]
    assert question.method == "importance"
    assert question.params == {"id": "made-up", "method": "ped-anova", "objective": 0}
    question.then(READY)
    assert [one.name for one in weighing.shares()] == ["optimizer.lr", "block_3.repeat", "dropout_1.p"]
    assert weighing.shares()[-1].note == "not weighed: asked for in only 10 of 22 trials"
    assert weighing.sentence.text().startswith("optimizer.lr matters most")
    assert weighing.settled()


def test_that_work_goes_on_while_it_is_looked_at_and_no_longer(weighing: Importance, studio: Any) -> None:
    questions = studio.service.questions
    questions[-1].then({**READY, "state": "working", "done": 2, "of": 8})
    assert len(questions) == 2
    weighing.cancel.click()
    questions[-1].then({**READY, "state": "working", "done": 3, "of": 8})
    assert len(questions) == 2
    assert "Cancelled" in weighing.sentence.text()


def test_that_a_few_trials_more_ask_for_nothing_new(weighing: Importance, studio: Any) -> None:
    studio.service.questions[-1].then(READY)
    weighing.refresh()
    assert len(studio.service.questions) == 1
    weighing.method.choose("fanova")
    weighing.refresh()
    assert studio.service.questions[-1].params["method"] == "fanova"


def test_that_too_few_trials_say_how_many_are_needed(show: Any) -> None:
    view = show(Importance, study(12))
    finished = int((study(12).states == "finished").sum())
    assert view.empty.isVisible()
    assert f"needs 10 finished trials; there are {finished}" in view.fill(study(12))


def test_that_a_failure_is_said(weighing: Importance, studio: Any) -> None:
    studio.service.questions[-1].failed("The study's storage does not answer.")
    assert weighing.sentence.text() == "The study's storage does not answer."


def test_that_values_without_end_leave_no_trace_on_an_axis(show: Any) -> None:
    odd = [replace(one, values=(math.inf,)) if one.values else one for one in FEW.trials[:20]]
    found = replace(FEW, trials=(*odd, *FEW.trials[20:]))
    for kind in (Slice, Contour, Coordinates):
        view = show(kind, found)
        for plane in view.planes():
            assert all(map(math.isfinite, (plane.sight().bottom, plane.sight().top)))
