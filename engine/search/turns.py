"""Whose turn it is: the next trial of a study, however many workers ask for one."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

import optuna
from optuna.trial import TrialState

from engine.search.attributes import BEAT, WORKER, Who
from engine.search.budget import Budget
from engine.search.handle import Handle
from engine.search.lock import lock_of, locked
from engine.search.notes import end, note, put_back
from engine.search.orders import EXHAUSTED, Orders
from engine.search.recovery import Recovery

LOOK = 0.5
"""Seconds between two looks whether there is something to do."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What a worker is to do next."""

    trial: optuna.Trial | None = None
    wait: float = 0.0
    """Seconds after which it may ask again."""
    paused: bool = False
    over: str = ""
    """Why nothing is left to do."""


class Turns:
    """Gives a worker its trials. The budget is exact: nobody begins a trial that is one too many.

    Workers of one study folder ask one after the other. Those of other machines are seen in the storage only once
    their trial has begun; whoever then finds more trials than there should be stands back and asks again.

    Args:
        handle: the study, with its sampler.
        who: asks.
        recovery: finds what others left behind, which comes first.
    """

    def __init__(self, handle: Handle, who: Who, recovery: Recovery) -> None:
        self.handle = handle
        self._who = who
        self._recovery = recovery

    def next(self) -> Turn:
        """What to do now. Ask again where the storage failed in between: what was begun and not given is found."""
        with locked(lock_of(self.handle.folder)):
            self._recovery.look()
            orders = self.handle.orders()
            self._withdraw(orders)
            if orders.trouble:
                return Turn(over=orders.trouble)
            if orders.paused:
                return Turn(wait=LOOK, paused=True)
            budget = self._budget(orders)
            if budget.enough:
                return Turn(wait=LOOK) if budget.running else Turn(over=budget.enough)
            if self._is_exhausted():
                return Turn(wait=LOOK)
            return self._begin(orders)

    def _begin(self, orders: Orders) -> Turn:
        study = self.handle.study
        trial = study.ask()
        note(study, trial, **{WORKER: self._who.to_json(), BEAT: time.time()})
        if self._budget(orders).over:
            put_back(study, trial)
            return Turn(wait=LOOK * random.uniform(0.5, 1.5))  # two that stood back for each other part here
        return Turn(trial=trial)

    def _is_exhausted(self) -> bool:
        """Whether the sampler says that nothing is left; then everybody is told, unless trials wait that were begun."""
        study = self.handle.study
        asked = getattr(study.sampler, "is_exhausted", None)
        if asked is None or not asked(study):
            return False
        if any(one.state == TrialState.WAITING for one in study.get_trials(deepcopy=False)):
            return False
        study.set_user_attr(EXHAUSTED, True)
        return True

    def _budget(self, orders: Orders) -> Budget:
        return Budget.of(self.handle.study.get_trials(deepcopy=False), orders)

    def _withdraw(self, orders: Orders) -> None:
        """End waiting trials that somebody stopped."""
        for trial in self.handle.study.get_trials(deepcopy=False, states=(TrialState.WAITING,)):
            if trial.number in orders.stopped:
                end(self.handle.study, trial, state="stopped", message="Stopped when asked to.")
