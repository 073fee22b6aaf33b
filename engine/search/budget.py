"""How much of a study's budget is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from optuna.trial import FrozenTrial, TrialState

from engine.runs.trials import TrialState as State
from engine.search.attributes import counts, spent, state_of
from engine.search.orders import Orders

REFUSALS = 100
"""Points in a row that broke a limit, after which a space counts as having nothing that keeps to it."""
FAILURES = 20
"""Trials in a row that failed, after which the next ones are not worth the time."""


@dataclass(frozen=True, kw_only=True)
class Budget:
    """What was used and what there is."""

    trials: int
    """Those that count: running, finished, pruned or failed."""
    most_trials: int
    """0 is no limit."""
    seconds: float
    most_seconds: float
    """0 is no limit."""
    running: int
    refused: int
    """Infeasible points in a row, up to now."""
    failed: int
    """Failed trials in a row, up to now."""
    exhausted: bool

    @classmethod
    def of(cls, trials: Sequence[FrozenTrial], orders: Orders) -> Budget:
        """Count a study's trials, which come in their order."""
        return cls(
            trials=sum(counts(one) for one in trials),
            most_trials=orders.trials,
            seconds=spent(trials, datetime.now()),  # noqa: DTZ005 - as Optuna's
            most_seconds=orders.timeout,
            running=sum(one.state == TrialState.RUNNING for one in trials),
            refused=_in_a_row(trials[orders.since :], "infeasible"),
            failed=_in_a_row(trials[orders.since :], "failed"),
            exhausted=orders.exhausted,
        )

    @property
    def over(self) -> bool:
        """Whether there are more trials than there should be: some of those that just began have to stand back."""
        return 0 < self.most_trials < self.trials

    @property
    def enough(self) -> str:
        """Why no further trial may begin; empty while one may."""
        if self.refused >= REFUSALS:
            return f"The last {self.refused} points all broke a limit. Raise the limits, or narrow the ranges."
        if self.failed >= FAILURES:
            return f"The last {self.failed} trials all failed. Their messages say why."
        if self.exhausted:
            return "Everything that there is to try was tried."
        if 0 < self.most_trials <= self.trials:
            return f"{self.trials:,} trials were tried."
        if 0 < self.most_seconds <= self.seconds:
            return f"{self.seconds:,.0f} s were spent."
        return ""


def _in_a_row(trials: Sequence[FrozenTrial], what: State) -> int:
    """How many of the last trials that are over ended so, without any other among them."""
    count = 0
    for trial in reversed(trials):
        state = state_of(trial)
        if state == what:
            count += 1
        elif state not in ("waiting", "running"):
            break
    return count
