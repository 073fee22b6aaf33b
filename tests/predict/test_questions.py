"""Runs are asked about their samples through the service, a slice of work at a time."""

from typing import Any

import pytest

from engine.runs import RunFolder, Workspace
from engine.service import predictions
from engine.service.predictions import Predictions
from engine.spec import Catalogue


@pytest.fixture
def part(space: Workspace) -> Predictions:
    return Predictions(space, Catalogue.load())


def ask(part: Predictions, *runs: RunFolder, split: str = "validation") -> dict[str, Any]:
    while True:
        found = part.predictions([run.id for run in runs], split)
        assert isinstance(found, dict)
        if found["state"] == "ready":
            return found


def test_that_two_runs_are_compared_on_the_same_samples(
    part: Predictions,
    weak: RunFolder,
    strong: RunFolder,
) -> None:
    found = ask(part, weak, strong)
    groups = {one["name"]: one["count"] for one in found["groups"]}
    assert found["samples"] == groups["all"] == 270
    assert groups["fixed"] > groups["broken"]
    assert found["test"]["p"] < 0.05
    assert found["splits"] == ["validation", "test"]
    assert [len(one["confusion"]) % 3 for one in found["sides"]] == [0, 0]


def test_that_samples_come_with_their_picture_and_both_answers(
    part: Predictions,
    weak: RunFolder,
    strong: RunFolder,
) -> None:
    ask(part, weak, strong)
    found = part.samples([weak.id, strong.id], "validation", group="fixed", count=3)
    assert isinstance(found, dict)
    assert found["total"] >= 3
    for one in found["samples"]:
        assert one["png"]
        before, after = one["answers"]
        assert not before["right"]
        assert after["right"]
        assert after["text"] == one["label"]
        assert 0 < after["confidence"] <= 1


def test_that_other_splits_are_compared_where_they_meet(
    part: Predictions,
    strong: RunFolder,
    elsewhere: RunFolder,
) -> None:
    found = ask(part, strong, elsewhere)
    assert 0 < found["samples"] < 270
    assert "the others one of them has learned from" in found["notes"][0]


def test_that_one_run_of_numbers_is_told_alone(part: Predictions, table: RunFolder) -> None:
    found = ask(part, table, split="test")
    assert found["kind"] == "number"
    assert found["test"] is None
    assert len(found["points"]["truth"]) == found["samples"] == 66
    shown: Any = part.samples([table.id], "test")
    assert shown["samples"][0]["cells"]


def test_that_answers_are_kept_and_made_again_when_the_weights_change(
    space: Workspace,
    strong: RunFolder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask(Predictions(space, Catalogue.load()), strong)

    def working(*_: Any) -> Any:
        raise AssertionError("it was asked again")

    monkeypatch.setattr(Predictions, "_working", working)
    ask(Predictions(space, Catalogue.load()), strong)
    best = strong.checkpoints / "best.safetensors"
    best.write_bytes(best.read_bytes())
    with pytest.raises(AssertionError, match="asked again"):
        ask(Predictions(space, Catalogue.load()), strong)


def test_that_work_is_told_in_slices(part: Predictions, strong: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(predictions, "SLICE", 0)
    monkeypatch.setattr("engine.predict.predicting.MOST_AT_ONCE", 100)
    strong.checkpoints.joinpath("best.safetensors").touch()
    done: list[Any] = [part.predictions([strong.id], "test") for _ in range(3)]
    assert [one.get("done") for one in done] == [100, 200, None]
