"""Importance: what decides has the largest share, and what cannot be weighed is named with its reason."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine.runs.trials import Trial
from engine.search import StudyError, importance
from engine.search.importance import LEAST, Weighing
from engine.spec import Search

VARIABLES = {
    "decides": Search(low=0.0, high=1.0),
    "idle": Search(low=0.0, high=1.0),
    "kind": Search(choices=((3, 3), (5, 5))),
    "sometimes": Search(low=1, high=8),
    "fixed": Search(choices=("a", "b")),
}


def tried(count: int) -> list[Trial]:
    chance = np.random.default_rng(1)
    return [_trial(number, chance) for number in range(count)]


def _trial(number: int, chance: np.random.Generator) -> Trial:
    parameters: dict[str, Any] = {"decides": float(chance.random()), "idle": float(chance.random()), "fixed": "a"}
    parameters["kind"] = [[3, 3], [5, 5]][int(chance.integers(2))]  # as JSON has it
    if chance.random() < 0.5:
        parameters["sometimes"] = int(chance.integers(1, 9))
    value = -((parameters["decides"] - 0.3) ** 2)
    return Trial(number=number, state="finished", values=(value, 1.0), parameters=parameters)


def weighed(method: str, trials: list[Trial], variables: Mapping[str, Search] = VARIABLES) -> Weighing:
    work = Weighing(trials, variables, method=method, objective=0, goal="max")
    while work.done < work.of:
        work.advance()
    return work


@pytest.mark.parametrize("method", ["ped-anova", "fanova"])
def test_that_what_decides_over_the_value_has_the_largest_share(method: str) -> None:
    found = weighed(method, tried(80)).importance()
    assert next(iter(found)) == "decides"
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert sum(found.values()) == pytest.approx(1)


def test_that_fanova_names_what_not_every_trial_was_asked_for_and_ped_anova_weighs_it() -> None:
    fanova, ped = (weighed(method, tried(40)) for method in ("fanova", "ped-anova"))
    assert fanova.left_out.keys() == {"sometimes", "fixed"}
    assert "of 40 trials" in fanova.left_out["sometimes"]
    assert "sometimes" not in fanova.importance()
    assert ped.left_out.keys() == {"fixed"}
    assert "sometimes" in ped.importance()


def test_that_too_few_finished_trials_are_not_weighed() -> None:
    few = tried(LEAST - 1)
    lost = [replace(few[0], number=50, values=(math.nan, 1.0)), replace(few[0], number=51, state="pruned")]
    work = weighed("ped-anova", [*few, *lost])
    assert (work.finished, work.of, work.importance()) == (LEAST - 1, 0, {})
    assert weighed("ped-anova", tried(LEAST)).importance()


def test_that_of_very_many_trials_some_are_drawn_and_their_number_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importance, "MOST", {"ped-anova": 30})
    work = weighed("ped-anova", tried(60))
    assert (work.weighed, work.finished) == (30, 60)


def test_that_an_unknown_method_is_refused_by_name() -> None:
    with pytest.raises(StudyError, match="no importance called 'guess'"):
        Weighing([], VARIABLES, method="guess")
