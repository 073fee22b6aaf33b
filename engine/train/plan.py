"""The order in which an epoch goes through the training split, and how it is cut into steps."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil, prod

import torch
from torch import Tensor

from engine.spec import Column

Batch = Mapping[str, Tensor]

CHUNK_BYTES = {"cpu": 4 << 20, "cuda": 64 << 20, "mps": 64 << 20}
"""How much input is gathered at once. On a processor it should stay in the cache; measured on 28×28 images, 1 MB to
8 MB were equally fast and 50 MB a third slower."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Cuts `count` samples into steps of `batch_size` × `accumulate` samples, gathered several steps at a time."""

    count: int
    batch_size: int
    accumulate: int
    seed: int
    steps_per_chunk: int

    @property
    def step_size(self) -> int:
        """Samples between two updates of the weights."""
        return self.batch_size * self.accumulate

    @property
    def used(self) -> int:
        """Samples of an epoch. A lone last one is left out (another each epoch): a batch of one has no statistics."""
        lone = self.count > self.batch_size > 1 and self.count % self.batch_size == 1
        return self.count - 1 if lone else self.count

    @property
    def steps_per_epoch(self) -> int:
        """Updates of the weights in an epoch."""
        return ceil(self.used / self.step_size)

    @property
    def chunk(self) -> int:
        """Samples gathered at once."""
        return self.step_size * self.steps_per_chunk

    def order(self, epoch: int) -> Tensor:
        """The samples of an epoch in their turn (int64); seed and epoch alone decide."""
        generator = torch.Generator().manual_seed(self.seed * 1_000_003 + epoch)
        return torch.randperm(self.count, generator=generator)[: self.used]

    def learned_from(self, step: int) -> tuple[int, Tensor]:
        """The epoch, from 0, in which a step, from 1, was taken, and the samples that it learned from (int64)."""
        epoch, within = divmod(step - 1, self.steps_per_epoch)
        return epoch, self.order(epoch)[within * self.step_size : (within + 1) * self.step_size]

    def left(self, epoch: int, *, after: int) -> tuple[Tensor, int]:
        """The samples of the chunks that are not done after so many steps, and how many steps of the first are.

        An epoch that goes on is gathered in the same chunks as one in a single piece: a batch that lies elsewhere in
        memory, aligned otherwise, is multiplied in another order and ends in other last bits.
        """
        whole, part = divmod(after, self.steps_per_chunk)
        return self.order(epoch)[whole * self.chunk :], part

    def steps(self, chunk: Batch, *, after: int = 0) -> Iterator[list[Batch]]:
        """Cut gathered samples into steps, but for the first `after`: lists of batches whose gradients add up."""
        names = tuple(chunk)
        pieces = zip(*(values.split(self.batch_size) for values in chunk.values()), strict=True)
        batches: list[Batch] = [dict(zip(names, piece, strict=True)) for piece in pieces]
        for start in range(after * self.accumulate, len(batches), self.accumulate):
            yield batches[start : start + self.accumulate]


@contextmanager
def ending(batches: Iterator[Batch]) -> Iterator[None]:
    """End the thread that may read ahead, however the block is left."""
    try:
        yield
    finally:
        if isinstance(batches, Generator):
            batches.close()


def samples_at_once(columns: Mapping[str, Column], inputs: tuple[str, ...], device: torch.device) -> int:
    """How many samples' inputs fill a chunk."""
    size = sum(prod(columns[name].shape) * 4 for name in inputs)
    return max(1, CHUNK_BYTES.get(device.type, 4 << 20) // max(1, size))
