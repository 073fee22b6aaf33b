"""Which curves somebody draws, read on a little at a time."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from weakref import WeakValueDictionary

from studio.traced import Traced

CALM = 0.3
"""Seconds between two times that curves are told of while there are more to read."""
CALM_FOR_ONE = 8
"""So many times as long as it took to draw them, which is most of what the window does between two looks."""
CHUNK = 1 << 18
"""Bytes of a journal that are read at once: about as long as a look may take."""


class Tracing:
    """The curves that are held by anybody, each once.

    Args:
        trace: begins to trace a run, and does not read yet.
        lively: whether a run may still grow.
    """

    def __init__(self, trace: Callable[[str], Traced], lively: Callable[[str], bool]) -> None:
        self._trace = trace
        self._lively = lively
        self._traced: WeakValueDictionary[str, Traced] = WeakValueDictionary()
        self._behind: dict[str, None] = {}  # in the order in which they were asked for
        self._grown: dict[str, None] = {}
        self._told = self._rest = self._left = 0.0

    def __bool__(self) -> bool:
        return bool(self._behind)

    def __contains__(self, run: str) -> bool:
        """Whether there is more to read of a run's curves."""
        return run in self._behind

    def curves(self, run: str) -> Traced:
        """A run's curves, the same for all who ask as long as anybody holds them."""
        found = self._traced.get(run)
        if found is None:
            if not self._behind:
                self._told = perf_counter()  # what is read in no time is told of once
            found = self._traced[run] = self._trace(run)
            self._behind[run] = None
        return found

    def wake(self, run: str) -> None:
        """There may be more of a run."""
        if run in self._traced:
            self._behind[run] = None

    def look(self, end: float) -> list[str]:
        """Read until that moment; return the runs whose curves are to be drawn anew.

        That is said once they are read, or now and then while they are many: drawing takes time from reading.
        """
        began = perf_counter()
        if self._behind:
            self._rest = max(CALM, self._rest, CALM_FOR_ONE * (began - self._left))
            self._grown |= dict.fromkeys(self.read(end))
        grown: list[str] = []
        if self._grown and (not self._behind or began - self._told > self._rest):
            grown, self._grown = list(self._grown), {}
            self._told, self._rest = began, CALM
        self._left = perf_counter()
        return grown

    def read(self, end: float) -> list[str]:
        """Read until that moment, of one run in any case; return whose curves changed."""
        changed: dict[str, None] = {}
        while self._behind:
            run = next(iter(self._behind))
            if self._read(run):
                changed[run] = None
            if perf_counter() > end:
                break
        return list(changed)

    def _read(self, run: str) -> bool:
        traced = self._traced.get(run)
        changed = traced is not None and traced.read(CHUNK)
        if traced is None or not changed or not traced.tail.behind():
            del self._behind[run]
            if traced is not None and not self._lively(run):
                traced.keep()
        return changed
