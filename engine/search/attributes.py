"""What is written on studies and trials in Optuna's storage: everything that Optuna has no place of its own for."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from optuna.trial import FrozenTrial, TrialState

from engine.runs.trials import Trial
from engine.runs.trials import TrialState as State
from engine.search.distributions import parameters_of
from engine.spec import Search

# On a trial, until it is over: Optuna takes nothing more then.
WORKER = "worker"
"""Who trains it: what `Who.to_json` gives."""
BEAT = "beat"
"""Seconds since 1970 of the worker's last sign of life."""
RUNS = "runs"
COSTS = "costs"
MESSAGE = "message"
STATE = "state"
"""`infeasible` or `stopped`, where Optuna's own word says less."""
DEATHS = "deaths"
"""Workers that died of it in a row, without any progress."""
REACHED = "reached"
"""The step of the checkpoint from which it last went on."""
RAN_OUT = "ran_out"
"""What it took when the memory ran out, as `limits` keeps it."""

WORDS: Mapping[TrialState, State] = {
    TrialState.WAITING: "waiting",
    TrialState.RUNNING: "running",
    TrialState.COMPLETE: "finished",
    TrialState.PRUNED: "pruned",
    TrialState.FAIL: "failed",
}


@dataclass(frozen=True, kw_only=True)
class Who:
    """A worker, as trials know it."""

    place: str
    """Its place in the study folder, such as `cpu-1`."""
    home: str
    """The study folder, on that host."""
    pid: int
    started: float
    """When the process began: another one may have its id later."""
    host: str = socket.gethostname()

    @property
    def words(self) -> str:
        """For people: host and place."""
        return f"{self.host} {self.place.replace('-', ' ')}"

    def to_json(self) -> dict[str, Any]:
        return {"place": self.place, "home": self.home, "pid": self.pid, "started": self.started, "host": self.host}

    @classmethod
    def of(cls, trial: FrozenTrial) -> Who | None:
        """Who trains a trial; None where nobody has said so (yet)."""
        found = trial.user_attrs.get(WORKER)
        if not isinstance(found, dict):
            return None
        return cls(**{name: found[name] for name in ("place", "home", "pid", "started", "host")})


def state_of(trial: FrozenTrial) -> State:
    """The word for what has become of a trial."""
    found = trial.user_attrs.get(STATE)
    if trial.state.is_finished() and found in ("infeasible", "stopped"):
        return "infeasible" if found == "infeasible" else "stopped"
    return WORDS[trial.state]


def counts(trial: FrozenTrial) -> bool:
    """Whether a trial takes a place of the study's budget: it has begun, and was neither refused nor stopped."""
    return trial.state != TrialState.WAITING and (trial.state == TrialState.RUNNING or STATE not in trial.user_attrs)


def read(trial: FrozenTrial, variables: Mapping[str, Search]) -> Trial:
    """The trial as everybody outside of Optuna sees it."""
    known, state, who = trial.user_attrs, state_of(trial), Who.of(trial)
    parameters = trial.params or trial.system_attrs.get("fixed_params", {})
    return Trial(
        number=trial.number,
        state=state,
        values=tuple(trial.values or ()) if state == "finished" else (),
        parameters=parameters_of(variables, parameters),
        reports=tuple((step, value) for step, value in sorted(trial.intermediate_values.items())),
        began=seconds(trial.datetime_start),
        ended=seconds(trial.datetime_complete),
        runs=tuple(known.get(RUNS, ())),
        worker="" if who is None else who.words,
        costs=dict(known.get(COSTS, {})),
        message=str(known.get(MESSAGE, "")),
    )


def seconds(moment: datetime | None) -> float:
    """Seconds since 1970 of Optuna's time, which is local and says no zone; 0 for none."""
    return 0.0 if moment is None else moment.timestamp()


def spent(trials: Iterable[FrozenTrial], now: datetime) -> float:
    """Seconds in which at least one trial was trained: what happens side by side counts once, what lies between not."""
    total, reached = timedelta(), datetime.min  # noqa: DTZ901 - as Optuna's
    for began, ended in sorted(_span(one, now) for one in trials if one.datetime_start is not None):
        if ended > reached:
            total += ended - max(began, reached)
            reached = ended
    return total.total_seconds()


def _span(trial: FrozenTrial, now: datetime) -> tuple[datetime, datetime]:
    """When a trial was trained; one whose worker is silent was until its last sign of life."""
    began, ended = trial.datetime_start, trial.datetime_complete
    assert began is not None, "only trials that have begun"
    if ended is None:
        beat = trial.user_attrs.get(BEAT)
        ended = began if beat is None else min(datetime.fromtimestamp(beat), now)  # noqa: DTZ006 - Optuna's is local
    return began, max(began, ended)
