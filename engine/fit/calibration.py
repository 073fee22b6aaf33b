"""What was measured on a device, remembered in the workspace, and what it says of steps that were not measured."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import Any
from zlib import crc32

import numpy as np

from engine.runs import Workspace
from engine.spec import Facts, Project, Split, write_atomically

KEPT = 64
"""Measurements kept for each device, the newest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measurement:
    """A step that was really taken, data apart. Sizes in bytes."""

    key: str
    """What was trained, whatever the batch size (see `key_of`)."""
    batch: int
    seconds: float
    memory: int
    """The peak that was measured."""
    tensors: int
    """The peak that was foretold for the tensors: weights, optimizer and step."""
    step: int
    """The part of `tensors` that a step makes and frees."""
    flops: float
    traffic: float
    calls: float
    beside: bool = False
    """Whether another run was training meanwhile, so that the seconds say little."""
    time: float = 0.0
    """When, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Workspaces:
    """What algorithms work in beside the tensors: a part of the step's memory, and a constant."""

    share: float
    constant: int
    measured: bool = False

    def at(self, step: float) -> int:
        """Bytes beside a step of so many."""
        return int(self.constant + self.share * step)


GUESSED = {"cpu": Workspaces(0.4, 20 << 20), "cuda": Workspaces(0.1, 32 << 20)}
"""Until something was measured. On the processor, from 14 steps of six networks: oneDNN's scratch memory and what the
allocator cannot give back were a third to a half of a step. On CUDA, cuBLAS's workspace and some room."""


def key_of(project: Project, facts: Facts) -> str:
    """What a step of a project does, whatever its batch size and however many samples there are."""
    training = project.training.having(batch_size=1, epochs=1, seed=0, early_stop=0, checkpoint_every=0)
    plain: Project = project.having(training=training, dataset=None, split=Split())
    columns = [(one.name, one.shape, one.dtype, len(one.classes)) for one in facts.columns.values()]
    return f"{plain.fingerprint()}-{crc32(repr(columns).encode()):08x}"


class Calibration:
    """The measurements of one device.

    Args:
        workspace: where they are kept; None keeps nothing.
        device: "cpu", "cuda:0" …
    """

    def __init__(self, workspace: Workspace | None, device: str) -> None:
        self._path = None if workspace is None else workspace.path / "devices" / f"{device.replace(':', '-')}.json"
        self._kind = device.partition(":")[0]
        self.measurements: tuple[Measurement, ...] = tuple(_read(self._path))

    def add(self, measurement: Measurement) -> None:
        """Remember one, in place of an older one of the same step."""
        same = (measurement.key, measurement.batch)
        others = [one for one in self.measurements if (one.key, one.batch) != same]
        self.measurements = (*others, measurement)[-KEPT:]
        if self._path is not None:
            write_atomically(self._path, json.dumps([asdict(one) for one in self.measurements], indent=1))

    def of(self, key: str) -> tuple[Measurement, ...]:
        """What was measured of the same network."""
        return tuple(one for one in self.measurements if one.key == key)

    def workspaces(self, key: str) -> Workspaces:
        """What to expect beside the tensors: as the same network was measured, else as others on this device were."""
        guess = GUESSED.get(self._kind, GUESSED["cuda"])
        known = self.of(key) or self.measurements
        if not known:
            return guess
        beside = [max(0, one.memory - one.tensors) for one in known]
        constants = [min(guess.constant, one) for one in beside]
        pairs = zip(known, beside, constants, strict=True)
        shares = [(extra - constant) / max(one.step, 1) for one, extra, constant in pairs]
        return Workspaces(median(shares), int(median(constants)), measured=True)

    def seconds(self, key: str, flops: float, traffic: float, calls: float) -> float | None:
        """How long a step with this work should take; None where nothing was measured on this device."""
        known = self.of(key) or self.measurements
        steady = [one for one in known if not one.beside] or known
        if not steady:
            return None
        rows = np.array([(one.flops, one.traffic, one.calls) for one in steady])
        rates = rates_of(rows, np.array([one.seconds for one in steady]))
        return float(np.dot(rates, (flops, traffic, calls)))


def rates_of(work: Any, seconds: Any) -> Any:
    """Seconds per FLOP, per byte and per call, none below 0, that explain the measurements best (relative errors).

    No more kinds of cost are told apart than there are measurements.
    """
    scaled, ones = work / seconds[:, None], np.ones(len(seconds))
    best, least = np.zeros(3), np.inf
    for chosen in _choices(min(3, len(seconds))):
        part = scaled[:, chosen]
        if not part.any(axis=0).all():
            continue
        found, *_ = np.linalg.lstsq(part, ones, rcond=None)
        error = float(np.square(part @ found - ones).sum())
        if (found >= 0).all() and error < least - 1e-9:
            best, least = np.zeros(3), error
            best[chosen] = found
    return best


def _choices(most: int) -> Iterator[list[int]]:
    for count in range(1, most + 1):
        yield from (list(one) for one in combinations(range(3), count))


def _read(path: Path | None) -> Sequence[Measurement]:
    known = {one.name for one in fields(Measurement)}
    with suppress(OSError, ValueError, TypeError, AttributeError):
        data = json.loads(path.read_text(encoding="utf-8")) if path is not None else []
        return [Measurement(**{name: one[name] for name in known & one.keys()}) for one in data]
    return []
