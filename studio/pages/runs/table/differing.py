"""The settings in which runs differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any


class Differing:
    """Compares the settings of runs one run at a time, and says which are not everywhere the same.

    Args:
        parameters: the settings of a run by their path.
    """

    def __init__(self, parameters: Callable[[str], Mapping[str, Any]]) -> None:
        self._parameters = parameters
        self._first: Mapping[str, Any] | None = None
        self._found: dict[str, None] = {}

    @property
    def keys(self) -> list[str]:
        """Keys of columns, in the order in which settings are written."""
        order = {path: place for place, path in enumerate(self._first or {})}
        return [f"parameter:{path}" for path in sorted(self._found, key=lambda path: order.get(path, len(order)))]

    def steps(self, runs: Iterable[str]) -> Iterator[None]:
        """Look at these runs, one for each step."""
        for run in runs:
            self._take(self._parameters(run))
            yield

    def _take(self, parameters: Mapping[str, Any]) -> None:
        if self._first is None:
            self._first = parameters
            return
        for path in parameters.keys() | self._first.keys():
            if path not in self._found and parameters.get(path, ...) != self._first.get(path, ...):
                self._found[path] = None
