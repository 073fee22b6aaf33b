"""From a source to training data: divided, measured on the training split, encoded, and put where it fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np
import torch

from engine.data.division import divide
from engine.data.encoders import Rows
from engine.data.memory import budget_of
from engine.data.samples import Reader, Resident, Samples, hold
from engine.data.source import Source, SourceColumn
from engine.data.streamed import Streamed
from engine.spec import Column, DataError, Facts, FrozenDict, Json, Split


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Where samples live while they are trained on."""

    device: torch.device | str = "cpu"
    budget: int | None = None
    """Bytes that all splits together may take on the device; None is a share of what is free there."""
    channels_last: bool = False
    """Hand images out in the memory layout that convolutions are fastest with."""


@dataclass(frozen=True, kw_only=True)
class Data:
    """A dataset ready for training."""

    facts: Facts
    splits: Mapping[str, Samples]
    notes: tuple[str, ...] = ()
    fingerprint: str = ""


def prepare(
    source: Source,
    split: Split,
    placement: Placement = Placement(),
    *,
    statistics: Mapping[str, Json] | None = None,
) -> Data:
    """Divide, measure the training split and bring everything where it fits.

    With `statistics` (of the run that is continued, or whose model is used) nothing is measured. What fits into the
    budget is kept encoded; what fits only raw is encoded a batch at a time; the rest stays where it was read from and
    is read ahead by a thread. Raise DataError as `divide` does.
    """
    rows = divide(source, split)
    facts = facts_of(source, rows, statistics=statistics)
    splits = _place(source, rows, facts, placement)
    return Data(facts=facts, splits=splits, notes=source.notes, fingerprint=source.fingerprint)


def unread(source: Source, rows: Rows, facts: Facts, device: torch.device) -> Samples:
    """Some samples, measured as `facts` says, that stay where they were read from until a batch of them is gathered."""
    readers = {name: _reader(one, facts.statistics[name], device) for name, one in source.columns.items()}
    return Streamed(readers, rows)


def facts_of(source: Source, rows: Mapping[str, Rows], *, statistics: Mapping[str, Json] | None = None) -> Facts:
    """What a run knows of the data, divided as `rows` says; measured now unless the statistics are given."""
    measured = statistics if statistics is not None else measure(source, rows["train"])
    return Facts(
        columns=FrozenDict({name: _column(source, name, measured) for name in source.columns}),
        statistics=FrozenDict(measured),
        sizes=FrozenDict({name: len(one) for name, one in rows.items()}),
    )


def _column(source: Source, name: str, measured: Mapping[str, Json]) -> Column:
    try:
        return source.columns[name].encoder.column(name, measured[name])
    except (KeyError, ValueError):
        raise DataError(f"The data is no longer what it was when it was measured: its '{name}' is another.") from None


def measure(source: Source, train: Rows) -> dict[str, Json]:
    """Each column's statistics, from the training rows alone."""
    return {name: one.encoder.fit(one.values, train) for name, one in source.columns.items()}


def _place(source: Source, rows: Mapping[str, Rows], facts: Facts, placement: Placement) -> dict[str, Samples]:
    device = torch.device(placement.device)
    readers = {name: _reader(one, facts.statistics[name], device) for name, one in source.columns.items()}
    budget = placement.budget if placement.budget is not None else budget_of(device)
    kept_raw = _kept_raw(readers, facts, budget)
    if kept_raw is None:
        return {name: Streamed(readers, one, channels_last=placement.channels_last) for name, one in rows.items()}
    return {
        split: Resident(
            {
                name: hold(reader, one, raw=name in kept_raw, channels_last=placement.channels_last)
                for name, reader in readers.items()
            }
        )
        for split, one in rows.items()
    }


def _reader(column: SourceColumn, statistics: Mapping[str, Json], device: torch.device) -> Reader:
    late = column.values.dtype == np.uint8
    encode = column.encoder.encoding(statistics, device if late else torch.device("cpu"))
    return Reader(column.values, encode, device)


def _kept_raw(readers: Mapping[str, Reader], facts: Facts, budget: int) -> frozenset[str] | None:
    """The columns that stay raw on the device: none if all fit encoded; None if they do not even fit raw."""
    count = sum(facts.sizes.values())
    sizes = {name: count * _bytes(facts.column(name)) for name in readers}
    late = frozenset(name for name, reader in readers.items() if reader.late)
    if sum(sizes.values()) <= budget:
        return frozenset()
    fits = sum(size // 4 if name in late else size for name, size in sizes.items()) <= budget
    return late if late and fits else None


def _bytes(column: Column) -> int:
    return prod(column.shape) * (8 if column.dtype == "int64" else 4)
