"""What came of a trial, and telling the storage of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isnan
from typing import Any, Literal, TypeAlias

import optuna
from optuna.exceptions import UpdateFinishedTrialError
from optuna.trial import TrialState

from engine.search.attributes import COSTS, MESSAGE, RAN_OUT, STATE
from engine.search.notes import note, put_back
from engine.search.orders import EXHAUSTED
from engine.search.storage import quiet

End: TypeAlias = Literal["finished", "pruned", "infeasible", "failed", "stopped", "interrupted"]

TOLD: Mapping[str, TrialState] = {
    "finished": TrialState.COMPLETE,
    "pruned": TrialState.PRUNED,
    "infeasible": TrialState.PRUNED,  # samplers pass failed trials over, and should learn from these
    "failed": TrialState.FAIL,
    "stopped": TrialState.FAIL,
}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a trial ended, or that it is to go on another time."""

    end: End
    values: tuple[float, ...] = ()
    message: str = ""
    costs: Mapping[str, float] = field(default_factory=dict)
    constraints: Mapping[str, float] = field(default_factory=dict)
    ran_out: Mapping[str, Any] | None = None

    def to_json(self, study: str, trial: int) -> dict[str, Any]:
        """As it is kept beside the run."""
        return {"study": study, "trial": trial, "end": self.end, "values": list(self.values), "message": self.message}


def judged(values: tuple[float, ...], costs: Mapping[str, float]) -> Outcome:
    """A trial that was trained to its end; without a number for each objective it has failed."""
    if any(isnan(one) for one in values):
        return Outcome(
            end="failed", costs=costs, message="It was trained, but what it is judged by was never a number."
        )
    return Outcome(end="finished", values=values, costs=costs)


def tell(study: optuna.Study, trial: optuna.Trial, outcome: Outcome) -> None:
    """Write down what came of a trial. Asked again, after the storage failed, it goes on where it was."""
    if outcome.end == "interrupted":
        put_back(study, trial)
        return
    try:
        _describe(study, trial, outcome)
    except UpdateFinishedTrialError:  # told already, and only the answer was lost
        return
    values = list(outcome.values) if outcome.end == "finished" else None
    try:
        with quiet():
            study.tell(trial, values, state=TOLD[outcome.end], skip_if_finished=True)
    except RuntimeError as error:
        if "Study.stop" not in str(error):
            raise
        study.set_user_attr(EXHAUSTED, True)  # so says a sampler that has nothing left to try


def _describe(study: optuna.Study, trial: optuna.Trial, outcome: Outcome) -> None:
    state = {STATE: outcome.end} if outcome.end in ("infeasible", "stopped") else {}
    ran_out = {RAN_OUT: json.loads(json.dumps(outcome.ran_out))} if outcome.ran_out is not None else {}
    note(study, trial, **{COSTS: dict(outcome.costs), MESSAGE: outcome.message}, **state, **ran_out)
    for name, excess in outcome.constraints.items():
        trial.set_constraint(name, excess)
