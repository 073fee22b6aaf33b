"""What a run tells, keeps and leaves behind."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from engine.events import Checkpointed, Ended, Log, Message, Metrics, Sampled, Started, Steps, Stop
from engine.runs import TakenError, commit_of
from engine.train import RunError, run, train_run
from tests.train.making import CNN, Fragile, catalogue, digits, events, new_run, raising, wine


def test_that_every_step_is_told_once_and_in_order(tmp_path: Path) -> None:
    folder = new_run(tmp_path, wine(epochs=5))
    assert train_run(folder, "cpu").outcome == "finished"
    told = [step for one in events(folder, Steps) for step in range(one.first, one.last + 1)]
    [start] = events(folder, Started)
    assert told == list(range(1, 5 * start.steps_per_epoch + 1))


def test_that_a_start_tells_what_computes_and_of_which_commit(tmp_path: Path) -> None:
    folder = new_run(tmp_path, wine(epochs=1))
    train_run(folder, "cpu")
    [start] = events(folder, Started)
    assert start.machine
    assert 1 <= start.threads <= torch.get_num_threads()
    assert start.commit == commit_of(Path(folder.request()["folder"]))


def test_that_gradients_are_measured_now_and_then_where_they_are_not_clipped(tmp_path: Path) -> None:
    folder = new_run(tmp_path, wine(epochs=2))
    train_run(folder, "cpu")
    [start], found = events(folder, Started), events(folder, Sampled)
    assert found
    assert all(one.values["gradient_norm"] > 0 for one in found)
    steps = [one.step for one in found]
    assert steps == sorted(set(steps))
    assert 1 <= steps[0] <= steps[-1] <= 2 * start.steps_per_epoch
    assert not any("gradient_norm" in one.values for one in events(folder, Steps))


def test_that_every_gradient_is_measured_where_they_are_clipped(tmp_path: Path) -> None:
    folder = new_run(tmp_path, wine(epochs=1, gradient_clip=1.0))
    train_run(folder, "cpu")
    assert all(len(one.values["gradient_norm"]) == len(one.values["loss"]) for one in events(folder, Steps))
    assert not events(folder, Sampled)


def test_that_every_epoch_has_metrics_of_training_and_validation_and_the_end_those_of_the_test(tmp_path: Path) -> None:
    folder = new_run(tmp_path, wine())
    ended = train_run(folder, "cpu")
    found = events(folder, Metrics)
    assert [one.epoch for one in found] == [1, 2, 3]
    names = {f"{split}/{name}" for split in ("train", "validation") for name in ("loss", "accuracy", "macro_f1")}
    assert all(set(one.values) == names for one in found)
    assert set(ended.metrics) == {"test/loss", "test/accuracy", "test/macro_f1"}


def test_that_the_training_loss_of_an_epoch_is_the_mean_over_its_samples(tmp_path: Path) -> None:
    folder = new_run(tmp_path, wine(epochs=1, batch_size=50))
    train_run(folder, "cpu")
    [start], [metrics] = events(folder, Started), events(folder, Metrics)
    losses = [loss for one in events(folder, Steps) for loss in one.values["loss"]]
    last = start.samples["train"] - 50 * (len(losses) - 1)
    sizes = [50] * (len(losses) - 1) + [last]
    mean = sum(loss * size for loss, size in zip(losses, sizes, strict=True)) / sum(sizes)
    assert metrics.values["train/loss"] == pytest.approx(mean)


def test_that_listeners_hear_what_the_journal_holds(tmp_path: Path) -> None:
    heard: list[Message] = []
    folder = run(wine(), workspace=tmp_path, device="cpu", on_event=heard.append)
    assert folder.tail().read()[1:] == heard  # the first says that the run was created


def test_that_the_same_seed_gives_the_same_weights_and_another_seed_others(tmp_path: Path) -> None:
    runs = [run(digits(epochs=1, seed=seed), workspace=tmp_path, device="cpu") for seed in (1, 1, 2)]
    one, two, three = (load_file(each.path / "model" / "model.safetensors") for each in runs)
    assert all(torch.equal(one[name], two[name]) for name in one)
    assert not all(torch.equal(one[name], three[name]) for name in one)


def test_that_the_model_left_behind_answers_as_the_best_checkpoint_does(tmp_path: Path) -> None:
    folder = new_run(tmp_path, digits(epochs=2))
    train_run(folder, "cpu")
    about = json.loads((folder.model / "model.json").read_text())
    program = torch.export.load(folder.model / "model.pt2").module()
    answers = program(torch.zeros(5, *about["inputs"][0]["shape"]))
    assert answers.shape == (5, len(about["classes"]["label"]))
    takes, gives = (about["signature"][side] for side in ("inputs", "outputs"))
    assert takes == [{"shape": [-1, *about["inputs"][0]["shape"]], "dtype": "float32"}]
    assert gives == [{"shape": [-1, 10], "dtype": "float32"}]
    sample = load_file(folder.model / "example.safetensors")
    assert {name: list(one.shape) for name, one in sample.items()} == {"image": [1, *about["inputs"][0]["shape"]]}
    best = load_file(folder.checkpoints / "best.safetensors")
    assert all(torch.equal(best[name], value) for name, value in load_file(folder.model / "model.safetensors").items())


def test_that_what_was_measured_on_the_training_split_is_kept_with_the_run(tmp_path: Path) -> None:
    folder = new_run(tmp_path, wine())
    train_run(folder, "cpu")
    assert set(folder.read_json("statistics.json")["statistics"]) == {"features", "label"}


def test_that_a_run_keeps_its_code_and_what_its_test_split_was_taken_for(tmp_path: Path) -> None:
    folder = new_run(tmp_path, wine())
    ended = train_run(folder, "cpu")
    assert "class Model(nn.Module):" in folder.code.read_text("utf-8")
    confusion = folder.read_json("tested.json")["confusion"]
    right = sum(row[place] for place, row in enumerate(confusion["counts"]))
    total = sum(map(sum, confusion["counts"]))
    assert len(confusion["classes"]) == 3
    assert right / total == pytest.approx(ended.metrics["test/accuracy"])


def test_that_the_best_checkpoint_is_the_epoch_with_the_best_watched_metric(tmp_path: Path) -> None:
    folder = new_run(tmp_path, wine(epochs=6))
    train_run(folder, "cpu")
    worth = [(one.values["validation/accuracy"], -one.values["validation/loss"]) for one in events(folder, Metrics)]
    best = [one.epoch for one in events(folder, Checkpointed) if one.best]
    assert best[-1] == worth.index(max(worth)) + 1


def test_that_early_stop_ends_a_run_that_gets_no_better(tmp_path: Path) -> None:
    frozen = wine(epochs=50, early_stop=3).set("training.optimizer.lr", 1e-12)
    folder = new_run(tmp_path, frozen)
    ended = train_run(folder, "cpu")
    assert ended.outcome == "finished"
    assert len(events(folder, Metrics)) < 50
    assert "Stopped early" in ended.message
    assert ended.metrics


def test_that_a_batch_larger_than_the_data_is_one_step_and_said(tmp_path: Path) -> None:
    folder = new_run(tmp_path, wine(batch_size=5000))
    assert train_run(folder, "cpu").outcome == "finished"
    assert events(folder, Started)[0].steps_per_epoch == 1
    assert any("batch size is 5000" in one.text for one in events(folder, Log))


def test_that_bfloat16_trains(tmp_path: Path) -> None:
    folder = new_run(tmp_path, digits(precision="bfloat16").set("training.optimizer.lr", 0.01))
    ended = train_run(folder, "cpu")
    assert ended.metrics["test/accuracy"] > 0.7


def test_that_deterministic_training_leaves_the_process_as_it_was_for_the_next_run(tmp_path: Path) -> None:
    run(wine(deterministic=True), workspace=tmp_path, device="cpu")
    assert torch.are_deterministic_algorithms_enabled()
    run(wine(), workspace=tmp_path, device="cpu")
    assert not torch.are_deterministic_algorithms_enabled()


def test_that_a_loss_that_becomes_nan_fails_the_run_and_keeps_the_last_good_checkpoint(tmp_path: Path) -> None:
    Fragile.breaks(14, lambda loss: loss * math.nan)
    folder = new_run(tmp_path, wine().set("task", "Fragile"))
    ended = train_run(folder, "cpu", catalogue=catalogue(Fragile))
    assert ended.outcome == "failed"
    for word in ("NaN", "step 13", "epoch 2", "learning rate", "The last good checkpoint is kept"):
        assert word in ended.message
    state = torch.load(folder.checkpoints / "last.pt", weights_only=True)
    assert state["progress"]["step"] == 8
    assert all(bool(value.isfinite().all()) for value in state["model"].values())


def test_that_any_error_ends_the_run_in_words_with_the_traceback_in_a_file(tmp_path: Path) -> None:
    Fragile.breaks(3, raising(IndexError("no such thing")))
    folder = new_run(tmp_path, wine().set("task", "Fragile"))
    ended = train_run(folder, "cpu", catalogue=catalogue(Fragile))
    assert ended.outcome == "failed"
    assert "no such thing" in ended.message
    assert "Traceback" not in ended.message
    assert "IndexError" in (folder.path / "crash.txt").read_text()
    assert events(folder, Ended) == [ended]


def test_that_running_out_of_memory_names_a_smaller_batch(tmp_path: Path) -> None:
    Fragile.breaks(2, raising(torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20 GiB")))
    folder = new_run(tmp_path, wine(batch_size=16).set("task", "Fragile"))
    ended = train_run(folder, "cpu", catalogue=catalogue(Fragile))
    assert "batch size of 8 (now 16)" in ended.message


def test_that_a_network_that_does_not_fit_the_data_fails_before_the_first_step(tmp_path: Path) -> None:
    folder = new_run(tmp_path, wine().with_network("model", CNN))
    ended = train_run(folder, "cpu")
    assert ended.outcome == "failed"
    assert "image" in ended.message
    assert not events(folder, Started)


def test_that_a_device_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "not a device" in train_run(new_run(tmp_path, wine()), "abacus").message


def test_that_a_finished_run_is_not_trained_again(tmp_path: Path) -> None:
    folder = new_run(tmp_path, wine())
    train_run(folder, "cpu")
    before = folder.tail().read()
    with pytest.raises(RunError):
        train_run(folder, "cpu")
    assert folder.tail().read() == before


def test_that_a_run_held_by_somebody_alive_is_left_alone(tmp_path: Path) -> None:
    folder = new_run(tmp_path, wine())
    with folder.owner, pytest.raises(TakenError):
        train_run(folder, "cpu")


def test_that_a_run_stopped_while_it_waited_takes_hardly_a_step(tmp_path: Path) -> None:
    folder = new_run(tmp_path, wine(epochs=1000))
    folder.control(Stop())
    ended = train_run(folder, "cpu")
    assert (ended.outcome, ended.step) == ("stopped", 1)


def test_that_a_disk_that_takes_no_checkpoint_is_said_and_training_goes_on(tmp_path: Path) -> None:
    folder = new_run(tmp_path, wine())
    folder.checkpoints.write_text("a file where the folder should be")
    ended = train_run(folder, "cpu")
    assert ended.outcome == "finished"
    assert any("No checkpoint could be written" in one.text for one in events(folder, Log))


def test_that_a_network_uses_as_many_threads_as_it_is_worth_and_gives_them_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[int] = []
    monkeypatch.setattr(torch, "get_num_threads", lambda: 4)
    monkeypatch.setattr(torch, "set_num_threads", used.append)
    for number, project in enumerate((wine(), digits(batch_size=512))):  # Conv2d: 512 × 8 × 8 × 4 × 9 × 2 = 2.4 MFLOPs
        train_run(new_run(tmp_path / str(number), project), "cpu")
    wide = digits().set("model.conv2d_1.out_channels", 48)  # at batch 1,200: 66 MFLOPs
    train_run(new_run(tmp_path / "wide", wide.set("training.batch_size", 1200)), "cpu")
    assert used == [1, 4, 1, 4, 3, 4]
