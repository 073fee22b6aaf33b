"""From a step back to its batch and the checkpoints around it."""

from pathlib import Path
from typing import Any

import pytest
import torch

from engine.events import Checkpointed, Started
from engine.runs import RunFolder, Workspace, append
from engine.service.origins import AT_ONCE, Origins
from engine.spec import Catalogue
from engine.train.plan import Plan
from tests.train.making import digits, wine


@pytest.fixture
def home(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path).prepare()


@pytest.fixture
def origins(home: Workspace) -> Origins:
    return Origins(home, Catalogue.load())


def ask(origins: Origins, run: RunFolder, step: int) -> dict[str, Any]:
    found = origins.origin(run.id, step)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("batch_size", "accumulate", "chunk"), [(7, 1, 3), (5, 2, 2), (60, 1, 1)])
def test_that_a_step_s_samples_are_those_that_the_loop_gathers(batch_size: int, accumulate: int, chunk: int) -> None:
    plan = Plan(count=61, batch_size=batch_size, accumulate=accumulate, seed=4, steps_per_chunk=chunk)
    taken = []
    for epoch in range(2):
        order, _ = plan.left(epoch, after=0)
        for piece in order.split(plan.chunk):
            steps = plan.steps({"row": piece})
            taken += [(epoch, torch.cat([batch["row"] for batch in batches]).tolist()) for batches in steps]

    found = [plan.learned_from(step) for step in range(1, len(taken) + 1)]

    assert [(epoch, rows.tolist()) for epoch, rows in found] == taken


def test_that_a_batch_is_shown_with_its_labels_and_its_epoch(origins: Origins, home: Workspace) -> None:
    run = home.new_run(wine(batch_size=16))

    found = ask(origins, run, 9)

    assert found["size"] == len(found["batch"]) == 16
    assert found["epoch"] == 2
    assert all(one["label"] and one["cells"] for one in found["batch"])
    assert found["trouble"] == ""


def test_that_pictures_are_shown_and_a_large_batch_is_counted_whole(origins: Origins, home: Workspace) -> None:
    run = home.new_run(digits(batch_size=200))

    found = ask(origins, run, 1)

    assert (found["size"], len(found["batch"])) == (200, AT_ONCE)
    assert all(one["png"] for one in found["batch"])


def test_that_other_data_in_the_same_number_is_shown_and_said(origins: Origins, home: Workspace) -> None:
    run = home.new_run(wine())
    run.write_json("statistics.json", {"fingerprint": "another"})

    found = ask(origins, run, 1)

    assert found["batch"]
    assert "changed" in found["trouble"]


def test_that_a_batch_of_data_in_another_number_cannot_be_told(origins: Origins, home: Workspace) -> None:
    run = home.new_run(wine())
    append(run.events, started(samples=9))

    found = ask(origins, run, 1)

    assert found["batch"] == []
    assert "9 samples" in found["trouble"]


def test_that_the_checkpoints_around_a_step_are_those_that_still_lie_there(origins: Origins, home: Workspace) -> None:
    run = home.new_run(wine())
    saved = [(10, "best", True), (20, "last", False), (30, "best", True), (40, "gone", False), (50, "last", False)]
    append(run.events, started(), *(Checkpointed(step=at, epoch=1, path=name, best=best) for at, name, best in saved))
    for name in ("best", "last"):
        (run.path / name).touch()

    found = ask(origins, run, 35)

    assert (found["before"]["step"], found["before"]["best"]) == (30, True)
    assert found["after"]["step"] == 50
    assert ask(origins, run, 5)["before"] is None


def started(*, samples: int = 0) -> Started:
    return Started(
        device="cpu", pid=1, host="h", epochs=1, steps_per_epoch=10, samples={"train": samples} if samples else {}
    )
