"""A run that was cut off anywhere ends with the same weights, bit for bit, as one that was not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from engine.events import Ended, Metrics, Started
from engine.runs import RunFolder
from engine.spec import Project
from engine.train import train_run
from tests.train.making import Fragile, Killed, catalogue, digits, events, new_run, raising, wine

OFTEN = 1e-9  # seconds between checkpoints: one at every pulse


@pytest.fixture(autouse=True)
def pulse_at_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checkpoints inside an epoch need many more steps than these small runs have, or a pulse at each."""
    monkeypatch.setattr("engine.train.job.PULSE", 0.0)


def weights(run: RunFolder) -> dict[str, Tensor]:
    """The last checkpoint's weights."""
    state: dict[str, Tensor] = torch.load(run.checkpoints / "last.pt", weights_only=True)["model"]
    return state


def straight(tmp_path: Path, project: Project) -> RunFolder:
    Fragile.breaks(0, raising(Killed()))
    run = new_run(tmp_path / "straight", project)
    assert train_run(run, "cpu", catalogue=catalogue(Fragile)).outcome == "finished"
    return run


def cut_off(tmp_path: Path, project: Project, *, at: int) -> RunFolder:
    """Train, die within the computation of the loss of that number, and go on."""
    run = new_run(tmp_path / "cut", project)
    Fragile.breaks(at, raising(Killed()))
    with pytest.raises(Killed):
        train_run(run, "cpu", catalogue=catalogue(Fragile))
    assert (run.checkpoints / "last.pt").exists()
    Fragile.breaks(0, raising(Killed()))
    assert train_run(run, "cpu", catalogue=catalogue(Fragile)).outcome == "finished"
    return run


def same(one: dict[str, Tensor], other: dict[str, Tensor]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


SETTINGS: dict[str, dict[str, Any]] = {
    "adam": {},
    "one cycle": {"schedule": "OneCycleLR"},
    "accumulation": {"accumulate": 3},
    "batches that lie anywhere in memory": {"batch_size": 7},
    "clipping and momentum": {"gradient_clip": 0.5, "optimizer": "SGD"},
    "plateau and early stop": {"schedule": "ReduceLROnPlateau", "early_stop": 2},
    "cosine and rmsprop": {"schedule": "CosineAnnealingLR", "optimizer": "RMSprop"},
}


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS.keys())
@pytest.mark.parametrize("at", [5, 9, 17])
def test_that_a_run_cut_off_anywhere_ends_with_equal_weights(tmp_path: Path, settings: dict[str, Any], at: int) -> None:
    project = wine(checkpoint_every=OFTEN, **settings).set("task", "Fragile")
    one, other = straight(tmp_path, project), cut_off(tmp_path, project, at=at)
    assert same(weights(one), weights(other))
    best = "model/model.safetensors"
    assert same(load_file(one.path / best), load_file(other.path / best))


def test_that_convolutions_resume_exactly_too(tmp_path: Path) -> None:
    project = digits(checkpoint_every=OFTEN).set("task", "Fragile").set("training.epochs", 2)
    one, other = straight(tmp_path, project), cut_off(tmp_path, project, at=29)
    assert same(weights(one), weights(other))


def test_that_the_metrics_of_an_epoch_in_two_attempts_are_those_of_the_whole_epoch(tmp_path: Path) -> None:
    project = wine(checkpoint_every=OFTEN).set("task", "Fragile")
    one, other = straight(tmp_path, project), cut_off(tmp_path, project, at=5)
    first, second = events(one, Metrics), events(other, Metrics)
    assert [epoch.values for epoch in first] == [pytest.approx(epoch.values) for epoch in second]


def test_that_a_resumed_run_says_from_which_step_it_goes_on(tmp_path: Path) -> None:
    run = cut_off(tmp_path, wine(checkpoint_every=OFTEN).set("task", "Fragile"), at=5)
    first, second = events(run, Started)
    assert first.step == 0
    assert second.step == 4  # it died within the fifth


def test_that_a_checkpoint_that_is_no_checkpoint_fails_the_run_in_words(tmp_path: Path) -> None:
    run = new_run(tmp_path, wine())
    run.checkpoints.mkdir()
    (run.checkpoints / "last.pt").write_bytes(b"not a checkpoint")
    ended = train_run(run, "cpu")
    assert ended.outcome == "failed"
    assert "checkpoint" in ended.message
    assert events(run, Ended) == [ended]
