"""History and curves: what is best by when, and what lies between two reports."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.runs.trials import Trial
from studio.pages.search.plots.columns import reached
from studio.pages.search.plots.curves import TrialCurves, filled_between, reports
from studio.pages.search.plots.history import History, best_so_far
from studio.pages.search.studied import Aim, Studied
from tests.studio.pages.search.making import study

NUMBERS = st.lists(st.sampled_from([0.1, 0.5, 0.9, math.nan, math.inf]), max_size=8)


def judged(values: list[float], goal: Any) -> Studied:
    trials = tuple(Trial(number=at, state="finished", values=(value,)) for at, value in enumerate(values))
    return Studied(trials=trials, objectives=(Aim("score", goal),))


@given(NUMBERS, st.sampled_from(["min", "max"]))
def test_that_the_best_so_far_never_gets_worse_and_ends_at_the_best(values: list[float], goal: str) -> None:
    _, best = best_so_far(judged(values, goal), 0)
    known = [one for one in values if math.isfinite(one)]
    turns = np.diff(best)
    assert (turns >= 0).all() if goal == "max" else (turns <= 0).all()
    assert (best[-1] == (max(known) if goal == "max" else min(known))) if known else not len(best)


def test_that_a_pruned_trial_stands_at_its_last_report() -> None:
    pruned = Trial(number=0, state="pruned", reports=((1, 0.3), (2, 0.4)))
    failed = Trial(number=1, state="failed")
    found = Studied(trials=(pruned, failed), objectives=(Aim("score", "max"), Aim("parameters", "min")))
    assert reached(found, 0)[0] == 0.4
    assert np.isnan(reached(found, 0)[1])
    assert np.isnan(reached(found, 1)).all()


def test_that_epochs_between_two_reports_keep_the_value_before_and_a_curve_ends_where_it_ended() -> None:
    rows = np.array([[1.0, np.nan, 3.0, np.nan], [np.nan, 2.0, np.nan, 5.0]])
    assert filled_between(rows) == pytest.approx(np.array([[1, 1, 3, np.nan], [np.nan, 2, 2, 5]]), nan_ok=True)


def test_that_reports_that_are_no_number_leave_no_point() -> None:
    found = Studied(trials=(Trial(number=0, state="failed", reports=((1, 0.5), (2, math.nan), (3, math.inf))),))
    epochs, curves = reports(found)
    assert epochs.tolist() == [1, 2, 3]
    assert np.isfinite(curves).tolist() == [[True, False, False]]


def test_that_a_state_that_is_hidden_is_not_pointed_at(show: Any) -> None:
    view = show(History, study(20))
    pruned = np.flatnonzero(view.found.states == "pruned")
    assert set(pruned) <= set(view.chart.order())
    view.key.chips["pruned"].click()
    assert not set(pruned) & set(view.chart.order())


def test_that_values_far_out_are_counted_and_shown_on_demand(show: Any) -> None:
    found = study(40)
    far = replace(found.trials[0], state="finished", values=(-1e6,))
    view = show(History, replace(found, trials=(far, *found.trials[1:])))
    assert "1 value lies outside" in view.chart.scene.frame.note
    assert view.chart.sight().bottom > -1
    view.clip.click()
    assert view.chart.scene.frame.note == ""
    assert view.chart.sight().bottom < -1e6


def test_that_a_study_whose_trials_report_nothing_has_no_curves(show: Any) -> None:
    found = study(8)
    bare = tuple(replace(one, reports=()) for one in found.trials)
    view = show(TrialCurves, replace(found, trials=bare))
    assert view.empty.isVisible()


def test_that_zooming_stays_when_news_arrive(show: Any, qtbot: Any) -> None:
    view = show(History, study(20))
    view.chart.look(view.chart.sight().zoomed(0.5, 0.5, (10, 0.8)))
    before = view.chart.sight()
    view.show_study(study(21))
    qtbot.waitUntil(view.settled)
    assert view.chart.scene.count == 21
    assert view.chart.sight().left == before.left


def test_that_news_are_read_into_what_is_known() -> None:
    before, after = study(30), study(36)
    trials = (*before.trials[:27], *after.trials[27:])
    found = replace(after, trials=trials)
    kept = before, *reports(before)
    for whole, added in zip(reports(found), reports(found, kept), strict=True):
        assert np.array_equal(whole, added, equal_nan=True)
    fewer = replace(found, trials=trials[:10])
    assert reports(fewer, kept)[1].shape[0] == 10
    again = replace(found, trials=(replace(trials[0], state="running", reports=()), *trials[1:]))
    assert not np.isfinite(reports(again, kept)[1][0]).any()
    longer = replace(found, trials=(*trials[:-1], replace(trials[-1], reports=((1, 0.1), (40, 0.2)))))
    assert reports(longer, kept)[0][-1] == 40


def test_that_of_very_many_epochs_every_so_many_is_kept() -> None:
    long = Trial(number=0, state="finished", reports=tuple((epoch, 0.5) for epoch in range(1, 1501)))
    found = Studied(trials=(long,))
    epochs, curves = reports(found)
    assert len(epochs) <= 400
    more = Studied(trials=(long, replace(long, number=1)))
    assert np.array_equal(reports(more, (found, epochs, curves))[0], epochs)
