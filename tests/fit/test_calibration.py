"""What measurements say of steps that were not measured."""

from pathlib import Path

import numpy as np
import pytest

from engine.fit.calibration import GUESSED, Calibration, Measurement, key_of, rates_of
from engine.runs import Workspace
from engine.spec import Component, Facts
from tests.train.making import digits, wine

MB = 1 << 20


def a_step(key: str = "a", batch: int = 8, **figures: float) -> Measurement:
    known = {"seconds": 0.1, "memory": 200 * MB, "tensors": 100 * MB, "step": 50 * MB}
    work = {"flops": 1e9 * batch, "traffic": 1e8, "calls": 100.0}
    return Measurement(key=key, batch=batch, **{**known, **work, **figures})  # type: ignore[arg-type]


def test_that_costs_are_found_again_from_measurements() -> None:
    work = np.array([(1e9, 1e8, 100), (8e9, 3e8, 120), (1e8, 9e8, 400), (5e9, 5e7, 900)])
    rates = np.array([2e-11, 1e-10, 3e-5])
    assert rates_of(work, work @ rates) == pytest.approx(rates)


def test_that_one_measurement_explains_no_more_than_one_kind_of_cost() -> None:
    rates = rates_of(np.array([(1e9, 1e8, 100.0)]), np.array([0.5]))
    assert list(rates > 0) == [True, False, False]


def test_that_time_is_unknown_until_it_is_measured_on_the_device(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    assert Calibration(workspace, "cpu").seconds("a", 1e9, 1e8, 100) is None
    Calibration(workspace, "cpu").add(a_step(batch=8, seconds=0.2))
    assert Calibration(workspace, "cpu").seconds("b", 4e9, 1e8, 100) == pytest.approx(0.1)
    assert Calibration(workspace, "cuda:0").seconds("b", 4e9, 1e8, 100) is None


def test_that_a_step_beside_another_run_does_not_tell_the_time_where_a_better_one_does(tmp_path: Path) -> None:
    calibration = Calibration(Workspace(tmp_path), "cpu")
    calibration.add(a_step(key="a", seconds=9.0, beside=True))
    calibration.add(a_step(key="b", seconds=0.2))
    assert calibration.seconds("c", 8e9, 1e8, 100) == pytest.approx(0.2)


def test_that_a_networks_own_measurement_counts_before_those_of_others(tmp_path: Path) -> None:
    calibration = Calibration(Workspace(tmp_path), "cpu")
    calibration.add(a_step(key="other", memory=900 * MB))
    calibration.add(a_step(key="own", memory=130 * MB))
    assert calibration.workspaces("own").at(50 * MB) == 30 * MB
    assert calibration.workspaces("new").measured


def test_that_workspaces_are_guessed_until_something_was_measured() -> None:
    assert Calibration(None, "cpu").workspaces("a") == GUESSED["cpu"]


def test_that_a_broken_file_is_no_knowledge_and_no_failure(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    (tmp_path / "devices").mkdir()
    for text in ("{", "[1]", '[{"key": "a"}]', "null"):
        (tmp_path / "devices" / "cpu.json").write_text(text)
        assert Calibration(workspace, "cpu").measurements == ()


def test_that_a_key_tells_steps_apart_and_nothing_else() -> None:
    facts = Facts()
    assert key_of(wine(), facts) == key_of(wine(batch_size=99, epochs=7, seed=3), facts)
    assert key_of(wine(), facts) != key_of(wine(optimizer=Component(kind="SGD")), facts)
    assert key_of(wine(), facts) != key_of(digits(), facts)
