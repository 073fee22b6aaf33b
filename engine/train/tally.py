"""What is added up on the device, so that the loop never waits for a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from engine.spec import Facts, Task
from engine.train.plan import Batch

SETTLE_AT = 1 << 18
"""Numbers in waiting outputs above which they are tallied at once: large outputs gain nothing from waiting."""


@dataclass
class Tally:
    """Named sums on the device. Fractions are summed in double precision where the device has it."""

    sums: dict[str, Tensor] = field(default_factory=dict)

    def add(self, values: Mapping[str, Tensor]) -> None:
        """Add one batch's statistics."""
        for name, value in values.items():
            wide = value.double() if value.is_floating_point() and value.device.type != "mps" else value
            self.sums[name] = self.sums[name] + wide if name in self.sums else wide

    def read(self) -> dict[str, Any]:
        """The sums as numpy arrays: this waits for the device."""
        return {name: value.cpu().numpy() for name, value in self.sums.items()}


class Meter:
    """Tallies an epoch's training outputs, several steps at a time: one larger tally costs less than many small."""

    def __init__(self, task: Task, facts: Facts) -> None:
        self.tally = Tally()
        self._task = task
        self._facts = facts
        self._chunk: Batch = {}
        self._start = 0
        self._waiting: list[Mapping[str, Tensor]] = []
        self._samples = 0
        self._numbers = 0

    def open(self, chunk: Batch, *, after: int = 0) -> None:
        """The outputs that follow belong to these samples, in their order, but for the first `after`."""
        self.settle()
        self._chunk, self._start = chunk, after

    def add(self, outputs: Mapping[str, Tensor], samples: int) -> None:
        """Take the outputs of the chunk's next samples."""
        self._waiting.append({name: value.detach() for name, value in outputs.items()})
        self._samples += samples
        self._numbers += sum(value.numel() for value in outputs.values())
        if self._numbers > SETTLE_AT:
            self.settle()

    @torch.no_grad()
    def settle(self) -> None:
        """Tally what waits."""
        if not self._waiting:
            return
        end = self._start + self._samples
        outputs = {name: torch.cat([one[name] for one in self._waiting]) for name in self._waiting[0]}
        batch = {name: values[self._start : end] for name, values in self._chunk.items()}
        self.tally.add(self._task.tally(torch, outputs, batch, self._facts))
        self._waiting, self._start, self._samples, self._numbers = [], end, 0, 0

    def clear(self) -> None:
        """Begin another epoch."""
        self.tally = Tally()
        self._chunk, self._waiting, self._samples, self._numbers = {}, [], 0, 0
