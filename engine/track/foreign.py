"""Runs that other tools told the same MLflow, with what they have."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeAlias

from engine.track.asking import Asking

THEIRS = "tags.`netloom.run` IS NULL AND tags.`netloom.stands_for` IS NULL"
MOST = 5000
"""Runs of other tools that are listed at most, the newest first."""
PAGE = 500
HUGE = sys.float_info.max * 0.99
"""MLflow's databases keep a finite number where infinity was told."""

Json: TypeAlias = dict[str, Any]


def foreign_runs(asking: Asking) -> Json:
    """`runs`, the newest first, and whether there are `more` than are listed.

    A run has `id`, `name`, `experiment`, `status`, `started` and `ended` (seconds since 1970; 0 for not yet), `user`,
    `source`, `note`, and `parameters`, `metrics` (last values) and `tags` by name.
    """
    if asking.empty:
        return {"runs": [], "more": False}
    with asking.client() as client:
        places = {one.experiment_id: one.name for one in client.search_experiments()}
        found = list(islice(_search(client, list(places)), MOST + 1))
        return {"runs": [_told(one, places) for one in found[:MOST]], "more": len(found) > MOST}


def histories(asking: Asking, runs: Sequence[str]) -> Json:
    """By run and metric: `steps`, `times` (seconds since 1970) and `values`, in the order in which they were told."""
    with asking.client() as client:
        return {run: _history(client, run) for run in runs}


def _search(client: Any, places: list[str]) -> Iterator[Any]:
    token = None
    while places:
        page = client.search_runs(places, THEIRS, max_results=PAGE, order_by=["start_time DESC"], page_token=token)
        yield from page
        token = page.token
        if not token:
            return


def _told(run: Any, places: dict[str, str]) -> Json:
    info, data = run.info, run.data
    return {
        "id": info.run_id,
        "name": info.run_name or info.run_id,
        "experiment": places.get(info.experiment_id, ""),
        "status": info.status,
        "started": (info.start_time or 0) / 1000,
        "ended": (info.end_time or 0) / 1000,
        "user": data.tags.get("mlflow.user", ""),
        "source": data.tags.get("mlflow.source.name", ""),
        "note": data.tags.get("mlflow.note.content", ""),
        "parameters": dict(data.params),
        "metrics": {name: number(value) for name, value in data.metrics.items()},
        "tags": {name: value for name, value in data.tags.items() if not name.startswith("mlflow.")},
    }


def _history(client: Any, run: str) -> Json:
    try:
        names = client.get_run(run).data.metrics
    except Exception as error:
        if getattr(error, "error_code", "") == "RESOURCE_DOES_NOT_EXIST":  # it was deleted meanwhile
            return {}
        raise
    return {name: _series(client.get_metric_history(run, name)) for name in names}


def _series(points: list[Any]) -> Json:
    ordered = sorted(points, key=lambda one: (one.timestamp, one.step))
    return {
        "steps": [one.step for one in ordered],
        "times": [one.timestamp / 1000 for one in ordered],
        "values": [number(one.value) for one in ordered],
    }


def number(value: float) -> float:
    """A value as it was told: what stands for infinity in a database is infinite again."""
    return math.copysign(math.inf, value) if abs(value) >= HUGE else value
