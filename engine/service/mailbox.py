"""Questions that wait for their answer: of each method only the newest."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked; `id` goes back with the answer."""

    id: int
    method: str
    params: dict[str, Any] = field(default_factory=dict)


class Superseded(Exception):  # noqa: N818 - not an error: somebody asked something newer
    """The answer that is being made is no longer wanted."""


class Mailbox:
    """Handed over between the thread that reads and the one that answers."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, Question] = OrderedDict()
        self._news = threading.Condition()
        self._closed = False
        self._answering = False

    def put(self, question: Question) -> Question | None:
        """Leave a question; an older one of the same method gives way and is returned."""
        with self._news:
            older = self._waiting.pop(question.method, None)
            self._waiting[question.method] = question
            self._news.notify_all()
            return older

    def take(self) -> Question | None:
        """The question that has waited longest; wait for one. None when there will be no more."""
        with self._news:
            self._answering = False
            self._news.notify_all()
            self._news.wait_for(lambda: bool(self._waiting) or self._closed)
            self._answering = True
            return None if self._closed else self._waiting.popitem(last=False)[1]

    def holds(self, method: str) -> bool:
        """Whether a question of that method waits."""
        with self._news:
            return method in self._waiting

    def wait_for_quiet(self) -> None:
        """Wait until nothing waits and nothing is being answered, or there will be no more questions."""
        with self._news:
            self._news.wait_for(lambda: self._closed or not (self._waiting or self._answering))

    def close(self) -> None:
        """There are no more questions, and those that wait need no answer."""
        with self._news:
            self._closed = True
            self._news.notify_all()
