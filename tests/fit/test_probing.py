"""The measuring process: its lines, and what it says when memory runs out."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.events import Created
from engine.fit import Calibration
from engine.fit.probing import is_training, main
from engine.fit.trial import Trial
from engine.runs import Workspace
from engine.spec import Project, project_to_json
from tests.train.making import new_run, wine

Probe = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Probe:
    """Measure a project in this process and return what was said."""
    monkeypatch.setattr("engine.fit.probing.prefer_to_be_ended", lambda: None)
    monkeypatch.setattr("engine.fit.trial.STEPS", 2)
    threads = torch.get_num_threads()

    def call(project: Project) -> list[dict[str, Any]]:
        monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(project_to_json(project))))
        main(["--device", "cpu", "--workspace", str(tmp_path / "space")])
        torch.set_num_threads(threads)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return call


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let memory run out where a step has more samples than so many."""
    steps = Trial._steps

    def limit(most: int) -> None:
        def run(trial: Trial, batch: int) -> tuple[int, float]:
            if batch > most:
                raise RuntimeError("DefaultCPUAllocator: can't allocate memory")
            return steps(trial, batch)

        monkeypatch.setattr(Trial, "_steps", run)

    return limit


def test_that_a_measurement_is_told_step_by_step_and_remembered(probe: Probe, tmp_path: Path) -> None:
    *told, last = probe(wine(batch_size=32))
    assert [one["done"] for one in told] == sorted(one["done"] for one in told)
    assert last["result"]["measured"]["batch"] == 32
    assert last["result"]["seconds_per_step"] > 0
    [kept] = Calibration(Workspace(tmp_path / "space"), "cpu").measurements
    assert kept.batch == 32
    assert kept.memory >= 0


def test_that_where_memory_runs_out_a_smaller_batch_is_measured_and_that_is_said(
    probe: Probe, small: Callable[[int], None], tmp_path: Path
) -> None:
    small(20)
    result = probe(wine(batch_size=64))[-1]["result"]
    assert "ran out in a real step with 64 samples" in result["note"]
    assert [one.batch for one in Calibration(Workspace(tmp_path / "space"), "cpu").measurements] == [16]


def test_that_where_no_batch_has_room_the_answer_is_a_sentence(probe: Probe, small: Callable[[int], None]) -> None:
    small(0)
    assert "ran out" in probe(wine())[-1]["refusal"]


def test_that_a_network_that_cannot_run_is_refused_in_words(probe: Probe) -> None:
    broken = wine().set("model.linear_1.out_features", 0)
    assert "out_features" in probe(broken)[-1]["refusal"]


def test_that_a_run_in_training_is_seen(tmp_path: Path) -> None:
    run = new_run(tmp_path, wine())
    workspace = Workspace(tmp_path / "space")
    assert [type(one) for one in run.tail().read()] == [Created]
    assert not is_training(workspace)
    with run.owner:
        assert is_training(workspace)
    assert not is_training(workspace)
