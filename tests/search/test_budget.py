"""Budgets: what counts, what time was spent, and when there is nothing left to try."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from optuna.trial import FrozenTrial, TrialState, create_trial

from engine.runs import Workspace
from engine.search import open_study
from engine.search.attributes import BEAT, WORKER, Who, spent
from engine.search.living import Silence
from engine.search.outcome import Outcome
from engine.spec import Component
from tests.search.making import ask_and_tell, marked, trials

DAY = datetime(2026, 1, 1)  # noqa: DTZ001 - as Optuna's


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path).prepare()


def trial(began: float, ended: float) -> FrozenTrial:
    found = create_trial(value=0.0)
    found.datetime_start, found.datetime_complete = (DAY + timedelta(seconds=one) for one in (began, ended))
    return found


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50))))
def test_that_time_is_spent_while_anything_is_trained(spans: list[tuple[int, int]]) -> None:
    found = [trial(min(one), max(one)) for one in spans]
    busy = {second for one in spans for second in range(min(one), max(one))}
    assert spent(found, DAY) == len(busy)


def test_that_a_trial_whose_worker_is_silent_spends_no_time() -> None:
    left = trial(0, 0)
    left.state, left.datetime_complete = TrialState.RUNNING, None
    left.user_attrs = {BEAT: (DAY + timedelta(seconds=7)).timestamp()}
    assert spent([left], DAY + timedelta(days=7)) == 7


def test_that_a_grid_ends_when_everything_was_tried(workspace: Workspace) -> None:
    project = marked(study={"trials": 0, "sampler": Component(kind="Grid")}).set("training.optimizer.lr", 0.01)
    study = workspace.new_study(project)
    assert ask_and_tell(workspace, study) == 3
    handle = open_study(study)
    assert handle.state() == "finished"
    assert handle.message() == "Everything that there is to try was tried."
    assert sorted(one.parameters["training.batch_size"] for one in trials(study)) == [16, 32, 64]


@pytest.mark.parametrize(("end", "counted"), [("infeasible", 0), ("failed", 3)])
def test_that_a_study_ends_when_nothing_works_out(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, end: Literal["infeasible", "failed"], counted: int
) -> None:
    for most in ("REFUSALS", "FAILURES"):
        monkeypatch.setattr(f"engine.search.budget.{most}", 3)
    study = workspace.new_study(marked(study={"trials": 1000}))
    assert ask_and_tell(workspace, study, Outcome(end=end, message="no")) == 3
    handle = open_study(study)
    assert handle.state() == "finished"
    assert "The last 3" in handle.message()
    assert handle.budget().trials == counted
    handle.resume()  # the reason was mended
    assert handle.state() == "interrupted"


def test_that_a_worker_elsewhere_is_dead_when_it_is_silent_for_long_enough_whatever_its_clock_says() -> None:
    silence = Silence(longest=0.0)
    found = trial(0, 0)
    found.user_attrs = {WORKER: Who(place="cpu-1", home="away", pid=1, started=1.0).to_json(), BEAT: 5.0}
    assert not silence.is_dead(found)
    assert silence.is_dead(found)
    found.user_attrs[BEAT] = 4.0  # a sign of life, though its clock was put back
    assert not silence.is_dead(found)
