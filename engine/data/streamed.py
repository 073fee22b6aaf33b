"""Samples that are too many for the device: read, encoded and sent a batch at a time, one batch ahead."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from queue import Full, Queue
from threading import Event, Thread
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.data.samples import Batch, Reader, in_pieces

AHEAD = 2  # batches ready before they are asked for
PATIENCE = 0.05  # seconds after which a full queue is looked at again


class Streamed:
    """A split that stays where it was read from, such as a memory-mapped file."""

    def __init__(self, columns: Mapping[str, Reader], rows: NDArray[Any], *, channels_last: bool = False) -> None:
        self._columns = dict(columns)
        self._rows = rows
        self._channels_last = channels_last
        self.device = next(iter(columns.values())).device

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def nbytes(self) -> int:
        return int(self._rows.nbytes) + sum(_owned(reader.values) for reader in self._columns.values())

    def gather(self, index: Tensor) -> Batch:
        rows = self._rows[index.cpu().numpy()]
        return {name: self._laid_out(reader.encoded(reader.raw(rows))) for name, reader in self._columns.items()}

    def batches(self, order: Tensor, size: int) -> Generator[Batch, None, None]:
        ahead = _Ahead(self, order, size)
        try:
            yield from ahead
        finally:
            ahead.end()

    def _laid_out(self, values: Tensor) -> Tensor:
        images = self._channels_last and values.dim() == 4
        return values.contiguous(memory_format=torch.channels_last) if images else values


def _owned(values: NDArray[Any]) -> int:
    """Bytes of an array in memory; what is mapped from a file takes none of its own."""
    base: Any = values
    while base is not None:
        if isinstance(base, np.memmap):
            return 0
        base = getattr(base, "base", None)
    return int(values.nbytes)


class _Ahead:
    """A thread that gathers the next batches while the last is trained on."""

    def __init__(self, samples: Streamed, order: Tensor, size: int) -> None:
        self._queue: Queue[Batch | BaseException | None] = Queue(AHEAD)
        self._ended = Event()
        self._thread = Thread(target=self._read, args=(samples, order, size), name="read-ahead", daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[Batch]:
        while True:
            match self._queue.get():
                case None:
                    return
                case BaseException() as error:
                    raise error
                case batch:
                    yield batch

    def end(self) -> None:
        """Stop reading and wait for the thread."""
        self._ended.set()
        self._thread.join()

    def _read(self, samples: Streamed, order: Tensor, size: int) -> None:
        try:
            for index in in_pieces(order, size):
                if not self._put(samples.gather(index)):
                    return
            self._put(None)
        except BaseException as error:  # noqa: BLE001 - it is raised where the batch is asked for
            self._put(error)

    def _put(self, thing: Batch | BaseException | None) -> bool:
        while not self._ended.is_set():
            try:
                self._queue.put(thing, timeout=PATIENCE)
            except Full:
                continue
            return True
        return False
