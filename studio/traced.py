"""A run's curves as the window draws them: what is kept of them at once, and then what its journal says behind it."""

from __future__ import annotations

import contextlib
from typing import Protocol

from engine.events import Message
from engine.runs import RunFolder, Tail
from engine.runs.curves import Kept, keep_curves, restore
from engine.runs.curves.store import WORTH
from studio.curves import Record


class Messages(Protocol):
    """Where a run's events come from: a journal's tail, or whatever stands for one."""

    begun_anew: bool
    """Whether the last `read` began with the first event again: what came before is void."""

    def read(self, *, limit: int | None = None) -> list[Message]:
        """The events that are new since the last call, in order, from about `limit` bytes."""

    def behind(self) -> bool:
        """Whether there may be more."""


class Silence:
    """The events of a run that tells of none."""

    begun_anew = False

    def read(self, *, limit: int | None = None) -> list[Message]:
        """Nothing."""
        return []

    def behind(self) -> bool:
        """Never."""
        return False


class Traced(Record):
    """Curves that know where they come from.

    Args:
        tail: the run's events from the first on.
    """

    def __init__(self, tail: Messages) -> None:
        super().__init__()
        self.tail = tail

    def read(self, limit: int) -> bool:
        """Take in what is new; whether there was anything."""
        messages = self.tail.read(limit=limit)
        if self.tail.begun_anew:
            self.clear()
        self.take(messages)
        return bool(messages) or self.tail.begun_anew

    def keep(self) -> None:
        """Spare whoever looks next the work, where that is worth it; for a run that has ended and was read."""


class TracedFolder(Traced):
    """The curves of a run folder: what is kept of them comes first and at once."""

    def __init__(self, folder: RunFolder) -> None:
        super().__init__(folder.tail())
        self._folder = folder
        self._kept: int | None = None

    def read(self, limit: int) -> bool:
        if self._kept is None and self._restore():
            return True
        return super().read(limit)

    def keep(self) -> None:
        tail = self.tail
        assert isinstance(tail, Tail)
        if self._kept is not None and abs(tail.offset - self._kept) > WORTH:
            self._kept = tail.offset
            with contextlib.suppress(OSError):
                keep_curves(self._folder, self, tail)

    def _restore(self) -> bool:
        kept = Kept.read(self._folder)
        self._kept = kept.head["offset"] if kept is not None else 0
        if kept is not None:
            restore(self, kept)
            self.tail = kept.tail(self._folder)
        return kept is not None
