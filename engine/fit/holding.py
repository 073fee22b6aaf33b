"""The memory that data takes while it is trained on: what lives on the device, and the batches cut from it."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import torch

from engine.data.memory import SHARE
from engine.data.streamed import AHEAD
from engine.spec import Column, Facts, Project
from engine.train.making import MOST_AT_ONCE, plan_of
from engine.train.plan import Plan, samples_at_once


@dataclass(frozen=True, slots=True)
class Holding:
    """What the data of a project takes on a device.

    Args:
        project: whose split and training settings decide.
        facts: columns, and samples per split.
        device: where it would be trained.
        free: bytes free there, of which the data may take a share.
        channels_last: images are laid out anew for the network.
    """

    project: Project
    facts: Facts
    device: torch.device
    free: int
    channels_last: bool

    @property
    def count(self) -> int:
        """Samples that are trained on."""
        return int(self.facts.sizes.get("train", 0))

    def plan(self, batch: int) -> Plan:
        """How an epoch is cut with this batch size."""
        training = self.project.training.having(batch_size=batch)
        return plan_of(training, max(1, self.count), self._many())

    def at_once(self, batch: int) -> int:
        """Samples that are evaluated together."""
        looked_at = max((size for name, size in self.facts.sizes.items() if name != "train"), default=0)
        return min(max(batch, min(self._many(), MOST_AT_ONCE)), max(looked_at, 1))

    def bytes(self, batch: int) -> int:
        """What lives on the device, and the samples gathered for the running steps."""
        return self.resident(batch) + self._gathered(min(self.plan(batch).chunk, max(1, self.count)))

    def resident(self, batch: int) -> int:
        """All splits where they fit, encoded or (images) raw; else the batches that are read ahead."""
        samples = sum(self.facts.sizes.values())
        columns = self.facts.columns.values()
        budget = int(self.free * SHARE)
        encoded = samples * sum(_size(one) for one in columns)
        raw = samples * sum(_size(one) // 4 if one.kind == "image" else _size(one) for one in columns)
        if encoded <= budget:
            return encoded
        return raw if raw <= budget else (AHEAD + 1) * self._gathered(self.plan(batch).chunk)

    def _gathered(self, samples: int) -> int:
        return samples * sum(_size(one) * (1 + self._laid_out(one)) for one in self.facts.columns.values())

    def _laid_out(self, column: Column) -> bool:
        return self.channels_last and len(column.shape) == 3 and column.shape[0] > 1

    def _many(self) -> int:
        inputs = [str(node.parameters.get("column", "image")) for node in self.project.model.of_kind("Input")]
        return samples_at_once(self.facts.columns, tuple(inputs), self.device)


def _size(column: Column) -> int:
    return prod(column.shape) * (8 if column.dtype == "int64" else 4)
