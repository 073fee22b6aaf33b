"""A color for every run, the same wherever it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from studio.theme import DARK

CYCLE = len(DARK.series)


class RunColors:
    """Gives each run a place in the cycle of series colors: neighbors in time differ, and so do runs told apart.

    Args:
        chosen: the color that a person gave a run, None where nobody did; it is always kept.
    """

    def __init__(self, chosen: Callable[[str], int | None]) -> None:
        self._chosen = chosen
        self._given: dict[str, int] = {}
        self._apart: dict[str, int] = {}

    def meet(self, runs: Iterable[str]) -> None:
        """Give a color to runs that have none yet, the oldest first."""
        for run in [run for run in runs if run not in self._given]:
            self._given[run] = len(self._given) % CYCLE

    def color(self, run: str) -> int:
        """A run's place in the cycle."""
        chosen = self._chosen(run)
        return self._apart.get(run, self._given.get(run, 0)) if chosen is None else chosen % CYCLE

    def tell_apart(self, runs: Iterable[str]) -> set[str]:
        """Give these runs colors of which no two are the same, as long as there are colors.

        Return those that may have another color than before.
        """
        runs = list(runs)
        before, self._apart = self._apart, {}
        taken = {chosen % CYCLE for run in runs if (chosen := self._chosen(run)) is not None}
        for run in runs:
            if self._chosen(run) is not None:
                continue
            color = before.get(run, self._given.get(run, 0))
            while color in taken and len(taken) < CYCLE:
                color = (color + 1) % CYCLE
            self._apart[run] = color
            taken.add(color)
        return {run for run in before.keys() | self._apart.keys() if before.get(run) != self._apart.get(run)}
