"""Verdicts: what a point of a search space costs, and why it is not to be trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NETWORK, ROOM = "network", "room"
"""What a point can break besides limits: it does not fit together, or not into the device's memory."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What is known of a point before anything is trained."""

    costs: Mapping[str, float] = field(default_factory=dict)
    """Those of `engine.spec.COSTS` that were found, in their units."""
    broken: Mapping[str, str] = field(default_factory=dict)
    """A sentence with figures for each rule that it breaks: limits by their names, `NETWORK`, `ROOM`."""
    constraints: Mapping[str, float] = field(default_factory=dict)
    """How far every rule of the study is broken, for `optuna.Trial.set_constraint`: above 0 it is, else it is kept.
    For limits the logarithm of cost over limit. All points of a study have the same names."""
    ran_out: Mapping[str, Any] | None = None
    """For a point whose training ran out of memory: what `Checker.learn` takes, as plain JSON, to be kept with it."""

    @property
    def feasible(self) -> bool:
        """Whether it may be trained."""
        return not self.broken

    @property
    def message(self) -> str:
        """All that it breaks, for the trial's message."""
        return " ".join(self.broken.values())
