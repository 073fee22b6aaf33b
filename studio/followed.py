"""A run as the window follows it, wherever it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.events import Message
from engine.runs import Notes, Summary
from studio.states import LIVELY
from studio.traced import Messages, Silence, Traced

SILENCE = Silence()


class Followed:
    """What `Live` asks of a run. As it stands it is one that ended and says no more than its summary.

    A run of another tool is a subclass that says what it has: at least its `summary` and `state`, and in `tail` its
    events (Created, Started, Metrics …) for its curves. Where those have to be fetched first, `tail` begins to, and
    `Live.wake` is called when they are there. `Live.adopt` puts it among the runs.

    Args:
        name: its id, which no other run has.
        state: what became of it.
    """

    kept: list[Message] | None = None
    """All events so far, while somebody watches the run."""
    _tail: Messages = SILENCE

    def __init__(self, name: str, *, state: str = "finished") -> None:
        self.id = name
        self.state = state
        """queued, starting, running, paused, finished, stopped, failed or interrupted."""

    @property
    def lively(self) -> bool:
        """Whether something may happen to it soon."""
        return self.state in LIVELY

    @property
    def summary(self) -> Summary:
        """What is known of it so far."""
        return Summary()

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Every written setting by its path."""
        return {}

    @property
    def notes(self) -> Notes:
        """What a person wrote on it."""
        return Notes()

    def note(self, notes: Notes) -> None:
        """Write on it; raise OSError where that is not possible."""
        raise OSError("nothing can be written on a run of another tool")

    def tail(self) -> Messages:
        """Its events from the first on, for whoever asks now."""
        return SILENCE

    def trace(self) -> Traced:
        """Its curves, not read yet but for what is there at once."""
        return Traced(self.tail())

    def seconds_left(self) -> float | None:
        """Seconds until it is done, None while nobody can say."""
        return None

    def watch(self) -> None:
        """Read its events again from the first on, and keep what is read."""
        self._tail = self.tail()
        self.kept = []

    def read(self, limit: int) -> list[Message]:
        """The next events, from about `limit` bytes."""
        messages = self._tail.read(limit=limit)
        if self.kept is not None:
            self.kept = messages if self._tail.begun_anew else self.kept + messages
        return messages

    def behind(self) -> bool:
        """Whether there is more than was read."""
        return self._tail.behind()

    def judge(self, waiting: set[str]) -> bool:
        """Say anew what state the run is in; True when that changed.

        Args:
            waiting: ids of the runs in the queue.
        """
        return False
