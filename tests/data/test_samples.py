"""How batches are handed out, from memory and from further away."""

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from engine.data import Data, Encoder, Placement, Source, divide, prepare
from engine.data.encoders import Encode
from engine.data.samples import Resident
from engine.data.streamed import Streamed
from engine.spec import Column, Split
from tests.data.making import labeled, numbered, pictured

SPLIT = Split(validation=0.2, test=0.2)
RAW_ONLY = 60 * (3 * 5 * 4 + 8) + 100  # bytes that sixty small images take raw, but not encoded

Eventually = Callable[..., None]


def rows_of(data: Data, split: str) -> list[float]:
    """Which rows of a `labeled` source a split has, by their only feature."""
    statistics = data.facts.statistics["features"]["fields"][0]
    samples = data.splits[split]
    found = samples.gather(torch.arange(len(samples)))["features"][:, 0].double()
    return [round(one) for one in (found * statistics["std"] + statistics["mean"]).tolist()]


@pytest.mark.parametrize("budget", [None, 0])
def test_that_each_split_hands_out_its_own_rows(budget: int | None) -> None:
    source = labeled(np.arange(50) % 2)
    data = prepare(source, SPLIT, Placement(budget=budget))
    for split, rows in divide(source, SPLIT).items():
        assert rows_of(data, split) == rows.tolist()


@pytest.mark.parametrize("budget", [None, RAW_ONLY, 0])
def test_that_batches_follow_the_order_and_end_with_the_rest(budget: int | None) -> None:
    data = prepare(pictured(60), SPLIT, Placement(budget=budget))
    samples = data.splits["train"]
    order = torch.randperm(len(samples), generator=torch.Generator().manual_seed(0))
    with closing(samples.batches(order, 8)) as batches:
        found = list(batches)
    assert [len(one["label"]) for one in found] == [8, 8, 8, 8, 4]
    for index, batch in zip(order.split(8), found, strict=True):
        at_once = samples.gather(index)
        assert all(torch.equal(batch[name], at_once[name]) for name in batch)


def test_that_what_fits_only_raw_stays_raw_and_gives_the_same() -> None:
    near = prepare(pictured(60), SPLIT)
    raw = prepare(pictured(60), SPLIT, Placement(budget=RAW_ONLY))
    assert isinstance(raw.splits["train"], Resident)
    index = torch.tensor([5, 0, 5])
    assert torch.equal(raw.splits["train"].gather(index)["image"], near.splits["train"].gather(index)["image"])


@pytest.mark.parametrize("budget", [None, RAW_ONLY, 0])
def test_that_images_come_in_the_layout_asked_for(budget: int | None) -> None:
    plain = prepare(pictured(60), SPLIT, Placement(budget=budget)).splits["train"]
    turned = prepare(pictured(60), SPLIT, Placement(budget=budget, channels_last=True)).splits["train"]
    index = torch.arange(7)
    assert turned.gather(index)["image"].is_contiguous(memory_format=torch.channels_last)
    assert plain.gather(index)["image"].is_contiguous()
    assert torch.equal(turned.gather(index)["image"], plain.gather(index)["image"])


def test_that_an_empty_order_gives_no_batches() -> None:
    for budget in (None, 0):
        samples = prepare(numbered(30), SPLIT, Placement(budget=budget)).splits["train"]
        assert list(samples.batches(torch.arange(0), 4)) == []


def test_that_reading_ahead_ends_when_the_loop_is_left(eventually: Eventually) -> None:
    samples = prepare(numbered(300), SPLIT, Placement(budget=0)).splits["train"]
    assert isinstance(samples, Streamed)
    with closing(samples.batches(torch.arange(len(samples)), 2)) as batches:
        next(batches)
        assert "read-ahead" in {thread.name for thread in threading.enumerate()}
    assert "read-ahead" not in {thread.name for thread in threading.enumerate()}


def test_that_reading_ahead_stays_a_few_batches_ahead(eventually: Eventually) -> None:
    read: list[int] = []

    class Counting:
        def fit(self, values: Any, rows: Any) -> dict[str, Any]:
            return {}

        def column(self, name: str, statistics: Any) -> Column:
            return Column(name=name, kind="features", shape=(2,))

        def encoding(self, statistics: Any, device: torch.device) -> Encode:
            def encode(values: torch.Tensor) -> torch.Tensor:
                read.append(len(values))
                return values.float()

            return encode

    samples = prepare(with_encoder(numbered(300), Counting()), SPLIT, Placement(budget=0)).splits["train"]
    with closing(samples.batches(torch.arange(len(samples)), 2)) as batches:
        next(batches)
        eventually(lambda: len(read) >= 3)
        assert len(read) <= 4


@pytest.mark.parametrize("after", [0, 2])
def test_that_an_error_while_reading_ahead_reaches_the_loop(after: int) -> None:
    calls: list[int] = []

    class Failing:
        def fit(self, values: Any, rows: Any) -> dict[str, Any]:
            return {}

        def column(self, name: str, statistics: Any) -> Column:
            return Column(name=name, kind="features", shape=(2,))

        def encoding(self, statistics: Any, device: torch.device) -> Encode:
            def encode(values: torch.Tensor) -> torch.Tensor:
                calls.append(1)
                if len(calls) > after:
                    raise OSError("the disk is gone")
                return values.float()

            return encode

    samples = prepare(with_encoder(numbered(300), Failing()), SPLIT, Placement(budget=0)).splits["train"]
    with closing(samples.batches(torch.arange(len(samples)), 2)) as batches:
        for _ in range(after):
            next(batches)
        with pytest.raises(OSError, match="the disk is gone"):
            next(batches)


def test_that_reading_ahead_gathers_while_batches_are_used() -> None:
    """The same order twice gives the same batches, whatever the threads do."""
    samples = prepare(numbered(500), SPLIT, Placement(budget=0)).splits["train"]
    order = torch.randperm(len(samples))
    once, again = ([one["target"] for one in samples.batches(order, 16)] for _ in range(2))
    assert all(torch.equal(one, other) for one, other in zip(once, again, strict=True))


def with_encoder(source: Source, encoder: Encoder) -> Source:
    """The source with its features encoded otherwise."""
    columns = {**source.columns, "features": replace(source.columns["features"], encoder=encoder)}
    return replace(source, columns=columns)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU that CUDA knows")
@pytest.mark.parametrize("budget", [None, RAW_ONLY, 0])
def test_that_a_gpu_gets_the_same_batches(budget: int | None) -> None:
    here = prepare(pictured(60), SPLIT).splits["train"]
    there = prepare(pictured(60), SPLIT, Placement(device="cuda", budget=budget)).splits["train"]
    order = torch.arange(len(here)).flip(0)
    with closing(here.batches(order, 16)) as near, closing(there.batches(order, 16)) as far:
        for one, other in zip(near, far, strict=True):
            assert other["image"].device.type == "cuda"
            torch.testing.assert_close(other["image"].cpu(), one["image"])
            assert torch.equal(other["label"].cpu(), one["label"])
