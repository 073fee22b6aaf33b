"""What the runs of trials leave on the disk: all that going on needs, and a model only where it is the best so far."""

from __future__ import annotations

from collections.abc import Mapping
from math import nan

import optuna

from engine.runs import is_better
from engine.search.objectives import Judged
from engine.search.storage import is_trouble
from engine.train import Keeping

FRESH = 0.25
"""Seconds of training that a trial loses at most when its worker is killed."""


def sparing(study: optuna.Study, objectives: tuple[Judged, ...]) -> Keeping:
    """How a trial's run is kept. The others' models are made when somebody wants them (`engine.train.complete`)."""

    def leads(metrics: Mapping[str, float]) -> bool:
        first, *others = objectives
        if others or first.is_cost:
            return False  # the best is then known when the trial is over, or there is more than one
        names = (first.name, first.name.replace("validation/", "train/", 1) if first.watched else "")
        value = next((metrics[name] for name in names if name in metrics), nan)
        return is_better(value, _best(study), first.goal)

    return Keeping(every=FRESH, whole=leads)


def _best(study: optuna.Study) -> float:
    """The best value of those that are over, NaN while there is none; infinite where the storage does not say."""
    try:
        return study.best_value
    except ValueError:
        return nan
    except Exception as error:
        if not is_trouble(error):
            raise
        return float("inf") if study.direction == optuna.study.StudyDirection.MAXIMIZE else float("-inf")
