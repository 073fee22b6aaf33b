"""Forgetting runs in MLflow for good: rows, models and artifacts, as `mlflow gc` does."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from engine.track.asking import Asking

OURS = "netloom.run"


def forget_runs(asking: Asking, runs: Sequence[str]) -> dict[str, Any]:
    """Delete what MLflow has of our runs; `forgotten` says how many it had, `left` how many it only marks as deleted.

    A server lets nobody delete for good from outside: there the runs are marked, and its own `mlflow gc` clears them.
    """
    if asking.empty or not runs:
        return {"forgotten": 0, "left": 0}
    with asking.client() as client:
        found = [one for run in runs for one in _of(client, run)]
        left = sum(not _forget(client, one) for one in found)
    return {"forgotten": len(found), "left": left}


def _of(client: Any, run: str) -> list[Any]:
    from mlflow.entities import ViewType

    places = [one.experiment_id for one in client.search_experiments(view_type=ViewType.ALL)]
    return list(client.search_runs(places, f"tags.`{OURS}` = '{run}'", ViewType.ALL)) if places else []


def _forget(client: Any, run: Any) -> bool:
    """Delete one run with its models; whether nothing is left of it."""
    from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

    store = client._tracking_client.store
    outputs = run.outputs.model_outputs if run.outputs else []
    if run.info.lifecycle_stage != "deleted":
        client.delete_run(run.info.run_id)
    if not hasattr(store, "_hard_delete_run"):
        return False
    for one in outputs:
        with suppress(Exception):  # a model that is gone already
            model = client.get_logged_model(one.model_id)
            get_artifact_repository(model.artifact_location).delete_artifacts()  # type: ignore[no-untyped-call]
            client.delete_logged_model(one.model_id)
            store._hard_delete_logged_model(one.model_id)
    with suppress(Exception):  # files that are gone, or lie where we may not delete
        get_artifact_repository(run.info.artifact_uri).delete_artifacts()  # type: ignore[no-untyped-call]
    store._hard_delete_run(run.info.run_id)
    return True
