"""A study as everything on the Search page sees it: a frozen value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.runs.front import undominated
from engine.runs.trials import Trial
from engine.spec import Search

Floats = NDArray[np.float64]


class Aim(NamedTuple):
    """An objective: what it is called, and which way is better."""

    name: str
    goal: Literal["min", "max"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Studied:
    """What is known of a study.

    Two of them are compared by identity: whoever has news makes another. Arrays have a line for each trial, in the
    order of `trials`, and are computed once.

    Args:
        trials: in the order of their numbers; deleted ones are missing.
        variables: what is searched, by name.
        objectives: what trials are judged by.
        id: the study's folder.
        revision: how far its storage was read; what was computed for it holds as long as it stays.
        epochs: how many epochs a whole trial has; 0 where that is not known.
        known: whether its storage was read; until then nobody knows what trials there are.
    """

    trials: Sequence[Trial] = ()
    variables: Mapping[str, Search] = field(default_factory=dict)
    objectives: tuple[Aim, ...] = ()
    id: str = ""
    revision: int = -1
    epochs: int = 0
    known: bool = True

    @cached_property
    def places(self) -> Mapping[int, int]:
        """Where each trial stands in `trials`, by its number."""
        return {one.number: at for at, one in enumerate(self.trials)}

    @cached_property
    def numbers(self) -> NDArray[np.int64]:
        """The trials' numbers."""
        return np.array([one.number for one in self.trials], np.int64)

    @cached_property
    def states(self) -> NDArray[np.str_]:
        """The trials' states."""
        return np.array([one.state for one in self.trials], str)

    @cached_property
    def values(self) -> Floats:
        """Trials × objectives: their values; NaN where there is none, or none that is a number."""
        count = len(self.objectives)
        found = np.full((len(self.trials), count), np.nan)
        for at, one in enumerate(self.trials):
            if len(one.values) == count and count:
                found[at] = one.values
        found[~np.isfinite(found)] = np.nan
        return found

    @cached_property
    def costs(self) -> Floats:
        """The values of finished trials, with their sign such that less is better; NaN for all other trials."""
        signs = np.array([-1.0 if one.goal == "max" else 1.0 for one in self.objectives])
        return np.where((self.states == "finished")[:, None], self.values * signs, np.nan)

    @cached_property
    def front(self) -> tuple[int, ...]:
        """Numbers of the trials that no other beats in every objective, by their first objective from its best."""
        known = np.flatnonzero(np.isfinite(self.costs).all(axis=1)) if self.objectives else np.empty(0, int)
        costs = [tuple(point) for point in self.costs[known].tolist()]
        return tuple(self.numbers[known[at]].item() for at in undominated(costs))

    @cached_property
    def best(self) -> Trial | None:
        """The best trial: by the only objective, the earliest of equals; of several objectives there is none."""
        if len(self.objectives) != 1 or not self.front:
            return None
        return self.trials[int(np.nanargmin(self.costs[:, 0]))]

    def trial(self, number: int) -> Trial | None:
        """The trial with that number."""
        at = self.places.get(number)
        return None if at is None else self.trials[at]
