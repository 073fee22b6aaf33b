"""Samples of one split, handed out as batches of encoded tensors on the training device."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.data.encoders import Encode

Batch = dict[str, Tensor]
CHUNK = 64 << 20  # bytes encoded together while a column is brought to the device


class Samples(Protocol):
    """What a training loop knows of a split."""

    @property
    def device(self) -> torch.device:
        """Where batches arrive."""
        ...

    @property
    def nbytes(self) -> int:
        """Bytes of memory that it holds for as long as it is there."""
        ...

    def __len__(self) -> int: ...

    def gather(self, index: Tensor) -> Batch:
        """The samples at `index` (int64, one dimension), encoded, by column."""
        ...

    def batches(self, order: Tensor, size: int) -> Generator[Batch, None, None]:
        """The samples in `order`, `size` at a time; the last batch may be smaller.

        Close the iterator, or run it to its end, when done with it: it may have a thread that reads ahead.
        """
        ...


@dataclass(frozen=True)
class Reader:
    """Rows of a raw column, brought to the device and encoded.

    Pixels travel as bytes and are encoded where they are used; everything else is encoded in full precision first, for
    not every device has it.
    """

    values: NDArray[Any]
    encode: Encode
    device: torch.device

    @property
    def late(self) -> bool:
        """Whether values travel raw."""
        return self.values.dtype == "uint8"

    def raw(self, rows: NDArray[Any]) -> Tensor:
        """The rows, unencoded, in host memory."""
        return torch.from_numpy(self.values[rows])

    def encoded(self, raw: Tensor) -> Tensor:
        """Raw values from host memory, encoded on the device."""
        return self.encode(self.move(raw)) if self.late else self.move(self.encode(raw))

    def move(self, values: Tensor) -> Tensor:
        """The values on the device, sent from pinned memory so that whoever asks need not wait for the copy."""
        if self.device.type != "cuda":
            return values.to(self.device)
        return values.pin_memory().to(self.device, non_blocking=True)

    def whole(self, rows: NDArray[Any]) -> Tensor:
        """All the rows, encoded, in pieces: the raw ones are never in memory at once."""
        step = max(1, CHUNK // max(1, self.values[:1].nbytes * 4))
        parts = [self.encoded(self.raw(rows[at : at + step])) for at in range(0, len(rows), step)]
        return torch.cat(parts) if len(parts) > 1 else parts[0]


@dataclass(frozen=True)
class Held:
    """One column in the device's memory: encoded, or raw with the function that encodes it a batch at a time."""

    values: Tensor
    encode: Encode | None = None
    channels_last: bool = False
    """Images are stored N×H×W×C and handed out as N×C×H×W over the same memory."""

    def at(self, index: Tensor) -> Tensor:
        """The encoded samples at `index`."""
        found = self.values.index_select(0, index)
        found = found.permute(0, 3, 1, 2) if self.channels_last else found
        return found if self.encode is None else self.encode(found)


def hold(reader: Reader, rows: NDArray[Any], *, raw: bool, channels_last: bool) -> Held:
    """Bring a column's rows to the device to stay."""
    values = reader.move(reader.raw(rows)) if raw else reader.whole(rows)
    if channels_last and values.dim() == 4:
        return Held(values.permute(0, 2, 3, 1).contiguous(), reader.encode if raw else None, channels_last=True)
    return Held(values, reader.encode if raw else None)


class Resident:
    """A split whose columns all live on the device: a batch is one `index_select` a column.

    Gathering several batches at once and cutting them up was measured: it costs three times as much, for the copies no
    longer fit into the processor's cache. So did writing into a buffer of its own: no gain.
    """

    def __init__(self, columns: Mapping[str, Held]) -> None:
        self._columns = dict(columns)
        first = next(iter(columns.values())).values
        self.device = first.device
        self._length = len(first)

    def __len__(self) -> int:
        return self._length

    @property
    def nbytes(self) -> int:
        return sum(held.values.nbytes for held in self._columns.values())

    def gather(self, index: Tensor) -> Batch:
        return {name: held.at(index) for name, held in self._columns.items()}

    def batches(self, order: Tensor, size: int) -> Generator[Batch, None, None]:
        for index in in_pieces(order.to(self.device), size):
            yield self.gather(index)


def in_pieces(order: Tensor, size: int) -> Sequence[Tensor]:
    """The order cut into batches; none for an empty order."""
    return order.split(size) if len(order) else ()
