"""Writing on trials that somebody else may hold, for which Optuna has no public door."""

from __future__ import annotations

from typing import Any

import optuna
from optuna.exceptions import UpdateFinishedTrialError
from optuna.trial import FrozenTrial, TrialState

from engine.search.attributes import MESSAGE, STATE


def note(study: optuna.Study, trial: FrozenTrial | optuna.Trial, **attributes: Any) -> None:
    """Write user attributes on a trial that is not over."""
    for name, value in attributes.items():
        study._storage.set_trial_user_attr(trial._trial_id, name, value)


def put_back(study: optuna.Study, trial: FrozenTrial | optuna.Trial) -> None:
    """Let a trial that has begun wait for whoever comes next: it keeps what it tried and reported."""
    study._storage.set_trial_state_values(trial._trial_id, state=TrialState.WAITING)


def end(study: optuna.Study, trial: FrozenTrial, *, state: str = "", message: str) -> None:
    """End a trial without a value, unless somebody was faster."""
    try:
        note(study, trial, **{MESSAGE: message}, **({STATE: state} if state else {}))
        study._storage.set_trial_state_values(trial._trial_id, state=TrialState.FAIL)
    except UpdateFinishedTrialError:
        pass
