"""Forgetting runs in MLflow for good: rows, models and artifacts, as `mlflow gc` does."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlparse
from urllib.request import url2pathname

from engine.runs.disk import size
from engine.track.asking import Asking

OURS = "netloom.run"


def forget_runs(asking: Asking, runs: Sequence[str]) -> dict[str, Any]:
    """Delete what MLflow has of our runs.

    `forgotten` says how many it had, `left` how many it only marks as deleted, and `freed` how many bytes of artifacts
    and models lay on this machine. A server lets nobody delete for good from outside: there the runs are marked, and
    its own `mlflow gc` clears them.
    """
    if asking.empty or not runs:
        return {"forgotten": 0, "left": 0, "freed": 0}
    with asking.client() as client:
        found = [one for run in runs for one in _of(client, run)]
        freed = [_forget(client, one) for one in found]
    return {"forgotten": len(found), "left": freed.count(None), "freed": sum(one or 0 for one in freed)}


def _of(client: Any, run: str) -> list[Any]:
    from mlflow.entities import ViewType

    places = [one.experiment_id for one in client.search_experiments(view_type=ViewType.ALL)]
    return list(client.search_runs(places, f"tags.`{OURS}` = '{run}'", ViewType.ALL)) if places else []


def _forget(client: Any, run: Any) -> int | None:
    """Delete one run with its models; the bytes that were freed, None where it could only be marked."""
    store = client._tracking_client.store
    outputs = run.outputs.model_outputs if run.outputs else []
    if run.info.lifecycle_stage != "deleted":
        client.delete_run(run.info.run_id)
    if not hasattr(store, "_hard_delete_run"):
        return None
    freed = 0
    for one in outputs:
        with suppress(Exception):  # a model that is gone already
            freed += _clear(client.get_logged_model(one.model_id).artifact_location)
            client.delete_logged_model(one.model_id)
            store._hard_delete_logged_model(one.model_id)
    with suppress(Exception):  # files that are gone, or lie where we may not delete
        freed += _clear(run.info.artifact_uri)
    store._hard_delete_run(run.info.run_id)
    return freed + _forget_deserted(client, run)


def _forget_deserted(client: Any, run: Any) -> int:
    """Delete the run that stood for a deleted run's group, once no other is left in it; the bytes that were freed."""
    from engine.track.groups import Groups, parent_of

    parent = parent_of(run)
    if not parent or not Groups(client).deserted(run.info.experiment_id, parent):
        return 0
    with suppress(Exception):  # it was deleted already
        return _forget(client, client.get_run(parent)) or 0
    return 0


def _clear(place: str) -> int:
    """Delete the artifacts at an address; the bytes that this freed here."""
    from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

    address = urlparse(place)
    folder = Path(url2pathname(address.path)) if address.scheme == "file" else None
    before = size(folder) if folder is not None else 0
    get_artifact_repository(place).delete_artifacts()  # type: ignore[no-untyped-call]
    return before - size(folder) if folder is not None else 0
