"""A run once more: repeated bit for bit, or gone on from for more epochs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.events import Ended, Log, Metrics, Started
from engine.runs import RunFolder, Workspace, WorkspaceError
from engine.runs.again import go_on, repeat
from engine.runs.equality import matches
from engine.spec import Project
from engine.train import train_run
from tests.train.making import events, new_run, wine


def trained(run: RunFolder) -> RunFolder:
    assert train_run(run, "cpu").outcome == "finished"
    return run


def home(run: RunFolder) -> Workspace:
    return Workspace(run.path.parents[1])


def prolonged(tmp_path: Path, project: Project, *, epochs: int) -> RunFolder:
    """The project trained to its end, and then gone on from."""
    first = trained(new_run(tmp_path / "first", project))
    return trained(go_on(home(first), first, device="cpu", epochs=epochs))


def state(run: RunFolder) -> dict[str, Any]:
    found: dict[str, Any] = torch.load(run.checkpoints / "last.pt", weights_only=True)
    return found


def rates(run: RunFolder) -> list[float]:
    """The learning rate before each step."""
    (found,) = (one for one in run_values(run) if one[0] == "learning_rate")
    return found[1]


def run_values(run: RunFolder) -> list[tuple[str, list[float]]]:
    from engine.events import Steps

    values: dict[str, list[float]] = {}
    for one in events(run, Steps):
        for name, several in one.values.items():
            values.setdefault(name, []).extend(several)
    return list(values.items())


def test_that_a_repeated_run_has_equal_numbers_bit_for_bit(tmp_path: Path) -> None:
    first = trained(new_run(tmp_path, wine()))
    again = trained(repeat(home(first), first, device="cpu"))

    found = matches(again, first)
    assert again.summary().origin == first.id
    assert {one.name for one in found} >= {"validation/loss", "test/accuracy", "loss"}
    assert all(one.same for one in found)


def test_that_another_seed_is_seen_in_the_numbers(tmp_path: Path) -> None:
    one, other = (trained(new_run(tmp_path / name, wine(seed=seed))) for seed, name in enumerate("ab"))

    found = {match.name: match for match in matches(one, other)}

    assert not found["validation/loss"].same
    assert found["validation/loss"].first == 1
    assert found["validation/loss"].largest > 0


@pytest.mark.parametrize("schedule", ["Constant", "StepLR"])
def test_that_more_epochs_give_what_as_many_at_once_would_have(tmp_path: Path, schedule: str) -> None:
    settings = {"schedule": schedule, "gradient_clip": 1.0}
    longer = prolonged(tmp_path, wine(epochs=2, **settings), epochs=4)
    straight = trained(new_run(tmp_path / "straight", wine(epochs=4, **settings)))

    assert all(one.same for one in matches(longer, straight))
    assert [one.epoch for one in events(longer, Metrics)] == [1, 2, 3, 4]
    assert longer.summary().best == straight.summary().best
    weights = zip(state(longer)["model"].values(), state(straight)["model"].values(), strict=True)
    assert all(torch.equal(one, other) for one, other in weights)


@pytest.mark.parametrize("schedule", ["CosineAnnealingLR", "OneCycleLR", "PolynomialLR"])
def test_that_a_schedule_over_all_epochs_is_laid_out_over_the_new_number(tmp_path: Path, schedule: str) -> None:
    longer = prolonged(tmp_path, wine(epochs=2, schedule=schedule), epochs=4)
    straight = trained(new_run(tmp_path / "straight", wine(epochs=4, schedule=schedule)))

    half = len(rates(straight)) // 2
    assert rates(longer)[half:] == pytest.approx(rates(straight)[half:])
    assert any(f"{schedule} is laid out over all 4 epochs" in one.text for one in events(longer, Log))


def test_that_the_old_run_stays_as_it_was(tmp_path: Path) -> None:
    first = trained(new_run(tmp_path, wine(epochs=1)))
    before = {path: path.read_bytes() for path in first.path.rglob("*") if path.is_file()}

    longer = trained(go_on(home(first), first, device="cpu", epochs=2))

    assert {path: path.read_bytes() for path in first.path.rglob("*") if path.is_file()} == before
    assert longer.summary().origin == first.id
    assert [one.epoch for one in events(longer, Started)] == [0, 1]


def test_that_waiting_for_improvement_starts_afresh(tmp_path: Path) -> None:
    settings = {"early_stop": 1, "optimizer": "SGD"}
    first = new_run(tmp_path, wine(epochs=50, **settings).set("training.optimizer.lr", 1e-12))
    assert "Stopped early" in train_run(first, "cpu").message
    done = first.summary().epoch

    longer = go_on(home(first), first, device="cpu", epochs=60)
    train_run(longer, "cpu")

    assert longer.summary().epoch > done


def test_that_there_must_be_a_checkpoint_and_something_left_to_do(tmp_path: Path) -> None:
    first = trained(new_run(tmp_path, wine(epochs=2)))
    for epochs, words in ((2, "2 epochs already"), (10**9, "less than or equal")):
        with pytest.raises(WorkspaceError, match=words):
            go_on(home(first), first, device="cpu", epochs=epochs)
    longer = go_on(home(first), first, device="cpu", epochs=3)
    shutil.rmtree(first.checkpoints)
    with pytest.raises(WorkspaceError, match="no checkpoint left"):
        go_on(home(first), first, device="cpu", epochs=3)

    ended = train_run(longer, "cpu")  # it had been queued before

    assert isinstance(ended, Ended)
    assert ended.outcome == "failed"
    assert "is gone" in ended.message
