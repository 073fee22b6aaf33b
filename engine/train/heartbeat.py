"""Shows that a run's owner lives, however long a single step takes."""

from __future__ import annotations

from threading import Event, Thread
from typing import Self

from engine.runs import Owner


class Heartbeat:
    """Beats for an owner from a thread of its own, until the `with` block ends."""

    def __init__(self, owner: Owner, *, every: float = 2.0) -> None:
        self._owner = owner
        self._every = every
        self._ended = Event()
        self._thread = Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._ended.wait(self._every):
            self._owner.beat()
