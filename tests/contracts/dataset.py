"""What every dataset of a pack must keep: a suite that a pack's tests subclass.

class TestMyData(DatasetContract):
    declares = MyData

    def parameters(self, folder): ...  # writes files into the folder, where it needs any, and names them
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
import torch

from engine.data import Placement, Source, divide, facts_of, prepare, preview
from engine.spec import DataError, Dataset, Split
from tests.contracts.declaration import DeclarationContract

SPLIT = Split(validation=0.25, test=0.25, seed=3)


class DatasetContract(DeclarationContract):
    """A dataset opens the same way every time, and keeps what is measured apart from what is tested."""

    declares: ClassVar[type[Dataset]]

    def parameters(self, folder: Path) -> Mapping[str, Any]:
        """What the dataset needs to know; files that it reads are written into the folder."""
        return {}

    @pytest.fixture
    def dataset(self, tmp_path: Path) -> Dataset:
        made: Dataset = self.declares.made(dict(self.parameters(tmp_path)))
        return made

    @pytest.fixture
    def source(self, dataset: Dataset, tmp_path: Path) -> Source:
        return dataset.open(tmp_path, tmp_path / "cache")

    def test_that_opening_again_finds_the_same(self, dataset: Dataset, source: Source, tmp_path: Path) -> None:
        for again in (dataset.open(tmp_path, tmp_path / "cache"), dataset.open(tmp_path)):
            assert again.fingerprint == source.fingerprint
            for name, column in source.columns.items():
                np.testing.assert_array_equal(again.columns[name].values, column.values)

    def test_that_every_training_row_is_in_one_split(self, source: Source) -> None:
        rows = np.concatenate(list(divide(source, SPLIT).values()))
        assert len(np.unique(rows)) == len(rows) == len(source)

    def test_that_batches_are_as_the_columns_say(self, source: Source) -> None:
        data = prepare(source, SPLIT)
        for split, samples in data.splits.items():
            assert len(samples) == data.facts.sizes[split]
            for name, values in samples.gather(torch.arange(len(samples))).items():
                column = data.facts.column(name)
                assert values.shape == (len(samples), *column.shape)
                assert str(values.dtype) == f"torch.{column.dtype}"
                assert values.isfinite().all()

    def test_that_statistics_come_from_the_training_split_alone(self, source: Source) -> None:
        rows = divide(source, SPLIT)
        measured = facts_of(source, rows).statistics
        assert facts_of(poisoned(source, keep=rows["train"]), rows).statistics == measured

    def test_that_stored_statistics_encode_the_same(self, source: Source) -> None:
        first = prepare(source, SPLIT)
        stored = json.loads(json.dumps(dict(first.facts.statistics)))
        again = prepare(source, SPLIT, statistics=stored)
        assert again.facts.columns == first.facts.columns
        for name, values in first.splits["test"].gather(torch.arange(3)).items():
            assert torch.equal(again.splits["test"].gather(torch.arange(3))[name], values)

    def test_that_data_too_large_for_memory_gives_the_same_batches(self, source: Source) -> None:
        near, far = prepare(source, SPLIT), prepare(source, SPLIT, Placement(budget=0))
        order = torch.arange(len(near.splits["train"])).flip(0)
        with (
            closing(near.splits["train"].batches(order, 7)) as here,
            closing(far.splits["train"].batches(order, 7)) as there,
        ):
            for one, other in zip(here, there, strict=True):
                assert one.keys() == other.keys()
                assert all(torch.equal(one[name], other[name]) for name in one)

    def test_that_a_preview_is_json_with_real_samples(self, source: Source) -> None:
        shown = json.loads(json.dumps(preview(source, SPLIT, count=6), allow_nan=False))
        assert len(shown["samples"]) == 6
        assert {one["split"] for one in shown["samples"]} == set(shown["splits"])
        assert all(one.get("png") or one.get("cells") for one in shown["samples"])
        assert sum(shown["splits"].values()) == len(source)

    def test_that_files_it_needs_are_asked_for_in_words(self, tmp_path: Path) -> None:
        if any(parameter.type == "path" for parameter in self.declares.parameters()):
            with pytest.raises(DataError, match=r"chosen yet"):
                self.declares().open(tmp_path)


def poisoned(source: Source, *, keep: np.ndarray[Any, Any]) -> Source:
    """The source with other values in all rows but those to keep: extreme numbers, and the last class everywhere."""
    columns = {}
    for name, column in source.columns.items():
        values = np.array(column.values)
        others = np.setdiff1d(np.arange(len(values)), keep)
        values[others] = 255 if values.dtype == np.uint8 else np.nanmax(values, axis=0) + (values.dtype.kind == "f")
        columns[name] = replace(column, values=values)
    return replace(source, columns=columns)
