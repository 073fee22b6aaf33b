"""Numbers that arrive one after the other, kept in one array that grows without being copied each time."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.int64]

FIRST_ROOM = 256
LARGEST_STEP = 1 << 17
"""Numbers of room that are added at most at once: touching a megabyte of new memory is not felt, touching ten is."""


class Buffer:
    """A float64 array (count,) that is appended to without pauses."""

    def __init__(self) -> None:
        self._room: Floats = np.empty(FIRST_ROOM)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def view(self) -> Floats:
        """The numbers so far, not copied: to be read at once and not to be kept."""
        return self._room[: self._count]

    def append(self, values: ArrayLike) -> None:
        """Add numbers at the end."""
        new = np.asarray(values, dtype=np.float64)
        end = self._count + new.size
        if end > self._room.size:
            self._grow(max(end, self._room.size + min(self._room.size // 2, LARGEST_STEP)))
        self._room[self._count : end] = new
        self._count = end

    def truncate(self, count: int) -> None:
        """Keep only the first `count` numbers."""
        self._count = min(count, self._count)

    def _grow(self, size: int) -> None:
        try:
            # The allocator moves a large block by moving its pages: nothing is copied, however much is there.
            self._room.resize(size)
        except ValueError:  # somebody looks at the old array this moment: it is left to them
            old, self._room = self._room, np.empty(size)
            self._room[: old.size] = old
