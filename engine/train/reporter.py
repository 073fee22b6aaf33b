"""Says what happens: to the run's journal, and to whoever listens in this process."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic, sleep
from typing import Any

from engine.events import Log, Message
from engine.runs import Journal, RunFolder

Listener = Callable[[Any], None]

MOST_WAITING = 20_000
"""Events kept in memory while the disk refuses them; after that the run fails rather than lose any."""


class Reporter:
    """Writes events in order. While the disk is full they wait in memory and training goes on."""

    def __init__(self, folder: RunFolder, listener: Listener | None = None) -> None:
        self._folder = folder
        self._listener = listener
        self._journal: Journal | None = None
        self._waiting: deque[Message] = deque()

    def say(self, *events: Message) -> None:
        """Write events down and pass them on; raise OSError only when too many could not be written."""
        self._waiting.extend(events)
        self.catch_up()
        if len(self._waiting) > MOST_WAITING:
            raise OSError("the run's journal could not be written for too long")
        for event in events:
            if self._listener is not None:
                self._listener(event)

    def log(self, text: str, level: Any = "info") -> None:
        """Write a sentence for the run's log."""
        self.say(Log(text=text, level=level))

    def catch_up(self) -> bool:
        """Write what waits; False when the disk still refuses."""
        try:
            self._journal = self._journal or self._folder.journal()
            while self._waiting:
                self._journal.write(self._waiting[0])
                self._waiting.popleft()
        except OSError:
            self._let_go()  # opening it again closes a line that was cut off
            return False
        return True

    def close(self, *, within: float = 5.0) -> None:
        """Try for some seconds to write what waits, flush it to the disk and let go of the journal."""
        end = monotonic() + within
        while not self.catch_up() and monotonic() < end:
            sleep(0.1)
        try:
            if self._journal is not None:
                self._journal.flush()
        except OSError:
            pass  # it was handed to the system: more cannot be done
        finally:
            self._let_go()

    def _let_go(self) -> None:
        if self._journal is not None:
            self._journal.close()
            self._journal = None
