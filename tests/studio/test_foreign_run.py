"""Runs of other tools as events: what MLflow says of them in our words."""

import math
from typing import Any

import pytest

from engine.events import Metrics
from studio.foreign_run import ForeignRun, measured, plain, renamed, watched


def told(**more: Any) -> dict[str, Any]:
    """A run as the service tells of it."""
    return {
        "id": "f" * 32,
        "name": "by hand",
        "experiment": "Plain script",
        "status": "FINISHED",
        "started": 100.0,
        "ended": 160.0,
        "user": "ada",
        "source": "train.py",
        "note": "A first try.",
        "parameters": {"lr": "0.1", "layers": "3", "augment": "True", "name": "inf"},
        "metrics": {"val_loss": 0.5, "odd metric": math.inf},
        "tags": {"team": "vision", "old": ""},
        **more,
    }


def test_that_a_run_says_what_mlflow_has_of_it() -> None:
    run = ForeignRun(told(), lambda _: None)
    assert (run.id, run.state, run.summary.name, run.summary.seconds) == ("f" * 32, "finished", "by hand", 60.0)
    assert run.summary.last == {"validation/loss": 0.5, "odd metric": math.inf}
    assert run.parameters["lr"] == 0.1
    assert run.parameters["layers"] == 3
    assert run.parameters["augment"] is True
    assert run.parameters["mlflow.experiment"] == "Plain script"
    assert run.notes.tags == ("MLflow", "team: vision", "old")
    assert run.notes.text == "A first try."


@pytest.mark.parametrize(
    ("status", "state"), [("RUNNING", "running"), ("FAILED", "failed"), ("KILLED", "stopped"), ("NEW WORD", "finished")]
)
def test_that_a_status_has_its_state(status: str, state: str) -> None:
    assert ForeignRun(told(status=status), lambda _: None).state == state


def test_that_a_history_is_fetched_when_curves_are_wanted_and_gives_best_and_trend() -> None:
    asked: list[str] = []
    run = ForeignRun(told(), asked.append)
    tail = run.tail()
    assert asked == [run.id]
    assert not tail.behind()
    run.take({"val_loss": {"steps": [0, 1, 2], "times": [101, 102, 103], "values": [0.9, 0.3, 0.5]}})
    assert tail.behind()
    values = [one.values for one in tail.read() if isinstance(one, Metrics)]
    assert values == [{"validation/loss": 0.9}, {"validation/loss": 0.3}, {"validation/loss": 0.5}]
    assert run.summary.best == {"validation/loss": 0.3}
    assert run.summary.trend == [0.9, 0.3, 0.5]
    assert run.state == "finished"


def test_that_values_told_without_steps_are_numbered_by_their_times() -> None:
    found = measured({"loss": {"steps": [0, 0, 0], "times": [1, 2, 3], "values": [3.0, math.nan, math.inf]}})
    assert [one.step for one in found if isinstance(one, Metrics)] == [1, 2, 3]


def test_that_names_become_ours_unless_that_name_is_taken() -> None:
    given = {"val_loss": 1, "training.acc": 2, "test/f1": 3, "validation/loss": 4, "lossy": 5, "Val_Loss": 6}
    assert list(renamed(given)) == ["val_loss", "train/acc", "test/f1", "validation/loss", "lossy", "validation/Loss"]


def test_that_what_is_watched_is_what_tells_most() -> None:
    assert watched({"loss": 1, "validation/loss": 1, "validation/accuracy": 1}) == "validation/accuracy"
    assert watched({"reward": 1}) == "reward"
    assert watched({}) == ""


def test_that_text_that_spells_no_finite_number_stays_text() -> None:
    assert [plain(one) for one in ("1e-3", "nan", "inf", "1_000x", "False", None)] == [
        0.001,
        "nan",
        "inf",
        "1_000x",
        False,
        None,
    ]
