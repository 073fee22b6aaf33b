"""What the runs of one process share: behaviors that a search brings along, and data that lies ready."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from engine.data import DataCache
from engine.events import Checkpointed, Ended, Metrics
from engine.runs import RunFolder
from engine.train import Keeping, RunError, complete, train_run
from engine.train.behaviors import Behavior
from engine.train.halt import Pruned
from engine.train.job import Job
from tests.train.making import events, new_run, wine


class Prune(Behavior):
    """Sees enough after some epochs."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.seen: list[Mapping[str, float]] = []

    def epoch(self, job: Job, metrics: Mapping[str, float]) -> None:
        self.seen.append(metrics)
        if job.progress.epoch == self.after:
            raise Pruned(f"Pruned after epoch {self.after}: half of the trials were better by then.")


def best_of(run: RunFolder) -> dict[str, torch.Tensor]:
    return load_file(run.checkpoints / "best.safetensors")


def equal(some: Mapping[str, torch.Tensor], others: Mapping[str, torch.Tensor]) -> bool:
    return some.keys() == others.keys() and all(torch.equal(one, others[name]) for name, one in some.items())


def test_that_a_behavior_of_a_search_sees_every_epoch_and_can_end_the_run(tmp_path: Path) -> None:
    folder, prune = new_run(tmp_path, wine(epochs=6)), Prune(after=2)
    ended = train_run(folder, "cpu", behaviors=[prune])
    assert (ended.outcome, ended.epoch) == ("pruned", 2)
    assert ended.message.startswith("Pruned after epoch 2")
    assert [dict(one) for one in prune.seen] == [dict(one.values) for one in events(folder, Metrics)]
    assert folder.summary().state == "pruned"
    assert folder.summary().message == ended.message


def test_that_a_pruned_run_goes_on_bit_for_bit_when_somebody_wants_it_to(tmp_path: Path) -> None:
    whole, pruned = new_run(tmp_path, wine(epochs=4)), new_run(tmp_path, wine(epochs=4))
    train_run(whole, "cpu")
    train_run(pruned, "cpu", behaviors=[Prune(after=2)])
    assert events(pruned, Checkpointed)[-1].epoch == 2
    assert train_run(pruned, "cpu").outcome == "finished"
    assert events(pruned, Ended)[-1].metrics == events(whole, Ended)[-1].metrics


def test_that_runs_with_the_same_data_learn_the_same_from_data_that_lies_ready(tmp_path: Path) -> None:
    cache = DataCache()
    runs = [new_run(tmp_path, wine(epochs=2)) for _ in range(3)]
    ends = [train_run(run, "cpu", data=kept) for run, kept in zip(runs, (None, cache, cache), strict=True)]
    assert len(cache) == 1
    assert ends[0].metrics == ends[1].metrics == ends[2].metrics
    assert runs[2].read_json("statistics.json") == runs[0].read_json("statistics.json")


def test_that_training_leaves_data_that_lies_ready_as_it_was(tmp_path: Path) -> None:
    cache, seen = DataCache(), []

    class Look(Behavior):
        def epoch(self, job: Job, metrics: Mapping[str, float]) -> None:
            seen.append(job.splits["train"].gather(torch.arange(5))["features"])

    for _ in range(2):
        train_run(new_run(tmp_path, wine(epochs=1)), "cpu", data=cache, behaviors=[Look()])
    assert torch.equal(seen[0], seen[1])


def test_that_a_run_that_keeps_little_learns_what_a_whole_one_learns_and_can_go_on(tmp_path: Path) -> None:
    whole, little = new_run(tmp_path, wine(epochs=4)), new_run(tmp_path, wine(epochs=4))
    ends = [train_run(whole, "cpu"), train_run(little, "cpu", keeping=Keeping(every=60, whole=lambda _: False))]
    assert ends[0].metrics == ends[1].metrics
    assert (whole.summary().last, whole.summary().best) == (little.summary().last, little.summary().best)
    kept = [(one.epoch, one.best) for one in events(little, Checkpointed)]
    assert kept == [(little.summary().best_epoch, True), (4, False)]
    assert equal(best_of(whole), best_of(little))
    assert not little.model.exists()
    complete(little)
    assert little.code.read_bytes() == whole.code.read_bytes()
    assert equal(load_file(little.model / "model.safetensors"), load_file(whole.model / "model.safetensors"))
    assert (little.model / "model.pt2").exists()
    assert len(events(little, Ended)) == 1


def test_that_a_run_that_keeps_little_and_is_stopped_goes_on_bit_for_bit(tmp_path: Path) -> None:
    whole, little, sparing = new_run(tmp_path, wine(epochs=5)), new_run(tmp_path, wine(epochs=5)), Keeping(every=60)
    train_run(whole, "cpu")
    assert train_run(little, "cpu", behaviors=[Prune(after=3)], keeping=sparing).outcome == "pruned"
    assert train_run(little, "cpu", keeping=sparing).outcome == "finished"
    assert little.summary().best == whole.summary().best
    assert equal(best_of(whole), best_of(little))


def test_that_a_run_is_kept_whole_if_its_best_epoch_is_worth_it(tmp_path: Path) -> None:
    judged: list[Mapping[str, float]] = []

    def worth(best: Mapping[str, float]) -> bool:
        judged.append(best)
        return True

    folder = new_run(tmp_path, wine())
    train_run(folder, "cpu", keeping=Keeping(whole=worth))
    summary = folder.summary()
    assert judged == [summary.best | {name: one for name, one in summary.last.items() if name.startswith("test/")}]
    assert folder.code.exists()
    assert (folder.model / "model.pt2").exists()


def test_that_a_run_that_has_not_finished_is_not_completed(tmp_path: Path) -> None:
    folder = new_run(tmp_path, wine())
    train_run(folder, "cpu", behaviors=[Prune(after=1)])
    with pytest.raises(RunError, match="Only a run that has finished"):
        complete(folder)
