"""Data that the next run finds where the last one left it: read, divided, encoded and on the device."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from engine.data.data import Data, Placement, prepare
from engine.data.opening import open_source
from engine.data.stamps import Stamp, stamps_of
from engine.spec import Catalogue, Dataset, Json, ParameterError, Project

MOST = 1 << 30
"""Bytes that data besides the newest may take, in the memory of all devices together."""

Stamps: TypeAlias = tuple[Stamp, ...]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where data comes from, and where it goes."""

    folder: Path
    """Where relative paths start."""
    cache: Path | None = None
    """Where decoded data may be kept on the disk."""
    placement: Placement = field(default_factory=Placement)


class DataCache:
    """Keeps what was prepared, for runs with the same dataset, split and device, until a file of it changes.

    A worker reads its data once so. A dataset without paths counts as the same for as long as the process lives. One
    cache serves one thread.

    Args:
        most: bytes of all that is kept besides the newest.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[Stamps, Data]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def prepared(
        self, project: Project, catalogue: Catalogue, place: Place, *, statistics: Mapping[str, Json] | None = None
    ) -> Data:
        """A project's data, ready for training; raise DataError as `open_source` and `prepare` do.

        With other `statistics` than the training split has now (those of a run whose data was changed since), it is
        prepared for that run alone.
        """
        key, stamps = _key(project, place), _stamps(project, catalogue, place.folder)
        known = self._known(key, stamps)
        if known is not None and (statistics is None or known.facts.statistics == statistics):
            return known
        source = open_source(project, catalogue, folder=place.folder, cache=place.cache)
        data = prepare(source, project.split, place.placement, statistics=statistics)
        if statistics is None:
            self._keep(key, stamps, data)
        return data

    def clear(self) -> None:
        """Let go of everything: the memory is needed for something else."""
        self._kept.clear()

    def _known(self, key: Hashable, stamps: Stamps) -> Data | None:
        found = self._kept.get(key)
        if found is None:
            return None
        if found[0] != stamps:
            del self._kept[key]  # before it is read again: both together may be too much
            return None
        self._kept.move_to_end(key)
        return found[1]

    def _keep(self, key: Hashable, stamps: Stamps, data: Data) -> None:
        self._kept[key] = (stamps, data)
        while len(self._kept) > 1 and sum(_bytes(one) for _, one in [*self._kept.values()][:-1]) > self._most:
            self._kept.popitem(last=False)


def _key(project: Project, place: Place) -> Hashable:
    dataset = None if project.dataset is None else json.dumps(project.dataset.model_dump(), sort_keys=True, default=str)
    return dataset, project.split, place


def _stamps(project: Project, catalogue: Catalogue, folder: Path) -> Stamps:
    if project.dataset is None:
        return ()
    try:
        return tuple(stamps_of(catalogue.make(Dataset, project.dataset), folder))
    except ParameterError:
        return ()  # opening it says what is wrong


def _bytes(data: Data) -> int:
    return sum(samples.nbytes for samples in data.splits.values())
